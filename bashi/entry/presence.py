"""Whether another process of this installation runs: one alone takes up what the last one left."""

import fcntl
from dataclasses import dataclass
from io import BufferedWriter

from bashi.entry.settings import Settings

LOCK = "serving.lock"


@dataclass(frozen=True, slots=True)
class Presence:
    alone: bool
    lock: BufferedWriter | None = None
    """Held as long as the process lives."""


def announce(settings: Settings) -> Presence:
    """After migrating, before any connection that stays. Processes on one SQLite share its folder;
    those on PostgreSQL are known by their connections."""
    url = settings.database.url.get_secret_value()
    if url:
        from bashi.engines.postgres import schema  # noqa: PLC0415 - only where it is used

        return Presence(schema.is_unused(url))
    lock = (settings.server.data_dir / LOCK).open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        alone = False
    else:
        alone = True
    fcntl.flock(lock, fcntl.LOCK_SH)
    return Presence(alone, lock)
