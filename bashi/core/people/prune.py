"""Delete expired sessions, links and other rows that no rule reads any more."""

from bashi.core import limits
from bashi.core.people import sql
from bashi.core.ports import Ports

KEPT_SECONDS = 30 * 86_400
"""After their end, so that questions about a recent sign-in can be answered."""


async def prune(ports: Ports) -> None:
    before = ports.clock.now() - KEPT_SECONDS * 1000
    await ports.database.batch(
        [
            sql.PRUNE_REFRESH_TOKENS(before=before),
            sql.PRUNE_SESSIONS(before=before),
            sql.PRUNE_LINKS(before=before),
            sql.PRUNE_DEVICES(before=ports.clock.now() - limits.DEVICE_SECONDS * 1000),
        ]
    )
