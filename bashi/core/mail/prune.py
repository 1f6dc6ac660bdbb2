"""Delete outbox entries that ended long ago."""

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.ports import Ports

PRUNE = Query(
    "DELETE FROM outbox WHERE id IN"
    " (SELECT id FROM outbox WHERE finished_at < :before ORDER BY finished_at LIMIT :take)"
)


async def prune_outbox(ports: Ports) -> None:
    """A bounded number at a time. What is still queued is kept however old it is."""
    before = ports.clock.now() - limits.OUTBOX_KEPT_SECONDS * 1000
    await ports.database.batch([PRUNE(before=before, take=limits.OUTBOX_PRUNE_TAKE)])
