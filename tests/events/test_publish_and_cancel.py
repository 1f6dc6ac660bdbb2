"""Opening sales, and calling an event off."""

from typing import Any

import pytest

from bashi.core.batch import Result, Statement
from bashi.http.fields import rfc3339
from tests.events.organizer import HOUR, Organizer
from tests.support.client import TERMS, Client, faults, problem
from tests.support.product import Product
from tests.support.stand_ins import NOON


def order_in(organizer: Organizer, event: Any, kind: Any) -> dict[str, Any]:
    return {
        "id": organizer.ids.uuid(),
        "event_id": event["id"],
        "lines": [{"ticket_type_id": kind["id"], "quantity": 1, "attendees": ["Mitali Sen"]}],
        "locale": "en",
        "terms_version": TERMS,
        "total_cents": kind["price_cents"],
    }


async def test_publishing_needs_a_ticket_type(organizer: Organizer, client: Client) -> None:
    event = await organizer.create()
    answer = await organizer.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "no_ticket_types")
    await organizer.add_type(event)
    published = await organizer.publish(event)
    assert (published["status"], published["published_at"]) == ("published", rfc3339(NOON))
    assert (await client.get("events/durga-pujo")).status_code == 200


async def test_an_event_that_is_over_is_not_published(organizer: Organizer) -> None:
    times = {"starts_at": rfc3339(NOON - 2 * HOUR), "ends_at": rfc3339(NOON)}
    event = await organizer.create(**times)
    await organizer.add_type(event)
    answer = await organizer.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "event_over")


async def test_publishing_what_somebody_changed_is_refused(organizer: Organizer) -> None:
    event = await organizer.create()
    await organizer.add_type(event)
    await organizer.edit(event, venue="Town Hall")
    answer = await organizer.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "changed_meanwhile")


async def test_the_last_type_taken_away_meanwhile_stops_publishing(
    product: Product, organizer: Organizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event)
    database = product.ports.database
    batch = database.batch

    async def overtaken(statements: list[Statement]) -> list[Result]:
        monkeypatch.setattr(database, "batch", batch)
        path = f"/{event['id']}/ticket-types/{kind['id']}"
        assert (await organizer.call("DELETE", path)).status_code == 204
        return await batch(statements)

    monkeypatch.setattr(database, "batch", overtaken)
    answer = await organizer.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "changed_meanwhile")
    assert (await organizer.read(event))["status"] == "draft"


async def test_publishing_and_canceling_may_be_repeated(organizer: Organizer) -> None:
    event = await organizer.create()
    await organizer.add_type(event)
    published = await organizer.publish(event)
    assert await organizer.publish(event) == published
    canceled = await organizer.cancel(published)
    assert (await organizer.cancel(published)).json() == canceled.json()


async def test_canceling_asks_for_the_title(organizer: Organizer) -> None:
    event = await organizer.published()
    assert "confirm_title" in faults(await organizer.cancel(event, confirm_title="Durga"))
    assert (await organizer.read(event))["status"] == "published"
    answer = await organizer.cancel(event, confirm_title=f" {event['title']['bn']} ")
    assert answer.json()["status"] == "canceled"


@pytest.mark.parametrize("title", ["বিজ\u09df দিবস", "বিজ\u09af\u09bc দিবস"])
async def test_the_title_may_be_typed_either_way(organizer: Organizer, title: str) -> None:
    event = await organizer.published(title={"en": "Victory Day", "bn": "বিজ\u09df দিবস"})
    answer = await organizer.cancel(event, confirm_title=title)
    assert answer.json()["status"] == "canceled"


async def test_a_draft_is_deleted_not_canceled(organizer: Organizer) -> None:
    problem(await organizer.cancel(await organizer.create()), 409, "event_is_draft")


async def test_canceling_queues_what_follows_once(
    product: Product, organizer: Organizer, client: Client
) -> None:
    event = await organizer.published()
    canceled = (await organizer.cancel(event)).json()
    await organizer.cancel(event)
    nothing = {"orders_total": 0, "orders_done": 0, "emails_waiting": 0}
    assert canceled["cancellation"] == nothing
    tasks = await product.rows(
        "SELECT subject_id FROM outbox WHERE kind = :kind", kind="task.cancel_event"
    )
    assert tasks == [{"subject_id": event["id"]}]
    shown = (await client.get("events/durga-pujo")).json()
    assert (shown["status"], shown["availability"]) == ("canceled", "canceled")
    assert shown["ticket_types"][0]["availability"] == "ended"


async def test_a_canceled_event_stays_as_it_is(organizer: Organizer) -> None:
    event = await organizer.published()
    canceled = (await organizer.cancel(event)).json()
    problem(await organizer.edit(canceled, venue="x"), 409, "event_canceled")
    problem(await organizer.put_type(canceled), 409, "event_canceled")
    answer = await organizer.call("PUT", f"/{event['id']}/cover", content=b"x")
    problem(answer, 409, "event_canceled")
    publish = await organizer.call(
        "POST", f"/{event['id']}/publish", {"version": canceled["version"]}
    )
    problem(publish, 409, "event_canceled")


async def test_a_hold_under_way_is_refused_once_the_event_is_canceled(
    product: Product, organizer: Organizer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event, price_cents=0)
    published = await organizer.publish(event)
    await client.register()
    database = product.ports.database
    batch = database.batch

    async def overtaken(statements: list[Statement]) -> list[Result]:
        monkeypatch.setattr(database, "batch", batch)
        assert (await organizer.cancel(published)).status_code == 200
        return await batch(statements)

    monkeypatch.setattr(database, "batch", overtaken)
    answer = await client.post("orders", json=order_in(organizer, event, kind))
    assert answer.status_code == 409, answer.text
    assert await product.rows("SELECT id FROM orders") == []
    assert await product.rows("SELECT held, sold FROM ticket_type") == [{"held": 0, "sold": 0}]


async def test_progress_counts_orders_until_all_are_refunded(
    product: Product, organizer: Organizer, client: Client
) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event, price_cents=0)
    published = await organizer.publish(event)
    await client.register()
    answer = await client.post("orders", json=order_in(organizer, event, kind))
    assert answer.status_code == 201, answer.text
    canceled = (await organizer.cancel(published)).json()
    assert canceled["cancellation"] | {"emails_waiting": 0} == {
        "orders_total": 1,
        "orders_done": 0,
        "emails_waiting": 0,
    }
    await product.deliver()
    assert (await organizer.read(event))["cancellation"] == {
        "orders_total": 1,
        "orders_done": 1,
        "emails_waiting": 0,
    }
