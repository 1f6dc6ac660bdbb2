"""Opening sales, and calling an event off."""

from typing import Any

import pytest

from bashi.core.batch import Result, Statement
from bashi.http.fields import rfc3339
from tests.events.organiser import HOUR, Organiser
from tests.support.client import TERMS, Client, faults, problem
from tests.support.product import Product
from tests.support.stand_ins import NOON


def order_in(organiser: Organiser, event: Any, kind: Any) -> dict[str, Any]:
    return {
        "id": organiser.ids.uuid(),
        "event_id": event["id"],
        "lines": [{"ticket_type_id": kind["id"], "quantity": 1, "attendees": ["Mitali Sen"]}],
        "locale": "en",
        "terms_version": TERMS,
    }


async def test_publishing_needs_a_ticket_type(organiser: Organiser, client: Client) -> None:
    event = await organiser.create()
    answer = await organiser.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "no_ticket_types")
    await organiser.add_type(event)
    published = await organiser.publish(event)
    assert (published["status"], published["published_at"]) == ("published", rfc3339(NOON))
    assert (await client.get("events/durga-pujo")).status_code == 200


async def test_an_event_that_is_over_is_not_published(organiser: Organiser) -> None:
    times = {"starts_at": rfc3339(NOON - 2 * HOUR), "ends_at": rfc3339(NOON)}
    event = await organiser.create(**times)
    await organiser.add_type(event)
    answer = await organiser.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "event_over")


async def test_publishing_what_somebody_changed_is_refused(organiser: Organiser) -> None:
    event = await organiser.create()
    await organiser.add_type(event)
    await organiser.edit(event, venue="Town Hall")
    answer = await organiser.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "changed_meanwhile")


async def test_the_last_type_taken_away_meanwhile_stops_publishing(
    product: Product, organiser: Organiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await organiser.create()
    kind = await organiser.add_type(event)
    database = product.ports.database
    batch = database.batch

    async def overtaken(statements: list[Statement]) -> list[Result]:
        monkeypatch.setattr(database, "batch", batch)
        path = f"/{event['id']}/ticket-types/{kind['id']}"
        assert (await organiser.call("DELETE", path)).status_code == 204
        return await batch(statements)

    monkeypatch.setattr(database, "batch", overtaken)
    answer = await organiser.call("POST", f"/{event['id']}/publish", {"version": 1})
    problem(answer, 409, "changed_meanwhile")
    assert (await organiser.read(event))["status"] == "draft"


async def test_publishing_and_cancelling_may_be_repeated(organiser: Organiser) -> None:
    event = await organiser.create()
    await organiser.add_type(event)
    published = await organiser.publish(event)
    assert await organiser.publish(event) == published
    cancelled = await organiser.cancel(published)
    assert (await organiser.cancel(published)).json() == cancelled.json()


async def test_cancelling_asks_for_the_title(organiser: Organiser) -> None:
    event = await organiser.published()
    assert "confirm_title" in faults(await organiser.cancel(event, confirm_title="Durga"))
    assert (await organiser.read(event))["status"] == "published"
    answer = await organiser.cancel(event, confirm_title=f" {event['title']['bn']} ")
    assert answer.json()["status"] == "cancelled"


@pytest.mark.parametrize("title", ["বিজ\u09df দিবস", "বিজ\u09af\u09bc দিবস"])
async def test_the_title_may_be_typed_either_way(organiser: Organiser, title: str) -> None:
    event = await organiser.published(title={"en": "Victory Day", "bn": "বিজ\u09df দিবস"})
    answer = await organiser.cancel(event, confirm_title=title)
    assert answer.json()["status"] == "cancelled"


async def test_a_draft_is_deleted_not_cancelled(organiser: Organiser) -> None:
    problem(await organiser.cancel(await organiser.create()), 409, "event_is_draft")


async def test_cancelling_queues_what_follows_once(
    product: Product, organiser: Organiser, client: Client
) -> None:
    event = await organiser.published()
    cancelled = (await organiser.cancel(event)).json()
    await organiser.cancel(event)
    nothing = {"orders_total": 0, "orders_done": 0, "emails_waiting": 0}
    assert cancelled["cancellation"] == nothing
    tasks = await product.rows(
        "SELECT subject_id FROM outbox WHERE kind = :kind", kind="task.cancel_event"
    )
    assert tasks == [{"subject_id": event["id"]}]
    shown = (await client.get("events/durga-pujo")).json()
    assert (shown["status"], shown["availability"]) == ("cancelled", "cancelled")
    assert shown["ticket_types"][0]["availability"] == "ended"


async def test_a_cancelled_event_stays_as_it_is(organiser: Organiser) -> None:
    event = await organiser.published()
    cancelled = (await organiser.cancel(event)).json()
    problem(await organiser.edit(cancelled, venue="x"), 409, "event_cancelled")
    problem(await organiser.put_type(cancelled), 409, "event_cancelled")
    answer = await organiser.call("PUT", f"/{event['id']}/cover", content=b"x")
    problem(answer, 409, "event_cancelled")
    publish = await organiser.call(
        "POST", f"/{event['id']}/publish", {"version": cancelled["version"]}
    )
    problem(publish, 409, "event_cancelled")


async def test_a_hold_under_way_is_refused_once_the_event_is_cancelled(
    product: Product, organiser: Organiser, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await organiser.create()
    kind = await organiser.add_type(event, price_cents=0)
    published = await organiser.publish(event)
    await client.register()
    database = product.ports.database
    batch = database.batch

    async def overtaken(statements: list[Statement]) -> list[Result]:
        monkeypatch.setattr(database, "batch", batch)
        assert (await organiser.cancel(published)).status_code == 200
        return await batch(statements)

    monkeypatch.setattr(database, "batch", overtaken)
    answer = await client.post("orders", json=order_in(organiser, event, kind))
    assert answer.status_code == 409, answer.text
    assert await product.rows("SELECT id FROM orders") == []
    assert await product.rows("SELECT held, sold FROM ticket_type") == [{"held": 0, "sold": 0}]


async def test_progress_counts_orders_until_all_are_refunded(
    product: Product, organiser: Organiser, client: Client
) -> None:
    event = await organiser.create()
    kind = await organiser.add_type(event, price_cents=0)
    published = await organiser.publish(event)
    await client.register()
    answer = await client.post("orders", json=order_in(organiser, event, kind))
    assert answer.status_code == 201, answer.text
    cancelled = (await organiser.cancel(published)).json()
    assert cancelled["cancellation"] | {"emails_waiting": 0} == {
        "orders_total": 1,
        "orders_done": 0,
        "emails_waiting": 0,
    }
    await product.deliver()
    assert (await organiser.read(event))["cancellation"] == {
        "orders_total": 1,
        "orders_done": 1,
        "emails_waiting": 0,
    }
