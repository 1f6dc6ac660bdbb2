"""Making an event and changing it, as an organizer does."""

import json
from typing import Any

import pytest

from bashi.core.people.rules import Role
from bashi.http.fields import rfc3339
from tests.events.organizer import DAY, HOUR, Organizer, event_in, organizer_of
from tests.support.client import Client, faults, problem
from tests.support.product import Product
from tests.support.stand_ins import NOON


async def test_only_an_admin_may_see_or_change(product: Product, client: Client) -> None:
    problem(await client.get("admin/events"), 401, "not_signed_in")
    volunteer = await product.staff(Role.VOLUNTEER)
    problem(await volunteer.get("admin/events"), 403, "not_allowed")
    problem(await volunteer.post("admin/events", json=event_in(NOON, id="x")), 403, "not_allowed")


async def test_a_new_event_is_a_draft_that_nobody_else_sees(
    organizer: Organizer, client: Client
) -> None:
    event = await organizer.create()
    assert (event["status"], event["slug"], event["version"]) == ("draft", "durga-pujo", 1)
    assert event["currency"] == "USD"
    problem(await client.get("events/durga-pujo"), 404, "no_such_event")
    assert (await client.get("events")).json()["items"] == []


async def test_repeating_a_creation_answers_with_the_present_state(organizer: Organizer) -> None:
    form = event_in(NOON, id=organizer.ids.uuid())
    first = await organizer.call("POST", "", form)
    await organizer.edit(first.json(), venue="Town Hall")
    again = await organizer.call("POST", "", form)
    assert (again.status_code, again.json()["id"]) == (201, form["id"])
    assert again.json()["venue"] == "Town Hall"
    other = await organizer.call("POST", "", form | {"venue": "Elsewhere"})
    problem(other, 422, "id_reused")
    assert len((await organizer.call("GET", "")).json()["items"]) == 1


async def test_the_id_of_another_organizers_event_is_unknown(
    product: Product, organizer: Organizer
) -> None:
    form = event_in(NOON, id=organizer.ids.uuid())
    await organizer.call("POST", "", form)
    second = await organizer_of(product, email="second@example.org")
    problem(await second.call("POST", "", form), 404, "no_such_event")


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Durga Pujo", ["durga-pujo", "durga-pujo-2026", "durga-pujo-2026-{piece}"]),
        ("  Café & Crème!! ", ["cafe-creme", "cafe-creme-2026"]),
        ("দুর্গাপূজা", ["event-{piece}", "event-{piece}"]),
        ("x" * 120, ["x" * 66, "x" * 66 + "-2026"]),
    ],
)
async def test_addresses_come_from_titles_and_are_unique(
    organizer: Organizer, title: str, slugs: list[str]
) -> None:
    for wanted in slugs:
        event = await organizer.create(title=title)
        assert event["slug"] == wanted.format(piece=event["id"][-8:])


async def test_an_address_of_ones_own_must_be_free(organizer: Organizer) -> None:
    await organizer.create(slug="pujo")
    form = event_in(NOON, id=organizer.ids.uuid(), slug="pujo")
    problem(await organizer.call("POST", "", form), 409, "slug_taken")
    other = await organizer.create()
    problem(await organizer.edit(other, slug="pujo"), 409, "slug_taken")
    assert (await organizer.edit(other, slug="pujo-2")).json()["slug"] == "pujo-2"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": {"bn": "দুর্গাপূজা"}}, "title.en"),
        ({"title": "  "}, "title.en"),
        ({"summary": {"fr": "Cinq jours"}}, "summary.fr"),
        ({"title": "x" * 121}, "title.en"),
        ({"description": "x" * 20_001}, "description.en"),
        ({"venue": "\x00"}, "venue"),
        ({"slug": "Durga Pujo"}, "slug"),
        ({"slug": "../etc"}, "slug"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "localtime"}, "time_zone"),
        ({"time_zone": "Factory"}, "time_zone"),
        ({"time_zone": "posixrules"}, "time_zone"),
        ({"time_zone": "posix/America/Chicago"}, "time_zone"),
        ({"time_zone": "right/America/Chicago"}, "time_zone"),
        ({"starts_at": "2026-12-01T18:00:00"}, "starts_at"),
        ({"ends_at": rfc3339(NOON + 10 * DAY)}, "ends_at"),
        ({"starts_at": "0001-01-01T00:00:00Z"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-12:00"}, "ends_at"),
        ({"unknown": 1}, "unknown"),
        ({"id": "not an id"}, "id"),
    ],
)
async def test_what_is_wrong_is_named(
    organizer: Organizer, changes: dict[str, Any], field: str
) -> None:
    form = event_in(NOON, **({"id": organizer.ids.uuid()} | changes))
    assert field in faults(await organizer.call("POST", "", form))


