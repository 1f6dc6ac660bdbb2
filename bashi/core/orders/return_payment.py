"""Refund in full, exactly once, a payment that cannot settle its order."""

from bashi.core.audit import audit
from bashi.core.batch import Statement
from bashi.core.orders.refunds import Ask, RefundKind, ask
from bashi.core.orders.sql import Order
from bashi.core.payments import attempts, ledger
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.payments.provider import CheckoutSession
from bashi.core.ports import Ports


def return_statements(
    ports: Ports, session: CheckoutSession, attempt: Attempt, order: Order, claim: str
) -> list[Statement]:
    assert session.intent_id is not None
    now = ports.clock.now()
    asked = Ask(
        id=f"return.{session.intent_id}",
        kind=RefundKind.RETURN,
        order_id=order.id,
        intent_id=session.intent_id,
        amount_cents=session.amount_cents,
        currency=order.currency,
        reason="the payment came for an order that could not be settled",
    )
    return [
        attempts.PAY(
            1,
            "attempt_unsettled",
            status=AttemptStatus.RETURNED.value,
            session=session.id,
            intent=session.intent_id,
            id=attempt.id,
        ),
        ask(asked, now),
        *ledger.book(
            f"charge:{session.intent_id}",
            [(ledger.STRIPE, session.amount_cents), (ledger.RETURNED, -session.amount_cents)],
            event_id=order.event_id,
            order_id=order.id,
            currency=order.currency,
            now=now,
        ),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=None,
            action="payment.return",
            subject=order.id,
            detail=claim,
        ),
    ]
