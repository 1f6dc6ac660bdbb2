"""Finish a refund by Stripe's answer: booked and seats back, or tickets valid again."""

from collections.abc import Mapping

from bashi.core.alarms import raise_alarm
from bashi.core.audit import audit
from bashi.core.batch import Query, Refused, Statement
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.orders import refunds, sql
from bashi.core.orders.refunds import Refund, RefundKind, RefundStatus
from bashi.core.orders.sql import Order
from bashi.core.payments import ledger
from bashi.core.payments.provider import RefundResult
from bashi.core.ports import Ids, Ports
from bashi.core.tickets import tally

PENDING_AGAIN_MS = 3_600_000

SEATS_OF_REFUND = Query(
    "SELECT ticket_type_id, COUNT(*) AS seats FROM ticket WHERE refund_id = :refund"
    " GROUP BY ticket_type_id ORDER BY ticket_type_id"
)
UNBOOK = Query("UPDATE orders SET refunded_cents = refunded_cents - :amount WHERE id = :id")
LIVE_TICKETS = Query(
    "SELECT COUNT(*) AS live FROM ticket WHERE order_id = :order AND status <> 'void'"
)
END = Query(
    "UPDATE orders SET status = :status, refunded_cents = refunded_cents + :amount"
    " WHERE id = :id AND status = 'refunding'"
)
RESUME = Query("UPDATE orders SET status = 'paid' WHERE id = :id AND status = 'refunding'")
REVIVE = Query(
    "UPDATE ticket SET refund_id = NULL,"
    " status = CASE WHEN used_at IS NULL THEN 'valid' ELSE 'used' END WHERE refund_id = :refund"
)


async def finish_refund(ports: Ports, refund: Refund, result: RefundResult) -> None:
    """Harmless to repeat: the state guard lets one answer through."""
    if result.status == "succeeded":
        await _succeeded(ports, refund, result)
    elif result.status in ("failed", "canceled"):
        await fail_refund(ports, refund, result.failure or result.status, result.id)
    else:
        await _ask_again(ports, refund, result)


async def _ask_again(ports: Ports, refund: Refund, result: RefundResult) -> None:
    due = ports.clock.now() + PENDING_AGAIN_MS
    await ports.database.batch([refunds.PEND(provider=result.id, due=due, id=refund.id)])


async def _succeeded(ports: Ports, refund: Refund, result: RefundResult) -> None:
    now = ports.clock.now()
    order = sql.order((await ports.database.fetch(sql.ORDER(id=refund.order_id)))[0])
    if refund.kind is RefundKind.RETURN:
        batch = _returned(ports.ids, refund, order, result.id, now)
    else:
        rows = await ports.database.fetch(SEATS_OF_REFUND(refund=refund.id))
        batch = finish_statements(
            ports.ids,
            refund_id=refund.id,
            order=order,
            amount_cents=refund.amount_cents,
            provider_id=result.id,
            seats={row["ticket_type_id"]: row["seats"] for row in rows},
            whole=await _is_whole(ports, refund, order),
            now=now,
        )
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        if refused.name == "orders_refund_within_total":
            # An earlier one must have come back from the bank, or Stripe had refused this one.
            await _ask_again(ports, refund, result)
        elif refused.name not in ("refund_is_open", "refund.provider_id"):
            raise


async def _is_whole(ports: Ports, refund: Refund, order: Order) -> bool:
    """Nothing of the order is left. Stripe's dashboard knows money only: all of it is the whole."""
    if refund.kind is RefundKind.DASHBOARD and (
        order.refunded_cents + refund.amount_cents >= order.total_cents
    ):
        return True
    live: int = (await ports.database.fetch(LIVE_TICKETS(order=order.id)))[0]["live"]
    return live == 0


