"""Expire holds whose time is over, a few at a time."""

from bashi.core.batch import Query, Row
from bashi.core.orders import sql
from bashi.core.orders.subject import ORDER
from bashi.core.payments.close import close
from bashi.core.payments.provider import PaymentsRefused, PaymentsUnavailable
from bashi.core.ports import Ports

TAKE = 50
AGAIN_MS = 60_000

_DUE = (
    "SELECT id FROM orders WHERE status = 'pending' AND expires_at >= 0 AND expires_at <= :now AND"
)
_OPEN = (
    "EXISTS (SELECT 1 FROM payment_part p JOIN payment_attempt a ON a.id = p.attempt_id"
    " WHERE p.subject_id = orders.id AND p.subject_kind = 'order' AND a.status = 'open')"
    " ORDER BY expires_at LIMIT :take"
)
DUE = Query(f"{_DUE} NOT {_OPEN}")
DUE_AT_STRIPE = Query(f"{_DUE} {_OPEN}")
# Not for one whose page was opened meanwhile: that has more time than this.
POSTPONE = Query(
    "UPDATE orders SET expires_at = :again"
    " WHERE id = :order AND status = 'pending' AND expires_at <= :now"
)


async def expire_due(ports: Ports) -> int:
    """How many were closed. Those that wait for Stripe hold up no others, nor the emails."""
    now = ports.clock.now()
    closed = 0
    for row in await ports.database.fetch(DUE(now=now, take=TAKE)):
        closed += await _close(ports, row, now)
    for row in await ports.database.fetch(DUE_AT_STRIPE(now=now, take=TAKE)):
        try:
            closed += await _close(ports, row, now)
        except PaymentsUnavailable:
            await _postpone(ports, row["id"], now)
            break
        except PaymentsRefused:
            await _postpone(ports, row["id"], now)
    return closed


async def _close(ports: Ports, row: Row, now: int) -> bool:
    order = sql.order((await ports.database.fetch(sql.ORDER(id=row["id"])))[0])
    if order.expires_at > now:
        return False  # a payment page was opened meanwhile
    closed = await close(ports, ORDER, order.id, canceled=False, by=None)
    if not closed:
        await _postpone(ports, order.id, now)
    return closed


async def _postpone(ports: Ports, order_id: str, now: int) -> None:
    await ports.database.batch([POSTPONE(again=now + AGAIN_MS, order=order_id, now=now)])
