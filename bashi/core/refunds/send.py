"""Send requested refunds to Stripe, with our id as the idempotency key, until it answers."""

from bashi.core import limits
from bashi.core.batch import Refused
from bashi.core.payments import refund_rows
from bashi.core.payments.provider import PaymentsRefused, PaymentsUnavailable, RefundResult
from bashi.core.payments.refund_rows import Refund
from bashi.core.ports import Ports
from bashi.core.refunds.finish import PAUSES, fail_refund, finish_refund


async def carry_refunds(ports: Ports) -> int:
    """How many were brought a step further. While Stripe is down, one try tells it for all."""
    now = ports.clock.now()
    carried = 0
    for row in await ports.database.fetch(refund_rows.DUE(now=now)):
        try:
            carried += await _carry(ports, refund_rows.refund(row), now)
        except PaymentsUnavailable:
            break
    return carried


async def _carry(ports: Ports, refund: Refund, now: int) -> bool:
    """The lease is the next due time, so a crash only delays. Raises PaymentsUnavailable."""
    until = now + PAUSES.wait_ms(refund.attempts)
    lease = refund_rows.LEASE(1, "refund_is_due", until=until, id=refund.id, seen=refund.due_at)
    try:
        await ports.database.batch([lease])
    except Refused:
        return False
    try:
        result = await _result(ports, refund, now)
    except PaymentsRefused as refused:
        await fail_refund(ports, refund, refused.code, None)
        return True
    await finish_refund(ports, refund, result)
    return True


async def _result(ports: Ports, refund: Refund, now: int) -> RefundResult:
    """Stripe's idempotency makes repeating safe for a day; after that only its list can tell
    whether a lost request arrived. Raises PaymentsRefused, PaymentsUnavailable."""
    if refund.provider_id is not None:
        return await ports.payments.retrieve_refund(refund.provider_id)
    if now - refund.created_at > limits.REFUND_KEY_SECONDS * 1000:
        found = await _find(ports, refund)
        if found is not None:
            return found
    return await ports.payments.create_refund(
        refund.id,
        refund.intent_id,
        refund.amount_cents,
        {"refund_id": refund.id, refund.subject_kind: refund.subject_id},
    )


async def _find(ports: Ports, refund: Refund) -> RefundResult | None:
    """Look at Stripe for a refund of ours that we never heard of."""
    after: str | None = None
    while True:
        page = await ports.payments.list_refunds(refund.intent_id, after)
        for result in page.items:
            if result.refund_id == refund.id:
                return result
        after = page.next_after
        if after is None:
            return None
