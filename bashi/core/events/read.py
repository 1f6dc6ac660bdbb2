"""Events as organizers see them: drafts too, with the progress of a cancellation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bashi.core.errors import NotFound
from bashi.core.events import sql
from bashi.core.events.browse import BEFORE_ALL, Position, types_of
from bashi.core.events.rules import Event, EventStatus, TicketType
from bashi.core.folding import fold
from bashi.core.like import like_pattern
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class Cancellation:
    orders_total: int
    orders_done: int
    emails_waiting: int


@dataclass(frozen=True, slots=True)
class EventView:
    event: Event
    kinds: Sequence[TicketType]
    cancellation: Cancellation | None


async def read_event(ports: Ports, event_id: str) -> Event:
    """Raises NotFound."""
    rows = await ports.database.fetch(sql.BY_ID(id=event_id))
    if not rows:
        raise NotFound("no_such_event", "This event is not here. Look at the list of events.")
    return sql.event(rows[0])


async def read_view(ports: Ports, event_id: str) -> EventView:
    """Raises NotFound."""
    return (await _views(ports, [await read_event(ports, event_id)]))[0]


async def list_events(
    ports: Ports, status: EventStatus | None, query: str, after: Position | None, limit: int
) -> Sequence[EventView]:
    """Latest start first."""
    at, last_id = after or BEFORE_ALL
    statement = sql.ALL(
        status=status.value if status else "",
        at=at,
        id=last_id,
        pattern=like_pattern(fold(query)),
        limit=limit,
    )
    rows = await ports.database.fetch(statement)
    return await _views(ports, [sql.event(row) for row in rows])


async def _views(ports: Ports, events: Sequence[Event]) -> list[EventView]:
    kinds = await types_of(ports, events)
    canceled = [event.id for event in events if event.status is EventStatus.CANCELED]
    progress = await _progress(ports, canceled) if canceled else {}
    return [EventView(event, kinds.get(event.id, ()), progress.get(event.id)) for event in events]


async def _progress(ports: Ports, event_ids: Sequence[str]) -> Mapping[str, Cancellation]:
    rows = await ports.database.fetch(sql.CANCELLATIONS(events=event_ids))
    found = {
        row["event_id"]: Cancellation(row["total"], int(row["done"]), int(row["emails"]))
        for row in rows
    }
    return {event_id: found.get(event_id, Cancellation(0, 0, 0)) for event_id in event_ids}
