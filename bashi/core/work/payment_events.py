"""An event of the payment provider, from the webhook or found by the sweep."""

from bashi.core.orders import sql
from bashi.core.orders.adopt_refund import hear_refund
from bashi.core.orders.close import close
from bashi.core.orders.rules import Status
from bashi.core.orders.settle import Outcome, settle
from bashi.core.payments import attempts
from bashi.core.payments.provider import CheckoutSession, PaymentEvent
from bashi.core.ports import Ports


async def hear(ports: Ports, event: PaymentEvent) -> Outcome:
    """Harmless to repeat, reorder or delay."""
    session = event.session
    if session is not None:
        # A slow payment that failed leaves its session complete, yet nobody can pay it any more.
        if session.status == "expired" or event.type == "checkout.session.async_payment_failed":
            return await _ended(ports, session)
        return await settle(ports, session, event.id, event.type)
    if event.refund is not None:
        return await hear_refund(ports, event.refund, event.type)
    return Outcome.IGNORED


async def _ended(ports: Ports, session: CheckoutSession) -> Outcome:
    """Nobody can pay this session any more, so its order's seats go back."""
    rows = await ports.database.fetch(attempts.BY_SESSION(session=session.id))
    if not rows:
        return Outcome.IGNORED
    attempt = attempts.attempt(rows[0])
    order = sql.order((await ports.database.fetch(sql.ORDER(id=attempt.order_id)))[0])
    if order.status is not Status.PENDING or attempt.state is not attempts.State.OPEN:
        return Outcome.ALREADY
    closed = await close(ports, order, Status.EXPIRED, by=None, ended=session.id)
    return Outcome.SETTLED if closed else Outcome.LATER
