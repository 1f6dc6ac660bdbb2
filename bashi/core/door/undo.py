"""Undo a check-in; the audit trail keeps both."""

from bashi.core.audit import audit
from bashi.core.batch import Refused
from bashi.core.door import sql
from bashi.core.errors import Conflict, NotFound
from bashi.core.ports import Ports
from bashi.core.tickets import tally


async def undo(ports: Ports, ticket_id: str, by: str, reason: str) -> str:
    """The ticket's state afterwards. Raises NotFound, Conflict (`not_used`, `order_refunded`)."""
    rows = await ports.database.fetch(sql.TICKET(ticket=ticket_id))
    if not rows:
        raise NotFound("no_such_ticket", "This ticket is not here.")
    ticket = sql.door_ticket(rows[0])
    if ticket.status != "used":
        raise Conflict("not_used", "This ticket is not checked in.")
    if rows[0]["dispute"] is not None:
        words = "The buyer's bank disputes this payment: its tickets stay as they are."
        raise Conflict("order_disputed", words)
    if rows[0]["order_status"] != "paid":
        # It would be valid again, with its money given back.
        raise Conflict("order_refunded", "This order's money goes back: its tickets stay used.")
    statements = [
        sql.UNDO(1, "used_as_seen", ticket=ticket_id, scan=ticket.used_scan_id),
        tally.SEND_OUT(event=ticket.event_id, gate=ticket.used_gate),
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
    except Refused:  # taken back by somebody else, and perhaps used again elsewhere
        return await undo(ports, ticket_id, by, reason)
    return "valid"
