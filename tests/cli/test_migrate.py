"""Several processes that start at once on one empty database: its schema is made once."""

import sqlite3
import subprocess
import time
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bashi.entry.demo.events import EVENTS
from tests.support.fleet import Fleet
from tests.support.market import SECRETS
from tests.support.next_version import NEXT, next_version
from tests.support.postgres import Postgres
from tests.support.server import Server, free_port, running
from tests.support.tables import PostgresTables, SqliteTables, Tables

pytestmark = pytest.mark.slow
PROCESSES = 4
STARTING_SECONDS = 2
FIRST = "0001_start.sql"
SHIPPED = sorted(
    file.name
    for file in files("bashi.migrations").iterdir()
    if file.name.endswith(".sql") and not file.name.endswith(".postgres.sql")
)
NONE_YET = (
    "CREATE TABLE schema_migration (name TEXT NOT NULL, applied_at BIGINT NOT NULL, checksum TEXT,"
    ' CONSTRAINT "schema_migration.name" PRIMARY KEY (name))'
)


@pytest.fixture(params=["sqlite", "postgres"])
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Server:
    """Not started, on a database in which nothing is yet."""
    own = {}
    if request.param == "postgres":
        own["BASHI_DATABASE_URL"] = request.getfixturevalue("postgres").database()
    return Server(tmp_path, free_port(), own)


def start(server: Server) -> list[subprocess.Popen[str]]:
    return [server.begin("migrate") for _ in range(PROCESSES)]


def expect_one_made_it(started: list[subprocess.Popen[str]], name: str = FIRST) -> None:
    said = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0] * PROCESSES, said
    assert sorted(name in words for words in said) == [False] * (PROCESSES - 1) + [True]


def test_one_of_many_makes_the_schema(server: Server) -> None:
    """And every other one waits for it, instead of failing."""
    expect_one_made_it(start(server))


def test_one_of_many_that_looked_at_the_same_moment(tmp_path: Path) -> None:
    """All of them may read before any of them may write."""
    path = tmp_path / "bashi.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute(NONE_YET)
    with SqliteTables(path).writes_wait():
        started = start(Server(tmp_path, free_port()))
        time.sleep(STARTING_SECONDS)
    expect_one_made_it(started)


def test_many_servers_start_on_an_empty_database(tmp_path: Path, postgres: Postgres) -> None:
    """Each in its own folder, as on machines of their own; demo data comes once, too."""
    url = postgres.database()
    fleet = Fleet(tmp_path, free_port(), SECRETS | {"BASHI_DATABASE_URL": url}, size=PROCESSES)
    with running(fleet):
        assert all(member.running for member in fleet.members)
    tables = PostgresTables(url)
    assert numbers(tables, "schema_migration", "person", "event") == [len(SHIPPED), 3, len(EVENTS)]


BROKEN = "CREATE TABLE half (id TEXT NOT NULL); CREATE TABLE half (id TEXT NOT NULL);"
INDEX = "CREATE INDEX person_of_next ON person (name);"
BUILT_APART = (
    "DROP INDEX CONCURRENTLY IF EXISTS person_of_next;\n"
    "CREATE INDEX CONCURRENTLY person_of_next ON person (name);\n"
)


def test_a_migration_that_fails_leaves_the_version_before(server: Server, tmp_path: Path) -> None:
    server.command("migrate")
    server.environment |= next_version(tmp_path / "next", BROKEN)
    process = server.begin("migrate")
    said = process.communicate()[0]
    assert process.returncode == 2, said
    assert f"migration {NEXT} failed: " in said
    assert "Traceback" not in said
    tables = tables_of(server)
    made = tables.rows("SELECT name FROM schema_migration ORDER BY name")
    assert [row["name"] for row in made] == SHIPPED
    fixed = next_version(tmp_path / "fixed", BROKEN.partition(";")[0])
    with running(Server(server.folder, server.port, server.environment | fixed)):
        assert numbers(tables, "schema_migration", "half") == [len(SHIPPED) + 1, 0]


def test_an_index_is_built_apart(tmp_path: Path, postgres: Postgres) -> None:
    """And again where the first try was cut off, which leaves one that is not used."""
    url = postgres.database()
    server = Server(tmp_path, free_port(), {"BASHI_DATABASE_URL": url})
    server.command("migrate")
    tables = PostgresTables(url)
    tables.change(INDEX)
    tables.change(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = ?::regclass", "person_of_next"
    )
    server.environment |= next_version(tmp_path / "next", INDEX, postgres=BUILT_APART)
    expect_one_made_it(start(server), NEXT)
    valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = ?::regclass"
    assert tables.rows(valid, "person_of_next") == [{"indisvalid": True}]


def test_a_database_of_another_first_version_is_refused_by_name(
    server: Server, tmp_path: Path
) -> None:
    """By migrate, doctor and serve, whatever else it may have in common."""
    own = next_version(tmp_path / "before", "SELECT 1;")
    file = tmp_path / "before" / "bashi" / "migrations" / FIRST
    file.write_text(file.read_text() + "CREATE TABLE of_before (id TEXT NOT NULL);")
    Server(server.folder, server.port, server.environment | own).command("migrate")
    for words in (("migrate",), ("doctor",), ("serve",)):
        process = server.begin(*words)
        said = " ".join(process.communicate()[0].split())
        assert process.returncode != 0, said
        assert FIRST in said
        assert "not what the" in said
        assert "Traceback" not in said


def test_a_database_from_before_checksums_is_refused_too(server: Server) -> None:
    server.command("migrate")
    tables_of(server).change("ALTER TABLE schema_migration DROP COLUMN checksum")
    process = server.begin("migrate")
    assert FIRST in process.communicate()[0]
    assert process.returncode == 2


@pytest.mark.parametrize(("more", "code"), [(1, 0), (2, 2)])
def test_one_migration_more_is_worked_with_two_are_not(
    server: Server, more: int, code: int, tmp_path: Path
) -> None:
    newer = next_version(tmp_path / "next", "CREATE TABLE next_one (id TEXT NOT NULL);")
    if more == 2:
        again = tmp_path / "next" / "bashi" / "migrations" / "9998_one.sql"
        again.write_text("CREATE TABLE next_two (id TEXT NOT NULL);")
    Server(server.folder, server.port, server.environment | newer).command("migrate")
    process = server.begin("migrate")
    said = " ".join(process.communicate()[0].split())
    assert process.returncode == code, said
    assert ("2 migrations newer" in said) is (more == 2)


def tables_of(server: Server) -> Tables:
    url = server.environment.get("BASHI_DATABASE_URL")
    return PostgresTables(url) if url else SqliteTables(server.folder / "bashi.sqlite")


def numbers(tables: Tables, *names: str) -> list[Any]:
    return [tables.rows(f"SELECT COUNT(*) AS number FROM {name}")[0]["number"] for name in names]
