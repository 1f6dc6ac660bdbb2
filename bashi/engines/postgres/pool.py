"""PostgreSQL connection pool, reads through it, and which errors are transient."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import psycopg
from psycopg import errors
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from bashi.core.batch import Row, Statement
from bashi.engines.postgres.dialect import Connection, dialect, prepare
from bashi.engines.postgres.hangup import Silent, Watch, connected

STATEMENT_SECONDS = 20
SILENT_SECONDS = 22  # for a long read: a server that is well has ended the statement by then
SILENT_TOGETHER_SECONDS = 10  # for short reads: others wait behind them
IDLE_IN_TRANSACTION_SECONDS = 10  # a process that hangs in the lane must not stop the others
CONNECT_SECONDS = 5  # and as long again to set it up
WAIT_SECONDS = 5.0  # for a connection of the pool
LOCK_MS = 500  # a short read keeps the others waiting; beside a locked table it asks elsewhere
LOST_SECONDS = 15  # without a sign that what we sent arrived; Linux tries for 15 minutes

OverSlept = errors.IdleInTransactionSessionTimeout
Cursor = psycopg.AsyncCursor[DictRow]
Pool = AsyncConnectionPool[Connection]


SHORT = {"enable_seqscan": "off", "plan_cache_mode": "force_generic_plan"}
"""For statements that find their few rows by an index. A connection keeps its plans: one made while
a table was empty would go on reading all of it, deep into a sale."""
HASTY = {"lock_timeout": f"{LOCK_MS}ms"}
"""For reads that others wait behind."""


def new_pool(
    url: str,
    size: int,
    wait_seconds: float = WAIT_SECONDS,
    settings: Mapping[str, str] | None = None,
) -> Pool:
    """`settings` of its connections: SHORT where no statement but short ones is sent."""
    return AsyncConnectionPool(
        url,
        connection_class=Connection,
        kwargs={
            "connect_timeout": CONNECT_SECONDS,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": LOST_SECONDS * 1000,
            "application_name": "bashi",
        },
        min_size=1,
        max_size=size,
        open=False,
        configure=_configuration(settings or {}),
        timeout=wait_seconds,
        reconnect_timeout=WAIT_SECONDS,
    )


_SET_FOR_SESSION = "SELECT set_config(key, value, false) FROM json_each_text(%s)"
_SET_FOR_TRANSACTION = "SELECT set_config(key, value, true) FROM json_each_text(%s)"


async def _is_pooled(connection: Connection) -> bool:
    """A pooler tells each client of a process of its own making, not of the server's."""
    cursor = await connection.execute("SELECT pg_backend_pid() AS pid", prepare=False)
    row = await cursor.fetchone()
    return row is not None and row["pid"] != connection.info.backend_pid


async def settle_transaction(connection: Connection) -> None:
    """The first thing in each transaction."""
    if connection.per_transaction is not None:
        await connection.execute(_SET_FOR_TRANSACTION, (connection.per_transaction,))


@asynccontextmanager
async def _settled(connection: Connection) -> AsyncIterator[None]:
    """Around reads, which need no transaction but behind a pooler."""
    if connection.per_transaction is None:
        yield
        return
    async with connection.transaction():
        await settle_transaction(connection)
        yield


def _configuration(more: Mapping[str, str]) -> Callable[[Connection], Awaitable[None]]:
    settings = json.dumps(
        {
            "statement_timeout": f"{STATEMENT_SECONDS}s",
            "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s",
            **more,
        }
    )

    async def configure(connection: Connection) -> None:
        await prepare(connection)
        watch = Watch(connection, CONNECT_SECONDS)
        try:
            if await _is_pooled(connection):
                connection.per_transaction = settings
                connection.prepare_threshold = None
            else:
                await connection.execute(_SET_FOR_SESSION, (settings,))
        finally:
            watch.end()

    return configure


async def read(pool: Pool, statement: Statement) -> list[Row]:
    try:
        async with connected(pool, SILENT_SECONDS) as connection, _settled(connection):
            cursor = await send(connection, statement)
            rows: list[Row] = list(await cursor.fetchall())
            return rows
    except psycopg.OperationalError as error:
        if _lost(error):
            # After a restart all are dead: to find each of many so would use up the repeats.
            await pool.drain()
        raise


async def read_together(pool: Pool, statements: Sequence[Statement]) -> list[list[Row]]:
    """All sent before the first answer comes."""
    async with connected(pool, SILENT_TOGETHER_SECONDS) as connection:
        async with connection.pipeline(), _settled(connection):
            cursors = [await send(connection, statement) for statement in statements]
        return [list(await cursor.fetchall()) for cursor in cursors]


async def send(connection: Connection, statement: Statement) -> Cursor:
    return await connection.execute(dialect(statement.query.sql), dict(statement.params))


def passes(error: psycopg.Error) -> bool:
    """A deadlock, a conflict, or a connection that was lost: never a limit that was reached, but
    for that of a transaction which this process left open while it was itself held up."""
    if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected | OverSlept):
        return True
    return _lost(error)


def _lost(error: psycopg.Error) -> bool:
    if isinstance(error, PoolTimeout | Silent):  # we have waited enough
        return False
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))
