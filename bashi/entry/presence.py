"""Whether another process of this installation runs: one alone takes up what the last one left."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bashi.entry.settings import Settings

LOCK = "serving.lock"


@contextmanager
def announced(settings: Settings) -> Iterator[bool]:
    """Whether it is alone; others know of it until the end. After migrating, and before any
    connection that stays: processes on PostgreSQL are known by their connections, those on one
    SQLite share its folder."""
    url = settings.database.url.get_secret_value()
    if url:
        from bashi.engines.postgres import schema  # noqa: PLC0415 - only where it is used

        yield schema.is_unused(url)
        return
    with (settings.server.data_dir / LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            alone = False
        else:
            alone = True
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield alone
