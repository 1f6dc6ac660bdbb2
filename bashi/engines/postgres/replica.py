"""Read replica for statements that may be slightly stale, never required."""

import time
from collections.abc import Callable

import psycopg
from psycopg_pool import PoolTimeout

from bashi.core.backoff import Backoff
from bashi.core.batch import Row, Statement, Unavailable
from bashi.engines.breaker import Breaker
from bashi.engines.postgres.hangup import Silent
from bashi.engines.postgres.pool import new_pool, passes, read

WAIT_SECONDS = 1.0  # the primary can answer
PAUSES = Backoff(first_ms=5_000, most_ms=5_000)
BEHIND = psycopg.ProgrammingError  # it lacks a column that the primary has by now


class Replica:
    """While it does not answer, one call in a while tries it; all others hear so at once.

    An outage is logged once when it starts and once when it is over.
    """

    def __init__(
        self, url: str, pool_size: int, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self.pool = new_pool(url, pool_size, WAIT_SECONDS)
        self._breaker = Breaker("replica", PAUSES, seconds)

    async def read(self, statement: Statement) -> list[Row] | None:
        """None when the primary must answer. Raises Unavailable where that would not help
        either, as for a statement that takes too long."""
        if not self._breaker.may_try():
            return None
        try:
            rows = await read(self.pool, statement)
        except (psycopg.OperationalError, psycopg.InterfaceError, BEHIND) as error:
            if not (passes(error) or isinstance(error, PoolTimeout | Silent | BEHIND)):
                raise Unavailable(str(error)) from error
            self._breaker.failed(type(error).__name__)
            return None
        self._breaker.worked()
        return rows
