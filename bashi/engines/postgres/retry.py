"""Retry what wrote nothing: after a deadlock, and while the server restarts."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import psycopg

from bashi.core.backoff import Backoff
from bashi.core.batch import Unavailable
from bashi.engines.breaker import uneven
from bashi.engines.postgres.pool import OverSlept, passes

REPEATS = 6
PAUSES = Backoff(first_ms=50, most_ms=1_600)  # 3 s in all

T = TypeVar("T")


class Locked(Unavailable):
    """Somebody holds the table, and there was no time to wait for them."""


async def repeat(work: Callable[[], Awaitable[T]]) -> T:
    """Raises Unavailable for what does not pass by itself, or not soon enough."""
    pauses = _pauses()
    while True:
        try:
            return await work()
        except psycopg.errors.LockNotAvailable as error:
            raise Locked(str(error)) from error
        except (psycopg.OperationalError, psycopg.InterfaceError, OverSlept) as error:
            pause = next(pauses, None) if passes(error) else None
            if pause is None:
                raise Unavailable(str(error)) from error
        await asyncio.sleep(pause)


def _pauses() -> Iterator[float]:
    for number in range(REPEATS):
        yield PAUSES.wait_ms(number, uneven()) / 1000
