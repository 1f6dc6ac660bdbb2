"""GET an event's attendees as a file."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from bashi.core.events.read import read_event
from bashi.core.languages import LANGUAGES
from bashi.core.money import plain
from bashi.core.ports import Ports
from bashi.core.tickets.export import Attendee, attendees, note_export
from bashi.http.csv_text import BOM, csv_text
from bashi.http.deps import Admin, ports_of
from bashi.http.fields import Id
from bashi.http.problems import responses
from bashi.http.responses import NO_STORE, text

router = APIRouter(prefix="/admin/events", tags=["events: organizers"])

_BEFORE = ("Order", "Ticket", "Attendee", "Buyer", "Email")
_AFTER = ("Price", "Currency", "State", "Gate")


@router.get(
    "/{event_id}/attendees.csv",
    response_class=StreamingResponse,
    responses={200: {"content": text("text/csv")}, **responses(401, 403, 404)},
)
async def export_attendees(request: Request, event_id: Id, caller: Admin) -> StreamingResponse:
    """One row a ticket, void ones too. A file that ends early is a broken download."""
    ports = ports_of(request)
    event = await read_event(ports, event_id)
    await note_export(ports, caller.person.id, event.id)
    return StreamingResponse(
        _file(ports, event.id, event.content.time_zone),
        media_type="text/csv; charset=utf-8",
        headers={
            "content-disposition": f'attachment; filename="attendees-{event.slug}.csv"',
            "cache-control": NO_STORE,
        },
    )


async def _file(ports: Ports, event_id: str, time_zone: str) -> AsyncIterator[str]:
    zone = ZoneInfo(time_zone)
    locales = ports.policy.locales
    types = ("Ticket type", *(f"Ticket type ({LANGUAGES[tag].english})" for tag in locales[1:]))
    yield BOM + csv_text([(*_BEFORE, *types, *_AFTER, f"Checked in ({time_zone})")])
    async for page in attendees(ports, event_id):
        yield csv_text(_cells(one, zone, locales) for one in page)


def _cells(one: Attendee, zone: ZoneInfo, locales: Sequence[str]) -> tuple[str, ...]:
    return (
        one.number,
        # Not the typed code: whoever finds this file could come in with it.
        f"{one.number}-{one.position}",
        one.attendee,
        one.name,
        one.email,
        *(one.type_name.words.get(locale, "") for locale in locales),
        plain(one.price_cents, one.currency),
        one.currency,
        one.status.value,
        one.used_gate or "",
        _local(one.used_at, zone),
    )


def _local(at: int | None, zone: ZoneInfo) -> str:
    """To the second, as spreadsheets read it."""
    if at is None:
        return ""
    return datetime.fromtimestamp(at // 1000, zone).strftime("%Y-%m-%d %H:%M:%S")
