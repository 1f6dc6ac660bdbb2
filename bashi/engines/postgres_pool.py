"""Connections to a PostgreSQL, one read through them, and which errors pass by themselves."""

import psycopg
from psycopg import errors
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from bashi.core.batch import Row, Statement
from bashi.engines.postgres_dialect import Connection, dialect, prepare

STATEMENT_SECONDS = 20
IDLE_IN_TRANSACTION_SECONDS = 10  # a process that hangs in the lane must not stop the others
WAIT_SECONDS = 5.0  # for a connection of the pool

Cursor = psycopg.AsyncCursor[DictRow]
Pool = AsyncConnectionPool[Connection]


def new_pool(url: str, size: int, wait_seconds: float = WAIT_SECONDS) -> Pool:
    return AsyncConnectionPool(
        url,
        kwargs={
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "application_name": "bashi",
        },
        min_size=1,
        max_size=size,
        open=False,
        configure=_configure,
        timeout=wait_seconds,
        reconnect_timeout=WAIT_SECONDS,
    )


async def _configure(connection: Connection) -> None:
    await prepare(connection)
    await connection.execute(
        "SELECT set_config('statement_timeout', %s, false),"
        " set_config('idle_in_transaction_session_timeout', %s, false)",
        (f"{STATEMENT_SECONDS}s", f"{IDLE_IN_TRANSACTION_SECONDS}s"),
    )


async def read(pool: Pool, statement: Statement) -> list[Row]:
    async with pool.connection() as connection:
        cursor = await send(connection, statement)
        rows: list[Row] = list(await cursor.fetchall())
        return rows


async def send(connection: Connection, statement: Statement) -> Cursor:
    return await connection.execute(dialect(statement.query.sql), dict(statement.params))


def passes(error: psycopg.Error) -> bool:
    """A deadlock, a conflict, or a connection that was lost: never a limit that was reached."""
    if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected):
        return True
    if isinstance(error, PoolTimeout):  # it has waited enough
        return False
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))
