"""Public lists of events: published or canceled, never with numbers of seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bashi.core import limits
from bashi.core.errors import NotFound
from bashi.core.events import sql
from bashi.core.events.rules import Event, TicketType
from bashi.core.folding import fold
from bashi.core.like import like_pattern
from bashi.core.ports import Ports

Position = tuple[int, str]
"""Start and id of an event in a list."""

AFTER_ALL: Position = (-1, "")
BEFORE_ALL: Position = (limits.SQL_INTEGER - 1, "")


class When(StrEnum):
    UPCOMING = "upcoming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Shown:
    event: Event
    kinds: Sequence[TicketType]
    """Those the public sees, in the organizer's order."""


async def find_event(ports: Ports, slug: str, hidden_type: str | None = None) -> Shown:
    """A hidden ticket type is shown only to who names its id. Raises NotFound."""
    rows = await ports.database.fetch(sql.PUBLIC(slug=slug))
    if not rows:
        raise NotFound("no_such_event", "This event is not here. Look at the list of events.")
    event = sql.event(rows[0])
    kinds = [sql.ticket_type(row) for row in await ports.database.fetch(sql.TYPES(event=event.id))]
    return Shown(
        event, [kind for kind in kinds if not kind.content.hidden or kind.id == hidden_type]
    )


async def browse(
    ports: Ports, when: When, query: str, after: Position | None, limit: int
) -> Sequence[Shown]:
    """Upcoming: soonest first. Past: latest first."""
    upcoming = when is When.UPCOMING
    at, last_id = after or (AFTER_ALL if upcoming else BEFORE_ALL)
    statement = sql.UPCOMING if upcoming else sql.PAST
    rows = await ports.database.fetch(
        statement(
            now=ports.clock.now(), at=at, id=last_id, pattern=like_pattern(fold(query)), limit=limit
        )
    )
    events = [sql.event(row) for row in rows]
    kinds = await types_of(ports, events)
    return [
        Shown(event, [kind for kind in kinds.get(event.id, ()) if not kind.content.hidden])
        for event in events
    ]


async def upcoming_slugs(ports: Ports) -> Sequence[str]:
    """Of published events that have not ended, soonest first."""
    statement = sql.UPCOMING_SLUGS(now=ports.clock.now(), limit=limits.SITEMAP_EVENTS)
    return [row["slug"] for row in await ports.database.fetch(statement)]


async def types_of(ports: Ports, events: Sequence[Event]) -> dict[str, list[TicketType]]:
    """Ticket types by event, in one read."""
    found: dict[str, list[TicketType]] = {}
    if events:
        ids = [event.id for event in events]
        for row in await ports.database.fetch(sql.TYPES_OF(events=ids)):
            found.setdefault(row["event_id"], []).append(sql.ticket_type(row))
    return found