async def test_two_organizers_do_not_overwrite_each_other(organizer: Organizer) -> None:
    event = await organizer.create()
    assert (await organizer.edit(event, venue="Town Hall")).json()["version"] == 2
    problem(await organizer.edit(event, venue="Elsewhere"), 409, "changed_meanwhile")
    assert (await organizer.read(event))["venue"] == "Town Hall"


async def test_repeating_an_edit_right_away_is_harmless(organizer: Organizer) -> None:
    event = await organizer.create()
    first = await organizer.edit(event, venue="Town Hall")
    assert (await organizer.edit(event, venue="Town Hall")).json() == first.json()


async def test_a_title_cannot_change_the_address_of_a_published_event(
    organizer: Organizer,
) -> None:
    event = await organizer.published()
    renamed = (await organizer.edit(event, title="Kali Pujo")).json()
    assert (renamed["title"]["en"], renamed["slug"]) == ("Kali Pujo", "durga-pujo")
    assert "slug" in faults(await organizer.edit(renamed, slug="kali-pujo"))


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": rfc3339(NOON + 10 * DAY + HOUR)},
        {"ends_at": rfc3339(NOON + 10 * DAY + 6 * HOUR)},
        {"time_zone": "America/New_York"},
        {"venue": "Town Hall"},
        {"address": "2 Main Street"},
    ],
)
async def test_moving_a_published_event_writes_to_ticket_holders(
    product: Product, organizer: Organizer, changes: dict[str, Any]
) -> None:
    event = await organizer.published()
    await organizer.edit(event, **changes)
    [task] = await product.rows("SELECT subject_id, detail FROM outbox WHERE kind = :kind",
                                kind="task.move_event")  # fmt: skip
    assert task["subject_id"] == event["id"]
    assert json.loads(task["detail"]) == {
        "starts_at": NOON + 10 * DAY,
        "ends_at": NOON + 10 * DAY + 5 * HOUR,
        "time_zone": "America/Chicago",
        "venue": "Riverside Hall",
        "address": "1 River Road, Oklahoma City",
    }
    assert await product.rows("SELECT revision FROM event") == [{"revision": 1}]


async def test_words_drafts_and_past_events_move_without_emails(
    product: Product, organizer: Organizer
) -> None:
    draft = await organizer.create()
    await organizer.edit(draft, venue="Town Hall")
    event = await organizer.published()
    await organizer.edit(event, title="Kali Pujo", summary="Lamps.")
    assert await product.rows("SELECT DISTINCT revision FROM event") == [{"revision": 0}]
    product.clock.advance(hours=24 * 11)
    await organizer.client.login("admin@example.org")
    late = await organizer.read(event)
    assert (await organizer.edit(late, venue="Town Hall")).status_code == 200
    tasks = await product.rows("SELECT id FROM outbox WHERE kind = :kind", kind="task.move_event")
    assert tasks == []


async def test_a_published_event_cannot_be_moved_into_the_past(organizer: Organizer) -> None:
    event = await organizer.published()
    past = {"starts_at": rfc3339(NOON - 2 * HOUR), "ends_at": rfc3339(NOON - HOUR)}
    assert "ends_at" in faults(await organizer.edit(event, **past))


async def test_only_a_draft_can_be_deleted(
    product: Product, organizer: Organizer, client: Client
) -> None:
    draft = await organizer.create()
    await organizer.add_type(draft)
    assert (await organizer.call("DELETE", f"/{draft['id']}")).status_code == 204
    problem(await organizer.call("DELETE", f"/{draft['id']}"), 404, "no_such_event")
    assert await product.rows("SELECT id FROM ticket_type") == []
    published = await organizer.published()
    answer = await organizer.call("DELETE", f"/{published['id']}")
    problem(answer, 409, "event_not_draft")
    assert (await client.get(f"events/{published['slug']}")).status_code == 200


async def test_the_list_finds_pages_and_filters(organizer: Organizer) -> None:
    for day in range(5):
        start = NOON + day * DAY
        times = {"starts_at": rfc3339(start), "ends_at": rfc3339(start + HOUR)}
        await organizer.create(title=f"Day {day}", **times)
    await organizer.published(title="Picnic")
    titles, cursor = [], None
    while True:
        params: dict[str, Any] = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await organizer.call("GET", "", params=params)).json()
        titles += [event["title"]["en"] for event in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert titles == ["Picnic", "Day 4", "Day 3", "Day 2", "Day 1", "Day 0"]
    for params, count in (({"status": "draft"}, 5), ({"q": "day 3"}, 1), ({"q": "%"}, 0)):
        page = (await organizer.call("GET", "", params=params)).json()
        assert len(page["items"]) == count


async def test_every_change_leaves_a_trail(product: Product, organizer: Organizer) -> None:
    event = await organizer.published()
    await organizer.cancel(await organizer.read(event))
    trail = await product.rows("SELECT action FROM audit ORDER BY id")
    actions = [row["action"] for row in trail]
    assert actions[-4:] == ["event.create", "ticket_type.add", "event.publish", "event.cancel"]
