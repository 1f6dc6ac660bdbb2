"""One round of background work, the same for a server's loop, a cron and a queue."""

from collections.abc import Awaitable, Callable, Sequence

from bashi.core.mail.prune import prune_outbox
from bashi.core.orders.expire import expire_due
from bashi.core.payments.reconciled import last_reconciled
from bashi.core.people.prune import prune
from bashi.core.ports import Ports
from bashi.core.refunds.send import carry_refunds
from bashi.core.work.clock_steps import recall
from bashi.core.work.outbox import carry_on_due, deliver_due
from bashi.core.work.reconcile import reconcile

RECONCILE_EVERY_MS = 120_000

STEPS: Sequence[Callable[[Ports], Awaitable[int]]] = (
    recall,
    expire_due,
    carry_refunds,
    deliver_due,
    carry_on_due,
)
"""Each tells how much it did. They may run side by side, here and in other processes."""


async def work_once(ports: Ports) -> bool:
    """True when something was done, so that another round is worth while at once."""
    return any([await step(ports) for step in STEPS])


async def reconcile_if_due(ports: Ports) -> bool:
    """Raises PaymentsUnavailable."""
    last = await last_reconciled(ports)
    if last is not None and 0 <= ports.clock.now() - last.checked_at < RECONCILE_EVERY_MS:
        return False
    await reconcile(ports)
    await prune(ports)
    await prune_outbox(ports)
    return True
