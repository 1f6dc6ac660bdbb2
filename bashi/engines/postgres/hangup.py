"""Deadlines for a hung PostgreSQL: shut the socket down and raise Silent."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from psycopg_pool import AsyncConnectionPool

from bashi.engines.postgres.dialect import Connection


class Silent(psycopg.OperationalError):
    """It took what we sent and did not answer all of it in time, so we hung up."""


@asynccontextmanager
async def connected(
    pool: AsyncConnectionPool[Connection], seconds: float
) -> AsyncIterator[Connection]:
    """A connection for that long. Raises Silent, wherever in the work the time was up."""
    watch: Watch | None = None
    try:
        async with pool.connection() as connection:
            watch = Watch(connection, seconds)
            yield connection
            watch.end()
    except psycopg.Error as error:
        if watch is not None and watch.hung_up:
            raise Silent(f"no answer in {seconds:g} s") from error
        raise
    finally:
        if watch is not None:
            watch.end()


class Watch:
    """Hangs up when the time is over and nobody has ended it.

    The driver's own way to give up asks the server first, and waits for it. Without its socket it
    sees a connection that was lost, and the server, once it reads on, that nobody is there.
    """

    def __init__(self, connection: Connection, seconds: float) -> None:
        self.hung_up = False
        self._connection = connection
        self._timer = asyncio.get_running_loop().call_later(seconds, self._hang_up)

    def end(self) -> None:
        self._timer.cancel()

    def _hang_up(self) -> None:
        self.hung_up = True
        with suppress(OSError, psycopg.Error):
            own = os.dup(self._connection.pgconn.socket)
            with socket.socket(fileno=own) as line:
                line.shutdown(socket.SHUT_RDWR)
