"""Retry what wrote nothing: after a deadlock, and while the server restarts."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import psycopg

from bashi.core.batch import Unavailable
from bashi.engines.postgres.pool import OverSlept, passes

REPEATS = 6
PAUSE_SECONDS = 0.05  # doubled each time: 3 s in all

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
        yield PAUSE_SECONDS * 2**number * random.uniform(0.5, 1)  # noqa: S311 - spreads, hides nothing
