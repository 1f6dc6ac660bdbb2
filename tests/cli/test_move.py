"""`bashi move`: from the embedded database to PostgreSQL and back, without a row lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner, Result

from bashi.entry.cli import app
from tests.support.postgres import Postgres

pytestmark = pytest.mark.slow

BOOK = "INSERT INTO ledger VALUES (?, ?, ?, NULL, NULL, NULL, NULL, NULL, ?, 'USD', 1)"
SALE = [("a", "m", "stripe", 1500), ("b", "m", "sales", -1500)]
NULLS = (
    "INSERT INTO outbox VALUES ('o', 'k', '', 'bn', 's', ?, 'queued', 0, 1, 1, NULL, NULL, 1, 0)"
)
BANGLA = "ক্ষিতি, 100% \\ \t \n \\N"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's data, a sale in the books, and text that is hard to copy."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    for name, value in (("MODE", "demo"), ("DATA_DIR", str(folder)), ("PASSWORD_WORK", "1x1000")):
        monkeypatch.setenv(f"BASHI_{name}", value)
    assert bashi("seed").exit_code == 0
    with changing(folder / "bashi.sqlite") as database:
        database.executemany(BOOK, SALE)
        database.execute(NULLS, (BANGLA,))
    return folder / "bashi.sqlite"


@pytest.fixture
def target(postgres: Postgres) -> Iterator[str]:
    url = postgres.database()
    yield url
    postgres.drop(url)


def bashi(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(app, words, env=environment)


@contextmanager
def changing(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as database, database:
        yield database


def all_rows(path: Path) -> dict[str, list[Any]]:
    with changing(path) as database:
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = sorted(name for (name,) in found if name != "schema_migration")
        return {name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def people_in(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT COUNT(*) FROM person").fetchone()
    assert row is not None
    return int(row[0])


def test_there_and_back(data: Path, target: str, tmp_path: Path) -> None:
    before = all_rows(data)
    there = bashi("move", "--to", target)
    assert there.exit_code == 0, there.output
    assert "BASHI_DATABASE_URL" in there.output
    assert people_in(target) == len(before["person"]) > 0
    back = bashi("move", "--to", f"sqlite:{tmp_path}/back.sqlite", BASHI_DATABASE_URL=target)
    assert back.exit_code == 0, back.output
    assert all_rows(tmp_path / "back.sqlite") == before == all_rows(data)


def test_the_product_goes_on_where_its_database_was_moved(data: Path, target: str) -> None:
    assert bashi("move", "--to", target).exit_code == 0
    promoted = bashi(
        "users", "promote", "attendee@example.org", "volunteer", BASHI_DATABASE_URL=target
    )
    assert promoted.exit_code == 0, promoted.output
    doctor = bashi("doctor", BASHI_DATABASE_URL=target).output
    assert any("ok" in line and "database writable" in line for line in doctor.splitlines())
    assert any("ok" in line and "schema" in line for line in doctor.splitlines())


def test_a_target_that_has_rows_is_refused(data: Path, target: str) -> None:
    assert bashi("move", "--to", target).exit_code == 0
    again = bashi("move", "--to", target)
    assert again.exit_code == 2
    assert "not empty" in again.output
    assert people_in(target) == 3


def test_a_database_in_use_is_refused(data: Path, target: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data)) as reader:
        reader.execute("SELECT 1 FROM person").fetchall()
        busy = bashi("move", "--to", target)
    assert busy.exit_code == 2
    assert "stop `bashi serve`" in busy.output
    assert bashi("move", "--to", target).exit_code == 0
    with psycopg.connect(target, application_name="bashi"):
        busy = bashi("move", "--to", f"sqlite:{tmp_path}/b.sqlite", BASHI_DATABASE_URL=target)
    assert busy.exit_code == 2
    assert "stop every `bashi serve`" in busy.output


def test_books_that_do_not_balance_are_not_moved(data: Path, target: str) -> None:
    with changing(data) as database:
        database.execute(BOOK, ("c", "n", "fees", 7))
    refused = bashi("move", "--to", target)
    assert refused.exit_code == 2
    assert "ledger" in refused.output
    assert people_in(target) == 0
    with changing(data) as database:
        database.execute("DELETE FROM ledger WHERE id = 'c'")
    assert bashi("move", "--to", target).exit_code == 0


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("mysql://localhost/bashi", "Give postgresql://"),
        ("postgresql://nobody:hunter2@127.0.0.1:1/bashi", "onnection"),
        ("sqlite:data/bashi.sqlite", "in use now"),
    ],
)
def test_a_target_that_can_not_be_is_refused(data: Path, to: str, words: str) -> None:
    refused = bashi("move", "--to", to)
    assert refused.exit_code == 2
    assert words in refused.output
    assert "hunter2" not in refused.output
