"""Carry out an event's cancellation: end open orders, refund paid ones, email all holders.

One outbox task calls this step by step. What is left to do is read from the orders themselves, and
every effect has an id made of the order's: a crash repeats one step, and that changes nothing.
"""

from collections.abc import Sequence
from contextlib import suppress

from bashi.core import claims
from bashi.core.batch import Query, Refused
from bashi.core.errors import Conflict
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.orders import sql
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.sql import Order
from bashi.core.orders.subject import ORDER
from bashi.core.payments.close import close
from bashi.core.payments.provider import PaymentsRefused, PaymentsUnavailable
from bashi.core.ports import Ports
from bashi.core.refunds.ask import AskRefund, refund

STEP = 50
_OURS = "SELECT 1 FROM refund r WHERE r.id = 'cancel.' || o.id"
LEFT = Query(
    f"{sql.SELECT_ORDER} WHERE o.event_id = :event AND o.id > :after AND (o.status = 'pending'"
    " OR (o.status IN ('paid', 'refunding') AND (o.dispute IS NULL OR o.dispute <> 'lost')"
    f" AND NOT EXISTS ({_OURS})))"
    " ORDER BY o.id LIMIT :take"
)


class Later(Exception):
    """Nothing of what is left can be done now; the outbox calls again with backoff."""


async def step(ports: Ports, event_id: str) -> bool:
    """False when nothing is left to do. Raises Later."""
    after, waiting = "", 0
    while left := await _left(ports, event_id, after):
        if await _end_some(ports, left):
            return True
        after, waiting = left[-1].id, waiting + len(left)
    if waiting:
        raise Later(f"{waiting} orders wait for Stripe or for another refund")
    return False


async def _left(ports: Ports, event_id: str, after: str) -> list[Order]:
    rows = await ports.database.fetch(LEFT(event=event_id, after=after, take=STEP))
    return [sql.order(row) for row in rows]


async def _end_some(ports: Ports, orders: Sequence[Order]) -> int:
    """How many are done with. Raises Later while Stripe is down: one try tells it for all."""
    ended = 0
    for order in orders:
        try:
            ended += await _end(ports, order)
        except PaymentsUnavailable as error:
            if not ended:
                raise Later("Stripe does not answer") from error
            break
    return ended


async def _end(ports: Ports, order: Order) -> bool:
    """Whether it is done with. Raises PaymentsUnavailable."""
    if order.status is OrderStatus.PENDING:
        # A payment that was faster leaves a paid order, which the next step refunds.
        try:
            return await close(ports, ORDER, order.id, canceled=True, by=None)
        except PaymentsRefused:
            return False
    await _write(ports, order)
    return order.status is OrderStatus.PAID and await _refund(ports, order)


async def _refund(ports: Ports, order: Order) -> bool:
    """Used tickets too: the event did not take place. Whatever Stripe won't refund is named in the
    console by the refund's own alarm."""
    command = AskRefund(
        refund_id=claims.cancel_refund(order.id),
        order_id=order.id,
        ticket_ids=None,
        include_used=True,
        reason="the event was canceled",
        asked_by=None,
    )
    try:
        await refund(ports, command)
    except Conflict:
        return False  # another refund is under way: the next step looks again
    return True


async def _write(ports: Ports, order: Order) -> None:
    message = queue(
        email_id=claims.canceled_email(order.id),
        kind=EmailKind.EVENT_CANCELED,
        recipient=order.email,
        locale=order.locale,
        subject=order.id,
        now=ports.clock.now(),
    )
    with suppress(Refused):  # written in an earlier run of this step
        await ports.database.batch([message])
