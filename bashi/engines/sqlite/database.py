"""SQLite as a Database: point reads and short batches on the event loop, commits in a thread.

The lane takes whatever batches wait, runs each in a savepoint of one transaction, commits once, and
only then answers all of them (`docs/decisions/`: group commit). WAL lets readers go on. A statement
takes microseconds: a writer thread spent several times that on handing over the interpreter.
"""

import asyncio
import json
import re
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bashi.core.batch import Indefinite, Refused, Result, Row, Statement, Unavailable
from bashi.core.portable import check
from bashi.engines.group_queue import Batch, Lane, Outcome

GROUP_MAX = 32  # batches to a commit; the event loop waits for them, about 2 ms
LONG_READERS = 2
BUSY_SECONDS = 10.0
BUSY_PAUSE_SECONDS = 0.005
_PASSING = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,  # no file descriptor was left
        sqlite3.SQLITE_READONLY,  # as a failing disk is remounted
    )
)
_LIST = re.compile(r"IN :(\w+)\[\]")
_REFUSAL = re.compile(r"(?:UNIQUE|CHECK) constraint failed: (.+)")

T = TypeVar("T")


class SqliteDatabase:
    """Belongs to one event loop."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader = connect(path, read_only=True)
        self._writer = _connect_writer(path)
        self._long = ThreadPoolExecutor(LONG_READERS, thread_name_prefix="sqlite-long")
        self._commits = ThreadPoolExecutor(1, thread_name_prefix="sqlite-commit")
        self._per_thread = threading.local()
        self._lane: Lane[Batch, list[Result]] = Lane(self._commit, GROUP_MAX)

    async def fetch(self, statement: Statement) -> list[Row]:
        check(statement)
        if statement.query.long:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._long, self._fetch_long, statement)
        return _fetch(self._reader, statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        for statement in statements:
            check(statement)
        return await self._lane.submit(statements)

    def figures(self) -> Mapping[str, int]:
        return {}

    async def close(self) -> None:
        """What is being committed is finished. Batches that still wait are never answered."""
        self._commits.shutdown()
        self._long.shutdown()
        self._writer.close()
        self._reader.close()

    def _fetch_long(self, statement: Statement) -> list[Row]:
        return _fetch(self._own_connection(), statement)

    def _own_connection(self) -> sqlite3.Connection:
        """Of this thread. Raises Unavailable."""
        connection: sqlite3.Connection | None = getattr(self._per_thread, "connection", None)
        if connection is None:
            try:
                connection = self._per_thread.connection = connect(self._path, read_only=True)
            except sqlite3.OperationalError as error:
                raise _translate(error) from error
        return connection

    async def _commit(self, group: Sequence[Batch]) -> Sequence[Outcome]:
        """One transaction for the group. A refused batch leaves its neighbors alone; any other
        error undoes all of them, since what the connection still holds is then unknown."""
        try:
            await self._begin()
            outcomes = await self._run(group)
        except Exception as error:  # noqa: BLE001 - the lane must answer everyone and live on
            self._roll_back()
            return [_translate(error)] * len(group)
        try:
            await self._in_thread(self._writer.execute, "COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            return [Indefinite(str(error))] * len(group)
        return outcomes

    async def _begin(self) -> None:
        """Another process may be writing (a backup, the command line); requests go on meanwhile."""
        if self._writer.in_transaction:  # rolling back failed; closing it undoes what it holds
            fresh = _connect_writer(self._path)
            self._writer.close()
            self._writer = fresh
        ends = asyncio.get_running_loop().time() + BUSY_SECONDS
        while True:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                if asyncio.get_running_loop().time() > ends:
                    raise
                await asyncio.sleep(BUSY_PAUSE_SECONDS)
            else:
                return

    async def _run(self, group: Sequence[Batch]) -> list[Outcome]:
        if any(statement.query.long for batch in group for statement in batch):
            return await self._in_thread(_run_group, self._writer, group)
        return _run_group(self._writer, group)

    def _roll_back(self) -> None:
        """Where a failing disk forbids even this, `_begin` takes another connection."""
        with suppress(sqlite3.Error):
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._commits, work, *args)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
        timeout=BUSY_SECONDS,
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -4000")  # KiB, each connection
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages: hot ones are written once
    if read_only:
        connection.execute("PRAGMA query_only = 1")
    return connection


def _connect_writer(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    connection.execute("PRAGMA busy_timeout = 0")  # `_begin` waits without blocking the loop
    # What a savepoint would undo is kept in memory, not in a file: 47 writes fewer for a hold.
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _fetch(connection: sqlite3.Connection, statement: Statement) -> list[Row]:
    try:
        return _execute(connection, statement).fetchall()
    except sqlite3.OperationalError as error:
        raise _translate(error) from error


def _run_group(connection: sqlite3.Connection, group: Sequence[Batch]) -> list[Outcome]:
    return [_run_batch(connection, batch) for batch in group]


def _run_batch(connection: sqlite3.Connection, statements: Batch) -> Outcome:
    connection.execute("SAVEPOINT batch")
    try:
        results = [_run(connection, statement) for statement in statements]
    except Refused as refused:
        connection.execute("ROLLBACK TO batch")
        connection.execute("RELEASE batch")
        return refused
    connection.execute("RELEASE batch")
    return results


def _run(connection: sqlite3.Connection, statement: Statement) -> Result:
    try:
        cursor = _execute(connection, statement)
        rows = cursor.fetchall() if cursor.description else ()
    except sqlite3.IntegrityError as error:
        named = _REFUSAL.match(str(error))
        if named is None:
            raise
        raise Refused(named[1]) from error
    changed = max(cursor.rowcount, 0)
    if statement.expect_rows is not None and statement.expect_rows != changed:
        assert statement.refused is not None
        raise Refused(statement.refused)
    return Result(rows, changed)


def _execute(connection: sqlite3.Connection, statement: Statement) -> sqlite3.Cursor:
    sql, lists = dialect(statement.query.sql)
    params = statement.params
    if lists:
        params = {**params, **{name: json.dumps(params[name]) for name in lists}}
    return connection.execute(sql, params)


@lru_cache(maxsize=1024)
def dialect(sql: str) -> tuple[str, tuple[str, ...]]:
    """The same SQL with list markers spelled for SQLite, and the names of the lists."""
    lists = tuple(_LIST.findall(sql))
    return _LIST.sub(r"IN (SELECT value FROM json_each(:\1))", sql), lists


def _translate(error: Exception) -> Exception:
    """What an operator mends is worth another try; anything else is a mistake of ours."""
    if isinstance(error, sqlite3.OperationalError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _PASSING:
            return Unavailable(str(error))
    return error
