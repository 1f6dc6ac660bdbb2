"""Migrations on SQLite: however many processes start at once, each runs once."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bashi.engines.migration_errors import named, refuse_another
from bashi.engines.sqlite.database import connect
from bashi.migrations import Migration, checksum

_TABLE = (
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    "name TEXT NOT NULL, applied_at BIGINT NOT NULL, checksum TEXT,"
    ' CONSTRAINT "schema_migration.name" PRIMARY KEY (name))'
)
_INSERT = "INSERT INTO schema_migration (name, applied_at, checksum) VALUES (?, ?, ?)"
_PIECE = re.compile(r"[^;]*;?")


def migrate(path: Path, migrations: Sequence[Migration], now: Callable[[], int]) -> list[str]:
    """Apply (name, SQL) in order, each in its own transaction. Returns the names applied.

    Raises MigrationFailed (SchemaDiffers before anything is done), and sqlite3.Error for a file
    that cannot be used.
    """
    _make_private(path.parent)
    with closing(connect(path)) as connection:
        connection.execute(_TABLE)
        refuse_another(_applied(connection), migrations)
        return [name for name, sql in migrations if _apply(connection, name, sql, now)]


def applied(path: Path) -> dict[str, str | None]:
    """Checksums by name; None for one of a time when none were kept."""
    with closing(connect(path)) as connection:
        return _applied(connection)


def _applied(connection: sqlite3.Connection) -> dict[str, str | None]:
    rows = [dict(row) for row in connection.execute("SELECT * FROM schema_migration")]
    return {row["name"]: row.get("checksum") for row in rows}


def write_nothing(path: Path) -> None:
    """Raises sqlite3.Error where we could not write."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


def _apply(connection: sqlite3.Connection, name: str, sql: str, now: Callable[[], int]) -> bool:
    """False where it is there: asked as the one who may write, so others have ended."""
    connection.execute("BEGIN IMMEDIATE")
    with connection, named(name, sqlite3.Error):  # commits, or rolls back
        sought = "SELECT name FROM schema_migration WHERE name = ?"
        if connection.execute(sought, (name,)).fetchone():
            return False
        for statement in _statements(sql):
            connection.execute(statement)
        connection.execute(_INSERT, (name, now(), checksum(sql)))
    return True


def _statements(sql: str) -> Iterator[str]:
    """`executescript` would commit first."""
    text = ""
    for piece in _PIECE.findall(sql):
        text += piece
        if sqlite3.complete_statement(text):
            yield text
            text = ""
    if text.strip():
        yield text


def _make_private(folder: Path) -> None:
    """A new folder, and an empty one of ours: nobody else reads names and addresses there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid == os.getuid() and not any(folder.iterdir()):
        folder.chmod(0o700)
