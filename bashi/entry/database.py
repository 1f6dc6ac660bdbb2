"""Open and migrate the database that the settings name: PostgreSQL by its URL, else SQLite."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import urlsplit

from bashi.core.ports import Clock, Database
from bashi.engines.migration_errors import MigrationFailed
from bashi.engines.sqlite import schema as sqlite_schema
from bashi.engines.sqlite.database import SqliteDatabase
from bashi.engines.system import SystemClock
from bashi.entry.settings import Settings
from bashi.migrations import load

_DAMAGED = "The file is damaged: put the backup in its place, and keep this one to look at."
_HINTS = {
    sqlite3.SQLITE_BUSY: "Another program writes to it: wait for that, or end it.",
    sqlite3.SQLITE_FULL: "Make room on its disk.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


class OpenDatabase(Database, Protocol):
    async def close(self) -> None: ...
    def figures(self) -> Mapping[str, int]:
        """Of its connections; empty where there is no pool of them."""
        ...


class NoDatabase(Exception):
    """The database does not answer, refuses us, or could not be brought up to date. The words say
    which one, and why."""


def open_database(settings: Settings) -> OpenDatabase:
    url = settings.database.url.get_secret_value()
    if not url:
        return SqliteDatabase(settings.server.database_path)
    from bashi.engines.postgres.database import PostgresDatabase  # noqa: PLC0415 - only where it is used

    replica = settings.database.replica_url.get_secret_value()
    return PostgresDatabase(url, pool_size=settings.database.pool, replica_url=replica)


def migrate(settings: Settings, clock: Clock | None = None) -> list[str]:
    """Names of the migrations applied now. Raises NoDatabase."""
    now = (clock or SystemClock()).now
    url = settings.database.url.get_secret_value()
    with _explained(settings):
        if not url:
            return sqlite_schema.migrate(settings.server.database_path, load(), now)
        from bashi.engines.postgres import schema as postgres_schema  # noqa: PLC0415

        return postgres_schema.migrate(url, load("postgres"), now)


def write_nothing(settings: Settings) -> None:
    """Shows that we could write. Raises NoDatabase."""
    url = settings.database.url.get_secret_value()
    with _explained(settings):
        if url:
            from bashi.engines.postgres import schema as postgres_schema  # noqa: PLC0415

            postgres_schema.write_nothing(url)
            return
        sqlite_schema.write_nothing(settings.server.database_path)


def applied(settings: Settings) -> dict[str, str | None]:
    """Checksums, by name, of the migrations that the database has. Raises NoDatabase."""
    url = settings.database.url.get_secret_value()
    with _explained(settings):
        if url:
            from bashi.engines.postgres import schema as postgres_schema  # noqa: PLC0415

            with postgres_schema.connect(url) as opened:
                return postgres_schema.applied(opened)
        return sqlite_schema.applied(settings.server.database_path)


def place(settings: Settings) -> str:
    """Where the database is, without its password."""
    url = settings.database.url.get_secret_value()
    return without_password(url) if url else str(settings.server.database_path)


def without_password(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


@contextmanager
def _explained(settings: Settings) -> Iterator[None]:
    if not settings.database.url.get_secret_value():
        hint = "Make the folder, and let this user write to it."
        errors: tuple[type[Exception], ...] = (sqlite3.Error, OSError)
    else:
        import psycopg  # noqa: PLC0415

        hint = "Check BASHI_DATABASE_URL, and that the server runs and knows this user."
        errors = (psycopg.Error,)
    try:
        yield
    except MigrationFailed as error:
        words = [str(error).strip(), _hint(error.__cause__, "")]
        raise NoDatabase(f"{place(settings)}: {' '.join(words).strip()}") from error
    except errors as error:
        words = [f"{str(error).strip()}.", _hint(error, hint)]
        raise NoDatabase(f"{place(settings)}: {' '.join(words)}") from error


def _hint(error: BaseException | None, otherwise: str) -> str:
    return _HINTS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, otherwise)
