"""Email an order's tickets again."""

from bashi.core import claims
from bashi.core.errors import Conflict
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.orders.view import OrderView
from bashi.core.ports import Ports
from bashi.core.tickets.moves import TicketState


async def resend(ports: Ports, view: OrderView) -> None:
    """Raises Conflict (`no_tickets`)."""
    if not any(ticket.status is not TicketState.VOID for ticket in view.tickets):
        raise no_tickets()
    message = queue(
        email_id=claims.tickets_email(ports.ids.uuid()),
        kind=EmailKind.TICKETS,
        recipient=view.order.email,
        locale=view.order.locale,
        subject=view.order.id,
        now=ports.clock.now(),
    )
    await ports.database.batch([message])


def no_tickets() -> Conflict:
    return Conflict("no_tickets", "This order has no valid tickets.")
