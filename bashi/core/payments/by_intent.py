"""Find the attempt behind a payment intent, also when we have not heard of that payment yet."""

from bashi.core import claims
from bashi.core.payments import attempts
from bashi.core.payments.attempts import Attempt
from bashi.core.payments.settle import settle
from bashi.core.ports import Ports


async def attempt_of_intent(ports: Ports, intent_id: str) -> Attempt | None:
    """None: not one of ours. What Stripe tells of a payment may come before the payment itself;
    then Stripe is asked for its session, which settles first. Raises PaymentsUnavailable."""
    by_intent = attempts.BY_INTENT(intent=intent_id)
    known = await attempts.find(ports.database, by_intent)
    if known is not None:
        return known
    session = await ports.payments.find_checkout(intent_id)
    if session is None or session.attempt_id is None:
        return None
    await settle(ports, session, claims.asked_settlement(session.id), "session.asked")
    return await attempts.find(ports.database, by_intent)
