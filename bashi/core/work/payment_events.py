"""Handle an event of the payment provider, from the webhook or found by the sweep."""

from bashi.core.orders import sql
from bashi.core.orders.adopt_refund import hear_refund
from bashi.core.orders.close import close
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.settle import settle
from bashi.core.payments import attempts
from bashi.core.payments.provider import CheckoutSession, PaymentEvent
from bashi.core.payments.record import PaymentOutcome
from bashi.core.ports import Ports


async def hear(ports: Ports, event: PaymentEvent) -> PaymentOutcome:
    """Harmless to repeat, reorder or delay."""
    session = event.session
    if session is not None:
        # A slow payment that failed leaves its session complete, yet nobody can pay it any more.
        if session.status == "expired" or event.type == "checkout.session.async_payment_failed":
            return await _ended(ports, session)
        return await settle(ports, session, event.id, event.type)
    if event.refund is not None:
        return await hear_refund(ports, event.refund, event.id, event.type)
    return PaymentOutcome.IGNORED


async def _ended(ports: Ports, session: CheckoutSession) -> PaymentOutcome:
    """Nobody can pay this session any more, so its order's seats go back."""
    rows = await ports.database.fetch(attempts.BY_SESSION(session=session.id))
    if not rows:
        return PaymentOutcome.IGNORED
    attempt = attempts.attempt(rows[0])
    order = sql.order((await ports.database.fetch(sql.ORDER(id=attempt.order_id)))[0])
    if order.status is not OrderStatus.PENDING or attempt.state is not attempts.AttemptStatus.OPEN:
        return PaymentOutcome.ALREADY
    closed = await close(ports, order, OrderStatus.EXPIRED, by=None, ended=session.id)
    return PaymentOutcome.SETTLED if closed else PaymentOutcome.LATER
