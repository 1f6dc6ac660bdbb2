"""The audit trail tells what an edit changed."""

from datetime import datetime, timedelta
from typing import Any

from tests.events.organizer import Organizer


async def newest(organizer: Organizer) -> Any:
    return (await organizer.client.get("admin/audit")).json()["items"][0]


async def test_an_edit_of_an_event_tells_each_field_before_and_after(organizer: Organizer) -> None:
    event = await organizer.published()
    later = datetime.fromisoformat(event["ends_at"]) + timedelta(hours=1)
    ends_at = later.isoformat().replace("+00:00", "Z")
    title = {"en": "Kali Pujo", "bn": "কালীপূজা"}
    edited = await organizer.edit(event, title=title, venue="Great Hall", ends_at=ends_at)
    assert edited.status_code == 200
    entry = await newest(organizer)
    assert (entry["action"], entry["subject_id"]) == ("event.move", event["id"])
    assert sorted(entry["changes"], key=lambda change: change["field"]) == [
        {"field": "ends_at", "before": event["ends_at"], "after": ends_at},
        {"field": "title", "before": event["title"], "after": title},
        {"field": "venue", "before": "Riverside Hall", "after": "Great Hall"},
    ]


async def test_an_edit_of_a_ticket_type_does_too(organizer: Organizer) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event)
    added = await newest(organizer)
    assert (added["action"], added["changes"]) == ("ticket_type.add", [])
    await organizer.put_type(event, kind["id"], version=1, price_cents=2000, hidden=True)
    entry = await newest(organizer)
    assert entry["changes"] == [
        {"field": "price_cents", "before": 1500, "after": 2000},
        {"field": "hidden", "before": False, "after": True},
    ]


async def test_an_edit_that_changes_nothing_tells_nothing(organizer: Organizer) -> None:
    event = await organizer.published()
    assert (await organizer.edit(event)).status_code == 200
    entry = await newest(organizer)
    assert (entry["action"], entry["changes"]) == ("event.edit", [])
