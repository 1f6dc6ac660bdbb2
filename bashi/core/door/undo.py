"""An admin takes a check-in back, with a trace."""

from bashi.core.audit import audit
from bashi.core.batch import Refused
from bashi.core.door import sql
from bashi.core.errors import Conflict, NotFound
from bashi.core.ports import Ports


async def undo(ports: Ports, ticket_id: str, by: str, reason: str) -> str:
    """The ticket's state afterwards. Raises NotFound, Conflict (`not_used`)."""
    statements = [
        sql.UNDO(1, "ticket_is_used", ticket=ticket_id),
        audit(
            entry_id=ports.ids.uuid(),
            at=ports.clock.now(),
            person=by,
            action="ticket.undo_use",
            subject=ticket_id,
            detail=reason,
        ),
    ]
    try:
        await ports.database.batch(statements)
    except Refused as refused:
        if not await ports.database.fetch(sql.STATE(ticket=ticket_id)):
            raise NotFound("no_such_ticket", "This ticket is not here.") from refused
        raise Conflict("not_used", "This ticket is not checked in.") from refused
    return "valid"
