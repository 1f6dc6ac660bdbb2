"""Export an event's attendees, however many they are."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.audit import audit
from bashi.core.batch import Query
from bashi.core.columns import read
from bashi.core.ports import Ports
from bashi.core.text import Text
from bashi.core.tickets.moves import TicketState

# By what never changes, so that nobody is left out who is admitted meanwhile.
PAGE = Query(
    "SELECT o.id AS order_id, o.number, k.position, k.attendee, o.name, o.email,"
    " t.name AS type_name, k.price_cents, o.currency, k.status, k.used_at, k.used_gate"
    " FROM orders o JOIN ticket k ON k.order_id = o.id"
    " JOIN ticket_type t ON t.id = k.ticket_type_id"
    " WHERE o.event_id = :event AND o.id >= :order AND (o.id > :order OR k.position > :position)"
    " ORDER BY o.id, k.position LIMIT :take",
    long=True,
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """A ticket and who bought it."""

    order_id: str
    number: str
    """The order's."""
    position: int
    attendee: str
    name: str
    """The buyer's, as is `email`."""
    email: str
    type_name: Text
    price_cents: int
    currency: str
    status: TicketState
    used_at: int | None
    used_gate: str | None


async def note_export(ports: Ports, person_id: str, event_id: str) -> None:
    entry = audit(
        entry_id=ports.ids.uuid(),
        at=ports.clock.now(),
        person=person_id,
        action="event.export",
        subject=event_id,
    )
    await ports.database.batch([entry])


async def attendees(ports: Ports, event_id: str) -> AsyncIterator[Sequence[Attendee]]:
    """Page by page, the tickets of an order together."""
    order, position = "", 0
    while True:
        rows = await ports.database.fetch(
            PAGE(event=event_id, order=order, position=position, take=limits.EXPORT_PAGE_ROWS)
        )
        page = [read(Attendee, row) for row in rows]
        if page:
            yield page
        if len(page) < limits.EXPORT_PAGE_ROWS:
            return
        order, position = page[-1].order_id, page[-1].position
