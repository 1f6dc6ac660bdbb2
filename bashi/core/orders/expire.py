"""Holds whose time is over, a few at a time, as often as the worker calls."""

from bashi.core.batch import Query
from bashi.core.orders import sql
from bashi.core.orders.attempts import PROLONG_ORDER
from bashi.core.orders.close import close
from bashi.core.orders.payments import PaymentsRefused, PaymentsUnavailable
from bashi.core.orders.rules import Status
from bashi.core.ports import Ports

TAKE = 50
AGAIN_MS = 30_000

DUE = Query(
    "SELECT id FROM orders WHERE status = 'pending' AND expires_at <= :now"
    " ORDER BY expires_at LIMIT :take"
)


async def expire_due(ports: Ports) -> int:
    """How many were closed. One whose payment page Stripe can't end now is tried again later."""
    now = ports.clock.now()
    closed = 0
    for row in await ports.database.fetch(DUE(now=now, take=TAKE)):
        order = sql.order((await ports.database.fetch(sql.ORDER(id=row["id"])))[0])
        try:
            closed += await close(ports, order, Status.EXPIRED, by=None)
        except (PaymentsUnavailable, PaymentsRefused):
            later = PROLONG_ORDER(expires_at=now + AGAIN_MS, order=order.id)
            await ports.database.batch([later])
    return closed
