"""After an event was cancelled: end its open orders, refund the paid ones, write to all holders.

One outbox task walks the orders in steps. Its row keeps the place, so a crash repeats one step, and
every effect has an id made of the order's, so the repetition changes nothing.
"""

from bashi.core.batch import Query, Refused
from bashi.core.errors import Conflict
from bashi.core.mail.kinds import Kind as Letter
from bashi.core.mail.sql import queue
from bashi.core.orders import refunds, sql
from bashi.core.orders.close import close
from bashi.core.orders.payments import PaymentsUnavailable
from bashi.core.orders.refund import AskRefund, refund
from bashi.core.orders.rules import Status
from bashi.core.orders.sql import Order
from bashi.core.ports import Ports

STEP = 50

NEXT = Query(
    "SELECT id FROM orders WHERE event_id = :event AND id > :after"
    " AND status IN ('pending', 'paid', 'refunding') ORDER BY id LIMIT :take"
)


class Later(Exception):
    """A step could not be finished now; the outbox calls again with backoff."""


async def step(ports: Ports, event_id: str, after: str) -> str | None:
    """The last order id done, or None when there are no more. Raises Later."""
    rows = await ports.database.fetch(NEXT(event=event_id, after=after, take=STEP))
    for row in rows:
        order = sql.order((await ports.database.fetch(sql.ORDER(id=row["id"])))[0])
        await _end(ports, order)
    return rows[-1]["id"] if rows else None


async def _end(ports: Ports, order: Order) -> None:
    if order.status is Status.PENDING:
        try:
            ended = await close(ports, order, Status.CANCELLED, by=None)
        except PaymentsUnavailable as error:
            raise Later(str(error)) from error
        if not ended:
            raise Later("the order moved meanwhile")
        order = sql.order((await ports.database.fetch(sql.ORDER(id=order.id)))[0])
    if order.status is Status.CANCELLED:
        return
    await _write(ports, order)
    if order.status is Status.PAID:
        await _refund(ports, order)
    elif order.status is Status.REFUNDING and not await _ours(ports, order):
        raise Later("another refund of this order is under way")


async def _refund(ports: Ports, order: Order) -> None:
    """Used tickets too: the event did not take place. Whatever can't be refunded is named in the
    console by the refund's own alarm."""
    command = AskRefund(
        refund_id=_refund_id(order),
        order_id=order.id,
        ticket_ids=None,
        include_used=True,
        reason="the event was cancelled",
        asked_by=None,
    )
    try:
        await refund(ports, command)
    except Conflict as conflict:
        if conflict.code != "not_refundable":
            raise


async def _ours(ports: Ports, order: Order) -> bool:
    return bool(await ports.database.fetch(refunds.BY_ID(id=_refund_id(order))))


def _refund_id(order: Order) -> str:
    return f"cancel.{order.id}"


async def _write(ports: Ports, order: Order) -> None:
    letter = queue(
        letter_id=f"cancelled.{order.id}",
        kind=Letter.EVENT_CANCELLED,
        recipient=order.email,
        locale=order.locale,
        subject=order.id,
        now=ports.clock.now(),
    )
    try:
        await ports.database.batch([letter])
    except Refused:
        pass  # written in an earlier run of this step
