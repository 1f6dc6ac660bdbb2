"""Close a pending order: its seats return only when nobody can pay for them any more."""

from collections.abc import Sequence

from bashi.core.audit import audit
from bashi.core.batch import Refused, Statement
from bashi.core.orders import sql
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.settle import settle
from bashi.core.orders.sql import Order
from bashi.core.payments import attempts
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.ports import Ports


async def close(
    ports: Ports, order: Order, status: OrderStatus, by: str | None, *, ended: str | None = None
) -> bool:
    """Expired or canceled. True when the order is no longer pending, also since it got paid.

    An open payment page is expired at Stripe first, except `ended`: a session that Stripe has just
    told us is over. Raises PaymentsUnavailable, and then the seats stay held until the next try.
    """
    rows = await ports.database.fetch(attempts.OF_ORDER(order=order.id))
    tries = [attempts.attempt(row) for row in rows]
    for attempt in tries:
        if attempt.state is not AttemptStatus.OPEN or attempt.session_id == ended:
            continue
        if not await _expire(ports, attempt):
            return await _is_closed(ports, order.id)
    try:
        await ports.database.batch(await _statements(ports, order, tries, status, by))
    except Refused:
        return await _is_closed(ports, order.id)
    return True


async def _expire(ports: Ports, attempt: Attempt) -> bool:
    """False when the session turned out to be paid, and then it settles instead, or is about to be
    (a slow payment)."""
    assert attempt.session_id is not None
    session = await ports.payments.expire_checkout(attempt.session_id)
    if session.status == "expired":
        return True
    await settle(ports, session, f"asked:{session.id}", "session.asked")
    return False


async def _is_closed(ports: Ports, order_id: str) -> bool:
    return sql.order((await ports.database.fetch(sql.ORDER(id=order_id)))[0]).status is not (
        OrderStatus.PENDING
    )


async def _statements(
    ports: Ports, order: Order, tries: Sequence[Attempt], status: OrderStatus, by: str | None
) -> list[Statement]:
    """Attempts end, and the guards refuse when one moved since it was read."""
    now = ports.clock.now()
    lines = [sql.line(row) for row in await ports.database.fetch(sql.LINES(orders=[order.id]))]
    closed = sql.CLOSE_ORDER(
        1,
        "order_is_pending",
        status=status.value,
        now=now,
        id=order.id,
        seen=order.expires_at,
    )
    batch = [closed]
    for attempt in tries:
        if attempt.state is AttemptStatus.OPEN:
            batch.append(attempts.EXPIRE(1, "attempt_is_open", id=attempt.id))
        elif attempt.state is AttemptStatus.OPENING:
            batch.append(attempts.ABANDON(1, "attempt_is_opening", id=attempt.id))
    batch += [
        sql.RELEASE_SEATS(quantity=line.quantity, type=line.ticket_type_id)
        for line in sql.in_lock_order(lines)
    ]
    action = f"order.{status}"
    batch.append(
        audit(entry_id=ports.ids.uuid(), at=now, person=by, action=action, subject=order.id)
    )
    return batch
