"""Migrations on PostgreSQL: however many processes start at once, each runs once."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg.rows import dict_row

from bashi.engines.migration_errors import named, refuse_another
from bashi.engines.postgres.dialect import schema
from bashi.migrations import Migration, checksum

MIGRATING = 0x62617369  # the advisory lock of whoever migrates
LOCK_SECONDS = 5  # for a table: readers and writers queue behind us meanwhile
PAUSE_SECONDS = 0.1

_INSERT = "INSERT INTO schema_migration (name, applied_at, checksum) VALUES (%s, %s, %s)"

Connection = psycopg.Connection[dict[str, str]]


def migrate(url: str, migrations: Sequence[Migration], now: Callable[[], int]) -> list[str]:
    """Apply (name, SQL) in order, each in its own transaction. Returns the names applied.

    Raises MigrationFailed (SchemaDiffers before anything is done), and psycopg.Error for a server
    that cannot be used.
    """
    with _alone(url), connect(url) as connection:
        connection.execute(
            schema(
                "CREATE TABLE IF NOT EXISTS schema_migration ("
                "name TEXT NOT NULL, applied_at BIGINT NOT NULL, checksum TEXT,"
                ' CONSTRAINT "schema_migration.name" PRIMARY KEY (name))'
            ).encode()
        )
        done = applied(connection)
        refuse_another(done, migrations)
        missing = [(name, sql) for name, sql in migrations if name not in done]
        for name, sql in missing:
            _apply(connection, name, sql, now())
    return [name for name, _ in missing]


def connect(url: str) -> Connection:
    return psycopg.connect(
        url,
        autocommit=True,
        row_factory=dict_row,
        connect_timeout=5,
        application_name="bashi",
        prepare_threshold=None,
    )


def is_unused(url: str) -> bool:
    """No process of ours is connected to this database."""
    others = (
        "SELECT COUNT(*) AS others FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'bashi' AND pid <> pg_backend_pid()"
    )
    with connect(url) as connection:
        row = connection.execute(others).fetchone()
        return row is not None and int(row["others"]) == 0


def write_nothing(url: str) -> None:
    """Raises psycopg.Error where we could not write: no rights, or a replica."""
    with connect(url) as connection, connection.transaction(force_rollback=True):
        connection.execute("CREATE TABLE bashi_doctor (id BIGINT)")


def applied(connection: Connection) -> dict[str, str | None]:
    """Checksums by name; None for one of a time when none were kept."""
    rows = connection.execute("SELECT * FROM schema_migration")
    return {row["name"]: row.get("checksum") for row in rows}


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """While no other process migrates. A transaction of its own holds the lock: a pooler gives no
    session for it. It holds up no index that is built CONCURRENTLY, as whoever waited inside a
    statement would."""
    with connect(url) as connection:
        while True:
            connection.execute("BEGIN")
            connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            asked = connection.execute(f"SELECT pg_try_advisory_xact_lock({MIGRATING}) AS mine")
            row = asked.fetchone()
            if row is not None and row["mine"]:
                break
            connection.execute("ROLLBACK")
            time.sleep(PAUSE_SECONDS)
        yield


def _apply(connection: Connection, name: str, sql: str, now: int) -> None:
    """What says CONCURRENTLY runs outside a transaction, statement by statement. Where it fails it
    leaves an invalid index, and begins anew next time: such a file drops its index first."""
    apart = "CONCURRENTLY" in sql
    with named(name, psycopg.Error):
        for statement in sql.split(";\n") if apart else ():
            connection.execute(schema(statement).encode())
        with connection.transaction():
            connection.execute(
                f"SET LOCAL lock_timeout = '{0 if apart else LOCK_SECONDS}s'".encode()
            )
            if not apart:
                connection.execute(schema(sql).encode())
            connection.execute(_INSERT, (name, now, checksum(sql)))
