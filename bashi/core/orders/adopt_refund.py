"""A refund made in Stripe's dashboard takes the same path as one of ours."""

from bashi.core.batch import Refused, Statement
from bashi.core.orders import attempts, refunds, sql
from bashi.core.orders.finish_refund import finish_refund, undo_refund
from bashi.core.orders.payments import RefundResult
from bashi.core.orders.refund import BEGIN, VOID_VALID
from bashi.core.orders.refunds import Kind, State, ask
from bashi.core.orders.rules import Status
from bashi.core.orders.settle import RECORD, Outcome
from bashi.core.orders.sql import Order
from bashi.core.orders.view import TICKETS, ticket
from bashi.core.ports import Ports


async def hear_refund(ports: Ports, result: RefundResult, claim: str, kind: str) -> Outcome:
    """What Stripe says of a refund, whoever asked for it."""
    rows = await ports.database.fetch(refunds.BY_PROVIDER(provider=result.id))
    if not rows and result.refund_id is not None:
        rows = await ports.database.fetch(refunds.BY_ID(id=result.refund_id))
    if not rows:
        return await _adopt(ports, result, claim, kind)
    known = refunds.refund(rows[0])
    if known.state in (State.ASKED, State.PENDING):
        await finish_refund(ports, known, result)
        return Outcome.SETTLED
    if known.state is State.SUCCEEDED and result.status in ("failed", "canceled"):
        await undo_refund(ports, known, result.failure or result.status)
        return Outcome.SETTLED
    return Outcome.ALREADY


async def _adopt(ports: Ports, result: RefundResult, claim: str, kind: str) -> Outcome:
    if result.status in ("failed", "canceled"):
        return Outcome.IGNORED
    found = await ports.database.fetch(attempts.BY_INTENT(intent=result.intent_id))
    if not found:
        return Outcome.IGNORED
    order_id = attempts.attempt(found[0]).order_id
    order = sql.order((await ports.database.fetch(sql.ORDER(id=order_id)))[0])
    if order.status is not Status.PAID:
        return await _alarm(ports, order, result, claim, kind)
    refund_id = f"dashboard.{result.id}"
    try:
        await ports.database.batch(await _statements(ports, order, result, refund_id, claim, kind))
    except Refused:
        return Outcome.ALREADY
    row = (await ports.database.fetch(refunds.BY_ID(id=refund_id)))[0]
    await finish_refund(ports, refunds.refund(row), result)
    return Outcome.SETTLED


async def _statements(
    ports: Ports, order: Order, result: RefundResult, refund_id: str, claim: str, kind: str
) -> list[Statement]:
    """All money back voids all unused tickets. A part of it leaves them valid, with an alarm, since
    Stripe can't say which tickets were meant."""
    now = ports.clock.now()
    whole = result.amount_cents >= order.total_cents - order.refunded_cents
    tickets = [ticket(row) for row in await ports.database.fetch(TICKETS(orders=[order.id]))]
    unused = [one.id for one in tickets if one.status == "valid"] if whole else []
    detail = "" if whole else "partial refund made at Stripe: void the tickets meant by hand"
    return [
        RECORD(
            id=claim,
            type=kind,
            outcome="settled" if whole else "alarm",
            order=order.id,
            session=None,
            detail=detail,
            now=now,
        ),
        ask(
            id=refund_id,
            kind=Kind.DASHBOARD,
            order_id=order.id,
            intent_id=result.intent_id,
            amount_cents=result.amount_cents,
            currency=order.currency,
            reason="made in Stripe's dashboard",
            asked_by=None,
            now=now,
            provider_id=result.id,
        ),
        BEGIN(1, "order_is_paid", id=order.id),
        VOID_VALID(refund=refund_id, tickets=unused, order=order.id),
    ]


async def _alarm(
    ports: Ports, order: Order, result: RefundResult, claim: str, kind: str
) -> Outcome:
    record = RECORD(
        id=claim,
        type=kind,
        outcome="alarm",
        order=order.id,
        session=None,
        detail=f"refund {result.id} at Stripe for an order that is {order.status}",
        now=ports.clock.now(),
    )
    try:
        await ports.database.batch([record])
    except Refused:
        return Outcome.ALREADY
    return Outcome.MISMATCH
