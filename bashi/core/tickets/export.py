"""Export an event's attendees, however many they are."""

from collections.abc import AsyncIterator, Sequence

from bashi.core import limits
from bashi.core.audit import audit
from bashi.core.batch import Query, Row
from bashi.core.ports import Ports

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


async def note_export(ports: Ports, person_id: str, event_id: str) -> None:
    entry = audit(
        entry_id=ports.ids.uuid(),
        at=ports.clock.now(),
        person=person_id,
        action="event.export",
        subject=event_id,
    )
    await ports.database.batch([entry])


async def attendees(ports: Ports, event_id: str) -> AsyncIterator[Sequence[Row]]:
    """Page by page, the tickets of an order together."""
    order, position = "", 0
    while True:
        rows = await ports.database.fetch(
            PAGE(event=event_id, order=order, position=position, take=limits.EXPORT_PAGE_ROWS)
        )
        if rows:
            yield rows
        if len(rows) < limits.EXPORT_PAGE_ROWS:
            return
        order, position = rows[-1]["order_id"], rows[-1]["position"]
