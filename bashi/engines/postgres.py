"""PostgreSQL as a Database: reads from a pool, batches in one lane of pipelined group commits.

A group of batches is sent without waiting for answers, behind an advisory lock that only one
process of the installation holds at a time. Where one of the group is refused, all of it is rolled
back and run again batch by batch, with savepoints (`docs/decisions/`: group commit).
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import psycopg
from psycopg import errors
from psycopg.rows import DictRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from bashi.core.batch import Indefinite, Refused, Result, Row, Statement, Unavailable
from bashi.core.lint import check
from bashi.engines.lane import Batch, Lane, Outcome
from bashi.engines.postgres_dialect import Connection, dialect, prepare, refusal

GROUP_MAX = 128  # batches to a commit
LANE_LOCK = 0x62617368  # "bash", for the advisory lock of this installation's writers
STATEMENT_SECONDS = 20
IDLE_IN_TRANSACTION_SECONDS = 10  # a process that hangs in the lane must not stop the others
WAIT_SECONDS = 5.0  # for a connection of the pool
REPEATS = 6
PAUSE_SECONDS = 0.05  # doubled each time: 3 s in all

T = TypeVar("T")
Cursor = psycopg.AsyncCursor[DictRow]
Pool = AsyncConnectionPool[Connection]


class PostgresDatabase:
    """Belongs to one event loop, in which it opens its connections when first asked."""

    def __init__(
        self, url: str, *, pool_size: int = 10, replica_url: str = "", lane: bool = True
    ) -> None:
        """`pool_size`: connections of this process for reading; one more writes.

        `replica_url`: a server that is a little behind, for statements marked `stale_ok`.

        `lane=False` lets batches run side by side, as the tests of races want them. What is counted
        over several rows then misses the batches of the same moment: a person's limit of held
        seats, not the seats of a ticket type.
        """
        self._readers = _pool(url, pool_size)
        self._writers = _pool(url, 1 if lane else pool_size)
        self._replica = _pool(replica_url, pool_size) if replica_url else self._readers
        self._pools = {self._readers, self._writers, self._replica}
        self._locked = lane
        self._lane = Lane(self._commit, GROUP_MAX)
        self._opening = asyncio.Lock()
        self._opened = False

    async def fetch(self, statement: Statement) -> list[Row]:
        check(statement)
        await self._open()
        return await _repeat(lambda: self._fetch(statement))

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        for statement in statements:
            check(statement)
        await self._open()
        if self._locked:
            return await self._lane.submit(statements)
        (outcome,) = await self._commit([statements])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def close(self) -> None:
        """Batches that still wait are never answered."""
        if self._opened:
            for pool in self._pools:
                await pool.close()

    async def _open(self) -> None:
        if self._opened:
            return
        async with self._opening:
            if not self._opened:
                for pool in self._pools:
                    await pool.open()
                self._opened = True

    async def _fetch(self, statement: Statement) -> list[Row]:
        pool = self._replica if statement.query.stale_ok else self._readers
        async with pool.connection() as connection:
            cursor = await _send(connection, statement)
            rows: list[Row] = list(await cursor.fetchall())
            return rows

    async def _commit(self, group: Sequence[Batch]) -> Sequence[Outcome]:
        try:
            return await _repeat(lambda: self._transaction(group))
        except Exception as error:  # noqa: BLE001 - the lane must answer everyone and live on
            return [error] * len(group)

    async def _transaction(self, group: Sequence[Batch]) -> Sequence[Outcome]:
        async with self._writers.connection() as connection:
            outcomes: Sequence[Outcome]
            try:
                outcomes = await self._together(connection, group)
            except Refused as refused:
                await connection.rollback()
                if len(group) == 1:
                    return [refused]
                outcomes = await self._one_by_one(connection, group)
            await _end(connection)
            return outcomes

    async def _together(self, connection: Connection, group: Sequence[Batch]) -> list[list[Result]]:
        """Raises Refused for the first batch that is; the transaction is useless then."""
        return await _pipelined(connection, self._begin, group)

    async def _one_by_one(self, connection: Connection, group: Sequence[Batch]) -> list[Outcome]:
        await self._begin(connection)
        return [await _in_savepoint(connection, batch) for batch in group]

    async def _begin(self, connection: Connection) -> None:
        await connection.execute("BEGIN")
        if self._locked:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (LANE_LOCK,))


def _pool(url: str, size: int) -> Pool:
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
        timeout=WAIT_SECONDS,
        reconnect_timeout=WAIT_SECONDS,
    )


async def _configure(connection: Connection) -> None:
    await prepare(connection)
    await connection.execute(
        "SELECT set_config('statement_timeout', %s, false),"
        " set_config('idle_in_transaction_session_timeout', %s, false)",
        (f"{STATEMENT_SECONDS}s", f"{IDLE_IN_TRANSACTION_SECONDS}s"),
    )


async def _in_savepoint(connection: Connection, batch: Batch) -> Outcome:
    outcome: Outcome
    try:
        (outcome,) = await _pipelined(connection, _set_savepoint, [batch])
    except Refused as refused:
        outcome = refused
        await connection.execute("ROLLBACK TO SAVEPOINT batch")
    await connection.execute("RELEASE SAVEPOINT batch")
    return outcome


async def _set_savepoint(connection: Connection) -> None:
    await connection.execute("SAVEPOINT batch")


async def _pipelined(
    connection: Connection,
    begin: Callable[[Connection], Awaitable[None]],
    group: Sequence[Batch],
) -> list[list[Result]]:
    """All statements without waiting for answers. Raises Refused, as if each had been waited for:
    a guard that was not met comes before what it should have prevented."""
    statements = [statement for batch in group for statement in batch]
    sent: list[Cursor] = []
    try:
        async with connection.pipeline():
            await begin(connection)
            for statement in statements:
                sent.append(await _send(connection, statement))  # noqa: PERF401 - an error ends it
    except psycopg.IntegrityError as error:
        for statement, cursor in zip(statements, sent, strict=False):
            if cursor.pgresult is not None:
                _guard(statement, cursor)
        raise refusal(error) or error from error
    answers = iter([await _read(*each) for each in zip(statements, sent, strict=True)])
    return [list(islice(answers, len(batch))) for batch in group]


async def _send(connection: Connection, statement: Statement) -> Cursor:
    return await connection.execute(dialect(statement.query.sql), dict(statement.params))


async def _read(statement: Statement, cursor: Cursor) -> Result:
    changed = _guard(statement, cursor)
    return Result(await cursor.fetchall() if cursor.description else (), changed)


def _guard(statement: Statement, cursor: Cursor) -> int:
    """The number of rows changed. Raises Refused for another one than was expected."""
    read = (cursor.statusmessage or "").startswith("SELECT")
    changed = 0 if read else max(cursor.rowcount, 0)
    if statement.expect_rows is not None and statement.expect_rows != changed:
        assert statement.refused is not None
        raise Refused(statement.refused)
    return changed


async def _end(connection: Connection) -> None:
    try:
        await connection.commit()
    except psycopg.OperationalError as error:
        if connection.closed:
            raise Indefinite(str(error)) from error
        raise


async def _repeat(work: Callable[[], Awaitable[T]]) -> T:
    """Again what wrote nothing: after a deadlock, and while the server restarts."""
    pauses = _pauses()
    while True:
        try:
            return await work()
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            pause = next(pauses, None) if _passes(error) else None
            if pause is None:
                raise Unavailable(str(error)) from error
        await asyncio.sleep(pause)


def _pauses() -> Iterator[float]:
    for number in range(REPEATS):
        yield PAUSE_SECONDS * 2**number * random.uniform(0.5, 1)  # noqa: S311 - spreads, hides nothing


def _passes(error: psycopg.Error) -> bool:
    """A deadlock, a conflict, or a connection that was lost: never a limit that was reached."""
    if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected):
        return True
    if isinstance(error, PoolTimeout):  # it has waited enough
        return False
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))
