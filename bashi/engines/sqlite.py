"""SQLite as a Database: point reads on the event loop, batches gathered by one writer thread.

The writer takes whatever waits, runs each batch in a savepoint of one transaction, commits once,
and only then answers all of them (`docs/decisions/`: group commit). WAL lets readers go on.
"""

import asyncio
import json
import re
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue

from bashi.core.batch import Indefinite, Refused, Result, Row, Statement, Unavailable
from bashi.core.lint import check

GROUP_MAX = 128
LONG_READERS = 2
_LIST = re.compile(r"IN :(\w+)\[\]")
_REFUSAL = re.compile(r"(?:UNIQUE|CHECK) constraint failed: (.+)")

_Outcome = list[Result] | BaseException


class _Waiting:
    __slots__ = ("future", "loop", "statements")

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[list[Result]] = self.loop.create_future()


class SqliteDatabase:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader = connect(path, read_only=True)
        self._long = ThreadPoolExecutor(LONG_READERS, thread_name_prefix="sqlite-long")
        self._per_thread = threading.local()
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="sqlite-writer", daemon=True)
        self._writer.start()

    async def fetch(self, statement: Statement) -> list[Row]:
        check(statement)
        if statement.query.long:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._long, self._fetch_long, statement)
        return _fetch(self._reader, statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        for statement in statements:
            check(statement)
        waiting = _Waiting(statements)
        self._queue.put(waiting)
        return await waiting.future

    def close(self) -> None:
        """Finish what waits, then close. Batches handed in later are never answered."""
        self._queue.put(None)
        self._writer.join()
        self._long.shutdown()
        self._reader.close()

    def _fetch_long(self, statement: Statement) -> list[Row]:
        connection = getattr(self._per_thread, "connection", None)
        if connection is None:
            connection = self._per_thread.connection = connect(self._path, read_only=True)
        return _fetch(connection, statement)

    def _write(self) -> None:
        connection = connect(self._path)
        open_for_more = True
        while open_for_more:
            first = self._queue.get()
            if first is None:
                break
            group = [first]
            while len(group) < GROUP_MAX:
                try:
                    waiting = self._queue.get_nowait()
                except Empty:
                    break
                if waiting is None:
                    open_for_more = False
                    break
                group.append(waiting)
            _answer(group, _commit_group(connection, group))
        connection.close()


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=10
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -32000")
    if read_only:
        connection.execute("PRAGMA query_only = 1")
    return connection


def _fetch(connection: sqlite3.Connection, statement: Statement) -> list[Row]:
    try:
        return _execute(connection, statement).fetchall()
    except sqlite3.OperationalError as error:
        raise _translate(error) from error


def _commit_group(connection: sqlite3.Connection, group: Sequence[_Waiting]) -> Sequence[_Outcome]:
    """One transaction for the group. A refused batch leaves its neighbours alone; any other error
    undoes all of them, since what the connection still holds is then unknown."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = [_run_batch(connection, waiting.statements) for waiting in group]
    except Exception as error:  # noqa: BLE001 - the writer must answer everyone and live on
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        failure = _translate(error)
        return [failure] * len(group)
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return [Indefinite(str(error))] * len(group)
    return outcomes


def _run_batch(connection: sqlite3.Connection, statements: Sequence[Statement]) -> _Outcome:
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
    """Busy, full or failing storage is worth another try; anything else is a mistake of ours."""
    if isinstance(error, sqlite3.OperationalError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
        ):
            return Unavailable(str(error))
    return error


def _answer(group: Sequence[_Waiting], outcomes: Sequence[_Outcome]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Waiting, _Outcome]]] = {}
    for waiting, outcome in zip(group, outcomes, strict=True):
        by_loop.setdefault(waiting.loop, []).append((waiting, outcome))
    for loop, answers in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, answers)


def _resolve(answers: Sequence[tuple[_Waiting, _Outcome]]) -> None:
    for waiting, outcome in answers:
        if waiting.future.done():
            continue
        if isinstance(outcome, BaseException):
            waiting.future.set_exception(outcome)
        else:
            waiting.future.set_result(outcome)


def migrate(path: Path, migrations: Sequence[tuple[str, str]], now: Callable[[], int]) -> list[str]:
    """Apply (name, SQL) in order, each in its own transaction. Returns the names applied."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(path)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migration ("
        'name TEXT NOT NULL, applied_at BIGINT NOT NULL, CONSTRAINT "schema_migration.name"'
        " PRIMARY KEY (name))"
    )
    done = {row["name"] for row in connection.execute("SELECT name FROM schema_migration")}
    applied = [name for name, _ in migrations if name not in done]
    for name, sql in migrations:
        if name in done:
            continue
        connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\n;")
        connection.execute("INSERT INTO schema_migration VALUES (?, ?)", (name, now()))
        connection.execute("COMMIT")
    connection.close()
    return applied
