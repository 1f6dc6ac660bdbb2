"""Source and target of `bashi move`, on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import IsolationLevel
from psycopg.sql import SQL, Identifier

from bashi.engines.postgres import schema as postgres_schema
from bashi.engines.sqlite import database as sqlite
from bashi.engines.sqlite import schema as sqlite_schema
from bashi.migrations import load

Rows = list[tuple[Any, ...]]

LEDGER = "SELECT account, SUM(amount_cents) FROM ledger GROUP BY account"
UNBALANCED = (
    "SELECT COUNT(*) FROM"
    " (SELECT movement FROM ledger GROUP BY movement HAVING SUM(amount_cents) <> 0) AS wrong"
)
OTHERS = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'bashi' AND pid <> pg_backend_pid()"
)
KEPT = "schema_migration"  # each side has its own


class NotMoved(Exception):
    """Nothing was changed on either side but the target's empty tables; the words say why."""


class Side(Protocol):
    def opened(self) -> AbstractContextManager[None]: ...
    def frozen(self) -> AbstractContextManager[None]:
        """Nobody else may write. Raises NotMoved while somebody uses the database."""
        ...

    def filling(self) -> AbstractContextManager[None]:
        """One transaction, rolled back on any error."""
        ...

    def migrate(self, now: Callable[[], int]) -> None: ...
    def query(self, sql: str) -> Rows: ...
    def tables(self) -> list[str]: ...
    def columns(self, table: str) -> list[str]: ...
    def read(self, table: str, columns: Sequence[str], size: int) -> Iterator[Rows]: ...
    def write(self, table: str, columns: Sequence[str], rows: Rows) -> None: ...


@dataclass
class SqliteSide:
    path: Path
    _connection: sqlite3.Connection | None = field(default=None, compare=False)

    @contextmanager
    def opened(self) -> Iterator[None]:
        if not self.path.exists():
            raise NotMoved(f"{self.path} is not there.")
        self._connection = sqlite.connect(self.path)
        self._connection.row_factory = None
        try:
            yield
        finally:
            self._connection.close()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Only who is alone may leave the write-ahead log."""
        self._sql.execute("PRAGMA busy_timeout = 0")
        try:
            self._sql.execute("PRAGMA journal_mode = DELETE")
            self._sql.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise NotMoved(f"{self.path} is in use: stop `bashi serve` first.") from error
        try:
            yield
        finally:
            self._sql.execute("ROLLBACK")
            self._sql.execute("PRAGMA journal_mode = WAL")

    @contextmanager
    def filling(self) -> Iterator[None]:
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sql.execute("ROLLBACK")
            raise
        self._sql.execute("COMMIT")

    def migrate(self, now: Callable[[], int]) -> None:
        sqlite_schema.migrate(self.path, load(), now)

    def query(self, sql: str) -> Rows:
        return self._sql.execute(sql).fetchall()

    def tables(self) -> list[str]:
        rows = self.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        return sorted(name for (name,) in rows if name != KEPT and not name.startswith("sqlite_"))

    def columns(self, table: str) -> list[str]:
        return [name for (name,) in self.query(f"SELECT name FROM pragma_table_info('{table}')")]  # noqa: S608

    def read(self, table: str, columns: Sequence[str], size: int) -> Iterator[Rows]:
        cursor = self._sql.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608
        while rows := cursor.fetchmany(size):
            yield rows

    def write(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        marks = ", ".join("?" * len(columns))
        self._sql.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
            rows,
        )

    @property
    def _sql(self) -> sqlite3.Connection:
        assert self._connection is not None
        return self._connection


@dataclass
class PostgresSide:
    url: str
    _connection: psycopg.Connection[tuple[Any, ...]] | None = field(default=None, compare=False)

    @contextmanager
    def opened(self) -> Iterator[None]:
        with psycopg.connect(
            self.url, autocommit=True, connect_timeout=5, prepare_threshold=None
        ) as connection:
            self._connection = connection
            yield

    @contextmanager
    def frozen(self) -> Iterator[None]:
        if self.query(OTHERS) != [(0,)]:
            raise NotMoved("The database is in use: stop every `bashi serve` first.")
        self._sql.isolation_level = IsolationLevel.REPEATABLE_READ
        with self._sql.transaction():
            self._sql.execute(f"LOCK TABLE {', '.join(self.tables())} IN EXCLUSIVE MODE".encode())
            yield

    @contextmanager
    def filling(self) -> Iterator[None]:
        with self._sql.transaction():
            yield

    def migrate(self, now: Callable[[], int]) -> None:
        postgres_schema.migrate(self.url, load("postgres"), now)

    def query(self, sql: str) -> Rows:
        return self._sql.execute(sql.encode()).fetchall()

    def tables(self) -> list[str]:
        rows = self.query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return sorted(name for (name,) in rows if name != KEPT)

    def columns(self, table: str) -> list[str]:
        found = self._sql.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s",
            (table,),
        )
        return [name for (name,) in found]

    def read(self, table: str, columns: Sequence[str], size: int) -> Iterator[Rows]:
        with self._sql.cursor(name="move") as cursor:
            cursor.execute(SQL("SELECT {} FROM {}").format(_names(columns), Identifier(table)))
            while rows := cursor.fetchmany(size):
                yield rows

    def write(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        sql = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), _names(columns))
        with self._sql.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)

    @property
    def _sql(self) -> psycopg.Connection[tuple[Any, ...]]:
        assert self._connection is not None
        return self._connection


def _names(columns: Sequence[str]) -> Any:
    return SQL(", ").join(map(Identifier, columns))
