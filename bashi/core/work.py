"""One round of the background work, the same for a server's loop, a cron and a queue."""

from bashi.core.mail.outbox import deliver_due
from bashi.core.orders.carry_refunds import carry_refunds
from bashi.core.orders.expire import expire_due
from bashi.core.orders.reconcile import last_reconciled, reconcile
from bashi.core.people.prune import prune
from bashi.core.ports import Ports

RECONCILE_EVERY_MS = 120_000


async def work_once(ports: Ports) -> bool:
    """True when something was done, so that another round is worth while at once."""
    expired = await expire_due(ports)
    carried = await carry_refunds(ports)
    delivered = await deliver_due(ports)
    return bool(expired or carried or delivered)


async def reconcile_if_due(ports: Ports) -> bool:
    """Raises PaymentsUnavailable."""
    last = await last_reconciled(ports)
    if last is not None and ports.clock.now() - last.checked_at < RECONCILE_EVERY_MS:
        return False
    await reconcile(ports)
    await prune(ports)
    return True
