"""PostgreSQL as a Database: short reads together, long ones from a pool, and batches in one lane of
pipelined group commits.

A group of batches is sent without waiting for answers, behind an advisory lock that only one
process of the installation holds at a time. Where one of the group is refused, all of it is rolled
back and run again batch by batch, with savepoints (`docs/decisions/`: group commit).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from itertools import islice

import psycopg
import structlog

from bashi.core.batch import Indefinite, Refused, Result, Row, Statement, Unavailable
from bashi.core.portable import check
from bashi.engines.group_queue import Batch, Lane, Outcome
from bashi.engines.postgres.dialect import Connection, refusal
from bashi.engines.postgres.hangup import connected
from bashi.engines.postgres.pool import (
    HASTY,
    SHORT,
    Cursor,
    new_pool,
    read,
    send,
    settle_transaction,
)
from bashi.engines.postgres.reads import ShortReads
from bashi.engines.postgres.replica import Replica
from bashi.engines.postgres.retry import Locked, repeat

log = structlog.get_logger()

GROUP_MAX = 128  # batches to a commit
SILENT_SECONDS = 20  # for a group: a process that hangs with the lock has lost it by then
LANE_LOCK = 0x62617368  # "bash", for the advisory lock of this installation's writers


class PostgresDatabase:
    """Belongs to one event loop, in which it opens its connections when first asked."""

    def __init__(
        self, url: str, *, pool_size: int = 10, replica_url: str = "", lane: bool = True
    ) -> None:
        """`pool_size`: connections of this process for long reads; one more takes all short ones,
        and one writes.

        `replica_url`: a server that is a little behind, for statements marked `stale_ok`
        while it answers.

        `lane=False` lets batches run side by side, as the tests of races want them. What is counted
        over several rows then misses the batches of the same moment: a person's limit of held
        seats, not the seats of a ticket type.
        """
        self._readers = new_pool(url, pool_size)
        short = new_pool(url, 1, settings=SHORT | HASTY)
        self._short = ShortReads(short)
        self._writers = new_pool(url, 1 if lane else pool_size, settings=SHORT)
        self._replica = Replica(replica_url, pool_size) if replica_url else None
        self._pools = [self._readers, short, self._writers]
        if self._replica is not None:
            self._pools.append(self._replica.pool)
        self._locked = lane
        self._lane: Lane[Batch, list[Result]] = Lane(self._commit, GROUP_MAX)
        self._opening = asyncio.Lock()
        self._opened = False

    async def fetch(self, statement: Statement) -> list[Row]:
        check(statement)
        await self._open()
        if self._replica is not None and statement.query.stale_ok:
            rows = await self._replica.read(statement)
            if rows is not None:
                return rows
        if not statement.query.long:
            with suppress(Locked):  # it may wait for the table where it keeps nobody waiting
                return await self._short.fetch(statement)
        return await repeat(lambda: read(self._readers, statement))

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

    def figures(self) -> Mapping[str, int]:
        """Connections of all pools: `open`, `free`, and requests that wait for one."""
        stats = [pool.get_stats() for pool in self._pools]
        names = {"open": "pool_size", "free": "pool_available", "waited_for": "requests_waiting"}
        return {ours: sum(each.get(own, 0) for each in stats) for ours, own in names.items()}

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

    async def _commit(self, group: Sequence[Batch]) -> Sequence[Outcome]:
        try:
            return await repeat(lambda: self._transaction(group))
        except psycopg.errors.ReadOnlySqlTransaction as error:
            await self._reconnect()
            return [Unavailable(str(error))] * len(group)
        except Exception as error:  # noqa: BLE001 - the lane must answer everyone and live on
            return [error] * len(group)

    async def _reconnect(self) -> None:
        """After a failover our connections may lead to what is a replica now. Reads must leave it
        too: they would go on seeing the past."""
        log.warning("database_read_only")
        for pool in self._pools:
            await pool.drain()

    async def _transaction(self, group: Sequence[Batch]) -> Sequence[Outcome]:
        async with connected(self._writers, SILENT_SECONDS) as connection:
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
        await settle_transaction(connection)
        if self._locked:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (LANE_LOCK,))


async def _in_savepoint(connection: Connection, batch: Batch) -> Outcome:
    """Savepoints end with their transaction: releasing each would take a round trip more."""
    try:
        (outcome,) = await _pipelined(connection, _set_savepoint, [batch])
    except Refused as refused:
        await connection.execute("ROLLBACK TO SAVEPOINT batch")
        return refused
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
    error = await _send_all(connection, begin, statements, sent)
    if error is not None:
        for statement, cursor in zip(statements, sent, strict=False):
            if cursor.pgresult is not None:
                _guard(statement, cursor)
        raise refusal(error) or error
    answers = iter([await _read(*each) for each in zip(statements, sent, strict=True)])
    return [list(islice(answers, len(batch))) for batch in group]


async def _send_all(
    connection: Connection,
    begin: Callable[[Connection], Awaitable[None]],
    statements: Sequence[Statement],
    sent: list[Cursor],
) -> psycopg.IntegrityError | None:
    """What a constraint said. It is caught inside the pipeline, or the driver would warn of every
    one that it could not end in peace."""
    found: psycopg.IntegrityError | None = None
    try:
        async with connection.pipeline():
            try:
                await begin(connection)
                for statement in statements:
                    sent.append(await send(connection, statement))  # noqa: PERF401 - an error ends it
            except psycopg.IntegrityError as error:
                found = error
    except psycopg.IntegrityError as error:
        return found or error
    except psycopg.errors.PipelineAborted:
        if found is None:
            raise
    return found


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
