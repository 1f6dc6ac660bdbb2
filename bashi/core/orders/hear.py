"""An event of the payment provider, from the webhook or found by the sweep."""

from bashi.core.orders import attempts, sql
from bashi.core.orders.adopt_refund import hear_refund
from bashi.core.orders.close import close
from bashi.core.orders.payments import PaymentEvent
from bashi.core.orders.rules import Status
from bashi.core.orders.settle import Outcome, settle
from bashi.core.ports import Ports


async def hear(ports: Ports, event: PaymentEvent) -> Outcome:
    """Harmless to repeat, reorder or delay."""
    if event.session is not None:
        if event.session.status == "expired":
            return await _expired(ports, event.session.id)
        return await settle(ports, event.session, event.id, event.type)
    if event.refund is not None:
        return await hear_refund(ports, event.refund, event.id, event.type)
    return Outcome.IGNORED


async def _expired(ports: Ports, session_id: str) -> Outcome:
    """Nobody can pay this session any more, so its order's seats go back."""
    rows = await ports.database.fetch(attempts.BY_SESSION(session=session_id))
    if not rows:
        return Outcome.IGNORED
    attempt = attempts.attempt(rows[0])
    order = sql.order((await ports.database.fetch(sql.ORDER(id=attempt.order_id)))[0])
    if order.status is not Status.PENDING or attempt.state is not attempts.State.OPEN:
        return Outcome.ALREADY
    await close(ports, order, Status.EXPIRED, by=None)
    return Outcome.SETTLED
