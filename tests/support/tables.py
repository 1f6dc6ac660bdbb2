"""The database of a running server, looked at and changed from outside."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg.rows import dict_row

Found = list[Any]
"""Rows by column name."""


class Tables(Protocol):
    """SQL with `?` for values."""

    def rows(self, sql: str, *values: Any) -> Found: ...
    def change(self, sql: str, *values: Any) -> None: ...
    def writes_wait(self) -> Any:
        """A context in which everybody may read, and nobody's write gets through."""
        ...


@dataclass(frozen=True)
class SqliteTables:
    path: Path

    def rows(self, sql: str, *values: Any) -> Found:
        with closing(self._connect()) as database:
            return [dict(row) for row in database.execute(sql, values)]

    def change(self, sql: str, *values: Any) -> None:
        with closing(self._connect()) as database, database:
            database.execute(sql, values)

    @contextmanager
    def writes_wait(self) -> Iterator[None]:
        with closing(self._connect()) as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                database.rollback()

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=30)
        database.row_factory = sqlite3.Row
        return database


@dataclass(frozen=True)
class PostgresTables:
    url: str

    def rows(self, sql: str, *values: Any) -> Found:
        with self._connect() as database:
            return database.execute(_marked(sql), values).fetchall()

    def change(self, sql: str, *values: Any) -> None:
        with self._connect() as database:
            database.execute(_marked(sql), values)

    @contextmanager
    def writes_wait(self) -> Iterator[None]:
        with self._connect() as database:
            found = database.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            )
            names = ", ".join(row["tablename"] for row in found)
            database.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE".encode())
            yield
            database.rollback()

    def _connect(self) -> psycopg.Connection[dict[str, Any]]:
        return psycopg.connect(self.url, row_factory=dict_row)


def _marked(sql: str) -> bytes:
    return sql.replace("%", "%%").replace("?", "%s").encode()
