"""Read replica for statements that may be slightly stale, never required."""

import time
from collections.abc import Callable

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from bashi.core.batch import Row, Statement, Unavailable
from bashi.engines.postgres.hangup import Silent
from bashi.engines.postgres.pool import new_pool, passes, read

log = structlog.get_logger()

WAIT_SECONDS = 1.0  # the primary can answer
PAUSE_SECONDS = 5.0
BEHIND = psycopg.ProgrammingError  # it lacks a column that the primary has by now


class Replica:
    """While it does not answer, one call in a while tries it; all others hear so at once.

    An outage is logged once when it starts and once when it is over.
    """

    def __init__(
        self, url: str, pool_size: int, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self.pool = new_pool(url, pool_size, WAIT_SECONDS)
        self._down = False
        self._seconds = seconds
        self._try_at = 0.0

    async def read(self, statement: Statement) -> list[Row] | None:
        """None when the primary must answer. Raises Unavailable where that would not help
        either, as for a statement that takes too long."""
        if self._down and self._seconds() < self._try_at:
            return None
        self._try_at = self._seconds() + PAUSE_SECONDS
        try:
            rows = await read(self.pool, statement)
        except (psycopg.OperationalError, psycopg.InterfaceError, BEHIND) as error:
            if not (passes(error) or isinstance(error, PoolTimeout | Silent | BEHIND)):
                raise Unavailable(str(error)) from error
            if not self._down:
                log.warning("replica_down", reason=type(error).__name__)
            self._down = True
            return None
        if self._down:
            log.info("replica_back")
        self._down = False
        return rows
