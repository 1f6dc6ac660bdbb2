"""Handle an event of the payment provider, from the webhook or found by the sweep."""

from bashi.core.payments import attempts
from bashi.core.payments.close import close
from bashi.core.payments.disputes import hear_dispute, hear_warning
from bashi.core.payments.parts import Part
from bashi.core.payments.provider import CheckoutSession, PaymentEvent
from bashi.core.payments.record import PaymentOutcome
from bashi.core.payments.settle import settle
from bashi.core.ports import Ports
from bashi.core.refunds.adopt import hear_refund


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
    if event.dispute is not None:
        return await hear_dispute(ports, event.dispute, event.id, event.type)
    if event.warning is not None:
        return await hear_warning(ports, event.warning)
    return PaymentOutcome.IGNORED


async def _ended(ports: Ports, session: CheckoutSession) -> PaymentOutcome:
    """Nobody can pay this session any more, so what its parts hold goes back."""
    found = await attempts.find(ports.database, attempts.BY_SESSION(session=session.id))
    if found is None:
        return PaymentOutcome.IGNORED
    if found.status is not attempts.AttemptStatus.OPEN:
        return PaymentOutcome.ALREADY
    parts = found.parts
    closed = [await _close(ports, part, session.id) for part in parts]
    return PaymentOutcome.SETTLED if all(closed) else PaymentOutcome.LATER


async def _close(ports: Ports, part: Part, session_id: str) -> bool:
    kind, subject = part.subject_kind, part.subject_id
    return await close(ports, kind, subject, canceled=False, by=None, ended=session_id)
