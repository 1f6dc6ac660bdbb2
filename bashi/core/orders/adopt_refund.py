"""A refund made in Stripe's dashboard takes the same path as one of ours."""

from bashi.core.batch import Refused, Statement
from bashi.core.orders import attempts, refunds, sql
from bashi.core.orders.finish_refund import finish_refund, undo_refund
from bashi.core.orders.payments import RefundResult
from bashi.core.orders.refund import BEGIN, VOID_VALID
from bashi.core.orders.refunds import Ask, Kind, State, ask
from bashi.core.orders.rules import Status
from bashi.core.orders.settle import RECORD, Outcome
from bashi.core.orders.sql import Order
from bashi.core.orders.view import TICKETS, ticket
from bashi.core.ports import Ports


async def hear_refund(ports: Ports, result: RefundResult, kind: str) -> Outcome:
    """What Stripe says of a refund, whoever asked for it. `kind` is the event's type."""
    rows = await ports.database.fetch(refunds.BY_PROVIDER(provider=result.id))
    if not rows and result.refund_id is not None:
        rows = await ports.database.fetch(refunds.BY_ID(id=result.refund_id))
    if not rows:
        return await _adopt(ports, result, kind)
    known = refunds.refund(rows[0])
    if known.state in (State.ASKED, State.PENDING):
        await finish_refund(ports, known, result)
        return Outcome.SETTLED
    if known.state is State.SUCCEEDED and result.status in ("failed", "canceled"):
        await undo_refund(ports, known, result.failure or result.status)
        return Outcome.SETTLED
    return Outcome.ALREADY


async def _adopt(ports: Ports, result: RefundResult, kind: str) -> Outcome:
    if result.status in ("failed", "canceled"):
        return Outcome.IGNORED
    found = await ports.database.fetch(attempts.BY_INTENT(intent=result.intent_id))
    if not found:
        return Outcome.IGNORED
    attempt = attempts.attempt(found[0])
    order = sql.order((await ports.database.fetch(sql.ORDER(id=attempt.order_id)))[0])
    if order.status is Status.REFUNDING:
        return Outcome.LATER
    if order.status is not Status.PAID or attempt.state is not attempts.State.PAID:
        words = f"refund {result.id} made at Stripe for an order that is {order.status}"
        return await _alarm(ports, order, result, kind, words)
    refund_id = f"dashboard.{result.id}"
    try:
        await ports.database.batch(await _statements(ports, order, result, refund_id, kind))
    except Refused as refused:
        return Outcome.LATER if refused.name == "order_is_paid" else Outcome.ALREADY
    row = (await ports.database.fetch(refunds.BY_ID(id=refund_id)))[0]
    await finish_refund(ports, refunds.refund(row), result)
    return Outcome.SETTLED


async def _statements(
    ports: Ports, order: Order, result: RefundResult, refund_id: str, kind: str
) -> list[Statement]:
    """All money back voids all unused tickets. A part of it leaves them valid, with an alarm, since
    Stripe can't say which tickets were meant."""
    now = ports.clock.now()
    whole = result.amount_cents >= order.total_cents - order.refunded_cents
    tickets = [ticket(row) for row in await ports.database.fetch(TICKETS(orders=[order.id]))]
    unused = [one.id for one in tickets if one.status == "valid"] if whole else []
    asked = Ask(
        id=refund_id,
        kind=Kind.DASHBOARD,
        order_id=order.id,
        intent_id=result.intent_id,
        amount_cents=result.amount_cents,
        currency=order.currency,
        reason="made in Stripe's dashboard",
        provider_id=result.id,
    )
    detail = "" if whole else "partial refund made at Stripe: void the tickets meant by hand"
    return [
        _record(ports, order, result, kind, detail),
        ask(asked, now),
        BEGIN(1, "order_is_paid", id=order.id),
        VOID_VALID(refund=refund_id, tickets=unused, order=order.id),
    ]


async def _alarm(
    ports: Ports, order: Order, result: RefundResult, kind: str, words: str
) -> Outcome:
    try:
        await ports.database.batch([_record(ports, order, result, kind, words)])
    except Refused:
        return Outcome.ALREADY
    return Outcome.MISMATCH


def _record(ports: Ports, order: Order, result: RefundResult, kind: str, detail: str) -> Statement:
    """One for each refund that we did not ask for; an alarm when there is something to say."""
    return RECORD(
        id=f"adopted:{result.id}",
        type=kind,
        outcome="alarm" if detail else Outcome.SETTLED.value,
        order=order.id,
        session=None,
        detail=detail,
        now=ports.clock.now(),
    )