def finish_statements(
    ids: Ids,
    *,
    refund_id: str,
    order: Order,
    amount_cents: int,
    provider_id: str | None,
    seats: Mapping[str, int],
    whole: bool,
    now: int,
) -> list[Statement]:
    return [
        _finish(refund_id, RefundStatus.SUCCEEDED, provider_id, None, now),
        END(
            1,
            "order_is_refunding",
            status="refunded" if whole else "paid",
            amount=amount_cents,
            id=order.id,
        ),
        *(sql.RETURN_SOLD(quantity=count, type=kind) for kind, count in seats.items()),
        tally.GIVE_BACK(event=order.event_id, cents=amount_cents),
        *_booked(refund_id, order, amount_cents, ledger.SALES, now),
        _email(refund_id, EmailKind.ORDER_REFUNDED, order, now),
        _done(ids, refund_id, order, now),
    ]


async def fail_refund(ports: Ports, refund: Refund, failure: str, provider_id: str | None) -> None:
    """The tickets are good again, and the organizer is told by the console."""
    now = ports.clock.now()
    batch = [_finish(refund.id, RefundStatus.FAILED, provider_id, failure, now)]
    if refund.kind is not RefundKind.RETURN:
        order = sql.order((await ports.database.fetch(sql.ORDER(id=refund.order_id)))[0])
        batch += [
            RESUME(1, "order_is_refunding", id=order.id),
            *tally.revived(order.event_id, refund.id),
            REVIVE(refund=refund.id),
        ]
    batch.append(_alarm(refund, failure, now))
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        if refused.name != "refund_is_open":
            raise


async def undo_refund(ports: Ports, refund: Refund, failure: str) -> None:
    """A refund that had succeeded came back from the bank: money in, booked, and an alarm.

    The tickets stay void, since their seats may be sold by now; the organizer pays in another way.
    """
    now = ports.clock.now()
    order = sql.order((await ports.database.fetch(sql.ORDER(id=refund.order_id)))[0])
    returned = refund.kind is RefundKind.RETURN
    account = ledger.RETURNED if returned else ledger.SALES
    given = 0 if returned else refund.amount_cents
    batch = [
        refunds.UNDO(1, "refund_succeeded", failure=failure, now=now, id=refund.id),
        UNBOOK(amount=given, id=order.id),
        tally.GIVE_BACK(event=order.event_id, cents=-given),
        *_booked(f"{refund.id}:undone", order, -refund.amount_cents, account, now),
        _alarm(refund, failure, now),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        if refused.name != "refund_succeeded":
            raise


def _returned(ids: Ids, refund: Refund, order: Order, provider: str, now: int) -> list[Statement]:
    """The email says that all is on its way back; of a part the organizer has an alarm."""
    batch = [
        _finish(refund.id, RefundStatus.SUCCEEDED, provider, None, now),
        *_booked(refund.id, order, refund.amount_cents, ledger.RETURNED, now),
        _done(ids, refund.id, order, now),
    ]
    if refund.amount_cents == order.total_cents:
        batch.append(_email(refund.id, EmailKind.PAYMENT_RETURNED, order, now))
    return batch


def _finish(
    refund_id: str, state: RefundStatus, provider: str | None, failure: str | None, now: int
) -> Statement:
    return refunds.FINISH(
        1,
        "refund_is_open",
        status=state.value,
        provider=provider,
        failure=failure,
        now=now,
        id=refund_id,
    )


def _booked(refund_id: str, order: Order, cents: int, account: str, now: int) -> list[Statement]:
    return ledger.book(
        f"refund:{refund_id}",
        [(ledger.STRIPE, -cents), (account, cents)],
        event_id=order.event_id,
        order_id=order.id,
        currency=order.currency,
        now=now,
    )


def _done(ids: Ids, refund_id: str, order: Order, now: int) -> Statement:
    return audit(
        entry_id=ids.uuid(),
        at=now,
        person=None,
        action="refund.done",
        subject=order.id,
        detail=refund_id,
    )


def _email(refund_id: str, kind: EmailKind, order: Order, now: int) -> Statement:
    return queue(
        email_id=f"refund.{refund_id}",
        kind=kind,
        recipient=order.email,
        locale=order.locale,
        subject=refund_id,
        now=now,
    )


def _alarm(refund: Refund, failure: str, now: int) -> Statement:
    words = f"refund {refund.id} of {refund.order_id} failed: {failure}"
    return raise_alarm("refund.failed", refund.id, words, now)
