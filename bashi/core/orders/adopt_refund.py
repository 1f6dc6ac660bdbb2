"""Adopt a refund made in Stripe's dashboard: from here on it is handled like our own."""

from bashi.core.alarms import raise_alarm
from bashi.core.batch import Query, Refused, Statement
from bashi.core.orders import refunds, sql
from bashi.core.orders.finish_refund import finish_refund, undo_refund
from bashi.core.orders.refund import VOID_VALID
from bashi.core.orders.refunds import Ask, RefundKind, RefundStatus, ask
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.sql import Order
from bashi.core.orders.view import TICKETS, ticket
from bashi.core.payments import attempts
from bashi.core.payments.provider import RefundResult
from bashi.core.payments.record import RECORD, PaymentOutcome
from bashi.core.ports import Ports
from bashi.core.tickets import tally

DASHBOARD = "dashboard."
"""And Stripe's id of the refund: ours."""

FROM_STRIPE = "refund.from_stripe"
"""The alarm of a refund made in the dashboard that needs somebody's hand."""

BEGIN = Query(
    "UPDATE orders SET status = 'refunding' WHERE id = :id AND status IN ('paid', 'refunded')"
)


async def hear_refund(ports: Ports, result: RefundResult, claim: str, kind: str) -> PaymentOutcome:
    """What Stripe says of a refund, whoever asked for it, by the event `claim` of type `kind`."""
    rows = await ports.database.fetch(refunds.BY_PROVIDER(provider=result.id))
    if not rows and result.refund_id is not None:
        rows = await ports.database.fetch(refunds.BY_ID(id=result.refund_id))
    if not rows:
        return await _adopt(ports, result, claim, kind)
    known = refunds.refund(rows[0])
    if known.state in (RefundStatus.ASKED, RefundStatus.PENDING):
        await finish_refund(ports, known, result)
        return PaymentOutcome.SETTLED
    if known.state is RefundStatus.SUCCEEDED and result.status in ("failed", "canceled"):
        await undo_refund(ports, known, result.failure or result.status)
        return PaymentOutcome.SETTLED
    return PaymentOutcome.ALREADY


async def _adopt(ports: Ports, heard: RefundResult, claim: str, kind: str) -> PaymentOutcome:
    """An event says what was true when it was made, and may come after those that followed it. So
    Stripe is asked. Raises PaymentsUnavailable."""
    found = await ports.database.fetch(attempts.BY_INTENT(intent=heard.intent_id))
    if not found:
        return PaymentOutcome.IGNORED
    result = await ports.payments.retrieve_refund(heard.id)
    if result.status in ("failed", "canceled"):
        return PaymentOutcome.IGNORED
    attempt = attempts.attempt(found[0])
    order = sql.order((await ports.database.fetch(sql.ORDER(id=attempt.order_id)))[0])
    returning = attempt.state is attempts.AttemptStatus.RETURNED
    if order.status is OrderStatus.REFUNDING and not returning:
        return PaymentOutcome.LATER
    record = RECORD(
        id=claim,
        type=kind,
        outcome=PaymentOutcome.SETTLED.value,
        order=order.id,
        session=attempt.session_id,
        detail=f"refund {result.id} made at Stripe",
        now=ports.clock.now(),
    )
    make = _returned if returning else _given_back
    refund_id = f"{DASHBOARD}{result.id}"
    try:
        await ports.database.batch([record, *await make(ports, order, result, refund_id)])
    except Refused as refused:
        return (
            PaymentOutcome.LATER if refused.name == "order_is_settled" else PaymentOutcome.ALREADY
        )
    row = (await ports.database.fetch(refunds.BY_ID(id=refund_id)))[0]
    await finish_refund(ports, refunds.refund(row), result)
    return PaymentOutcome.SETTLED


async def _given_back(
    ports: Ports, order: Order, result: RefundResult, refund_id: str
) -> list[Statement]:
    """All money back voids all unused tickets. A part of it leaves them valid, with an alarm, since
    Stripe can't say which tickets were meant. An order that was refunded has money to give only
    after a refund came back from the bank."""
    whole = result.amount_cents >= order.total_cents - order.refunded_cents
    tickets = [ticket(row) for row in await ports.database.fetch(TICKETS(orders=[order.id]))]
    unused = [one.id for one in tickets if one.status == "valid"] if whole else []
    words = "partial refund made at Stripe: void the tickets meant by hand"
    return [
        *([] if whole else [_alarm(ports, order, result, words)]),
        _ask(ports, order, result, refund_id, RefundKind.DASHBOARD),
        BEGIN(1, "order_is_settled", id=order.id),
        VOID_VALID(refund=refund_id, tickets=unused, order=order.id),
        *tally.voided(order.event_id, refund_id),
    ]


async def _returned(
    ports: Ports, order: Order, result: RefundResult, refund_id: str
) -> list[Statement]:
    """A payment that settled nothing, and that we return ourselves: Stripe will refuse ours, or
    what is more than the rest."""
    words = f"refund {result.id} made at Stripe for a payment that is being returned"
    return [
        _alarm(ports, order, result, words),
        _ask(ports, order, result, refund_id, RefundKind.RETURN),
    ]


def _ask(
    ports: Ports, order: Order, result: RefundResult, refund_id: str, kind: RefundKind
) -> Statement:
    asked = Ask(
        id=refund_id,
        kind=kind,
        order_id=order.id,
        intent_id=result.intent_id,
        amount_cents=result.amount_cents,
        currency=order.currency,
        reason="made in Stripe's dashboard",
        provider_id=result.id,
    )
    return ask(asked, ports.clock.now())


def _alarm(ports: Ports, order: Order, result: RefundResult, words: str) -> Statement:
    detail = f"order {order.number}: {words}"
    return raise_alarm(FROM_STRIPE, result.id, detail, ports.clock.now(), final=True)
