"""Delete a ticket type that nobody has ordered."""

from bashi.core.audit import audit
from bashi.core.batch import Refused
from bashi.core.errors import Conflict, NotFound
from bashi.core.events import sql
from bashi.core.events.pages import forget
from bashi.core.events.read import read_event
from bashi.core.ports import Ports


async def delete_ticket_type(ports: Ports, person_id: str, event_id: str, type_id: str) -> None:
    """Raises NotFound (also when repeated), Conflict (`ticket_type_in_use`)."""
    event = await read_event(ports, event_id)
    rows = await ports.database.fetch(sql.TYPE(id=type_id))
    if not rows or rows[0]["event_id"] != event_id:
        raise NotFound("no_such_ticket_type", "This ticket type is not here. Load it again.")
    now = ports.clock.now()
    batch = [
        sql.DELETE_TYPE(1, "ticket_type_unused", id=type_id, event=event_id),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=person_id,
            action="ticket_type.delete",
            subject=type_id,
            detail=sql.ticket_type(rows[0]).content.name.original,
        ),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        raise Conflict(
            "ticket_type_in_use", "Tickets of this type were ordered. Hide it instead."
        ) from refused
    await forget(ports.cache, event.slug)
