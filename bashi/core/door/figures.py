"""Check-in counts of an event, in all and by gate."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.columns import read
from bashi.core.door import sql
from bashi.core.door.rules import DoorEvent
from bashi.core.errors import NotFound
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class DoorFigures:
    admitted: int
    issued: int
    gates: Sequence[tuple[str, int]]


async def figures(ports: Ports, event_id: str) -> DoorFigures:
    """Raises NotFound."""
    if not await ports.database.fetch(sql.EVENT(event=event_id)):
        raise NotFound("no_such_event", "This event is not here.")
    sold = await ports.database.fetch(sql.ISSUED(event=event_id))
    gates = await ports.database.fetch(sql.BY_GATE(event=event_id))
    return DoorFigures(
        admitted=sum(row["admitted"] for row in gates),
        issued=sold[0]["issued"] if sold else 0,
        gates=[(row["gate"], row["admitted"]) for row in gates],
    )


async def open_events(ports: Ports, *, all_upcoming: bool) -> list[DoorEvent]:
    """Where somebody may stand now."""
    days = these_days(ports.clock.now(), all_upcoming=all_upcoming)
    rows = await ports.database.fetch(sql.OPEN_EVENTS(**days))
    return [read(DoorEvent, row) for row in rows]


def these_days(now: int, *, all_upcoming: bool) -> dict[str, int]:
    """A door is open from a day before the start to a day after the end."""
    soon = now + limits.DOOR_OPENS_SECONDS * 1000
    return {
        "ended_after": now - limits.DOOR_CLOSES_SECONDS * 1000,
        "starts_before": limits.SQL_INTEGER - 1 if all_upcoming else soon,
    }
