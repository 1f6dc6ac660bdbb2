"""Settle a paid Checkout session: issue its tickets, or refund it in full."""

from dataclasses import dataclass

from bashi.core.alarms import raise_alarm
from bashi.core.audit import audit
from bashi.core.batch import Query, Refused, Statement
from bashi.core.orders import sql
from bashi.core.orders.issue import settle_statements
from bashi.core.orders.return_payment import return_statements
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.sql import Order
from bashi.core.payments import attempts, ledger
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.payments.provider import CheckoutSession
from bashi.core.payments.record import MISMATCH, RECORD, PaymentOutcome
from bashi.core.ports import Ports

TRIES = 3

EVENT_OPEN = Query(
    "SELECT id FROM event WHERE id = :id AND status = 'published' AND ends_at > :now"
)


@dataclass(frozen=True, slots=True)
class Plan:
    outcome: PaymentOutcome
    detail: str = ""


def plan(
    session: CheckoutSession,
    attempt: Attempt | None,
    order: Order | None,
    *,
    livemode: bool,
    may_reseat: bool,
) -> Plan:
    """What a session means for us. Pure; every row of docs/payments.md is a branch here.

    `may_reseat`: an order that has expired may take its seats again.
    """
    if session.payment_status != "paid":
        return Plan(PaymentOutcome.IGNORED, f"payment is {session.payment_status}")
    if attempt is None or order is None:
        if session.attempt_id is None:
            return Plan(PaymentOutcome.IGNORED, "not one of our sessions")
        return Plan(PaymentOutcome.MISMATCH, f"no attempt {session.attempt_id}")
    if attempt.state in (AttemptStatus.PAID, AttemptStatus.RETURNED):
        return Plan(PaymentOutcome.ALREADY)
    wrong = _differences(session, attempt, livemode=livemode)
    if wrong:
        return Plan(PaymentOutcome.MISMATCH, wrong)
    if order.status is OrderStatus.PENDING:
        return Plan(PaymentOutcome.SETTLED)
    if order.status is OrderStatus.EXPIRED and may_reseat:
        return Plan(PaymentOutcome.SETTLED, "seats taken again")
    return Plan(PaymentOutcome.RETURNED, f"the order is {order.status}")


def _differences(session: CheckoutSession, attempt: Attempt, *, livemode: bool) -> str:
    checks = (
        ("mode", session.livemode, livemode and attempt.livemode),
        ("order", session.order_id, attempt.order_id),
        ("session", session.id, attempt.session_id or session.id),
        ("amount", session.amount_cents, attempt.amount_cents),
        ("currency", session.currency.upper(), attempt.currency),
    )
    return "; ".join(
        f"{name} is {got}, expected {wanted}" for name, got, wanted in checks if got != wanted
    )


async def settle(ports: Ports, session: CheckoutSession, claim: str, kind: str) -> PaymentOutcome:
    """`claim` is the Stripe event's id, or the sweep's own for a session found by asking.

    Safe to repeat and to race: the claim and the guarded state let one batch through.
    """
    seats_left = True
    for _ in range(TRIES):
        attempt = await _find_attempt(ports, session)
        order = await _order(ports, attempt)
        now = ports.clock.now()
        decided = plan(
            session,
            attempt,
            order,
            livemode=ports.payments.livemode,
            may_reseat=seats_left and await _event_open(ports, order, now),
        )
        if decided.outcome in (PaymentOutcome.ALREADY, PaymentOutcome.IGNORED):
            return decided.outcome
        if decided.outcome is PaymentOutcome.MISMATCH:
            alarm = raise_alarm(MISMATCH, session.id, decided.detail, now, final=True)
            await ports.database.batch([alarm])
            return decided.outcome
        assert attempt is not None
        assert order is not None
        record = RECORD(
            id=claim,
            type=kind,
            outcome=decided.outcome.value,
            order=order.id,
            session=session.id,
            detail=decided.detail,
            now=now,
        )
        if decided.outcome is PaymentOutcome.SETTLED:
            batch = [record, *await _settled(ports, session, attempt, order, claim)]
        else:
            batch = [record, *return_statements(ports, session, attempt, order, claim)]
        try:
            await ports.database.batch(batch)
        except Refused as refused:
            if refused.name == "payment_event.id":
                return PaymentOutcome.ALREADY
            # Otherwise the order or the attempt moved meanwhile, or its seats are sold: look again.
            seats_left = seats_left and refused.name != "ticket_type_within_capacity"
        else:
            return decided.outcome
    return PaymentOutcome.LATER


async def _find_attempt(ports: Ports, session: CheckoutSession) -> Attempt | None:
    """By session; by our own reference when Stripe's reply with the session's id was lost."""
    rows = await ports.database.fetch(attempts.BY_SESSION(session=session.id))
    if not rows and session.attempt_id is not None:
        rows = await ports.database.fetch(attempts.BY_ID(id=session.attempt_id))
    return attempts.attempt(rows[0]) if rows else None


async def _event_open(ports: Ports, order: Order | None, now: int) -> bool:
    """Asked only where it decides: whether an expired order may still have its seats."""
    if order is None or order.status is not OrderStatus.EXPIRED:
        return False
    return bool(await ports.database.fetch(EVENT_OPEN(id=order.event_id, now=now)))


async def _order(ports: Ports, attempt: Attempt | None) -> Order | None:
    if attempt is None:
        return None
    rows = await ports.database.fetch(sql.ORDER(id=attempt.order_id))
    return sql.order(rows[0]) if rows else None


async def _settled(
    ports: Ports, session: CheckoutSession, attempt: Attempt, order: Order, claim: str
) -> list[Statement]:
    now = ports.clock.now()
    lines = [sql.line(row) for row in await ports.database.fetch(sql.LINES(orders=[order.id]))]
    return [
        attempts.PAY(
            1,
            "attempt_unsettled",
            status=AttemptStatus.PAID.value,
            session=session.id,
            intent=session.intent_id,
            id=attempt.id,
        ),
        *settle_statements(ports.ids, order, lines, claim, now),
        *ledger.book(
            f"charge:{session.intent_id}",
            [(ledger.STRIPE, session.amount_cents), (ledger.SALES, -session.amount_cents)],
            event_id=order.event_id,
            order_id=order.id,
            currency=order.currency,
            now=now,
        ),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=None,
            action="order.settle",
            subject=order.id,
            detail=claim,
        ),
    ]
