"""A command that the database keeps waiting ends in words, not in a traceback."""

from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from bashi.engines.postgres import pool as postgres_pool
from bashi.entry.cli import app
from tests.support.postgres import Postgres
from tests.support.server import free_port

pytestmark = pytest.mark.slow
PASSWORD = "six geese cross the bridge"
ADD = ("users", "add", "a@example.org", "--name", "Asha Rahman", "--password", PASSWORD)


@pytest.mark.parametrize(
    ("table", "words"), [("person", ADD), ("setting", ("serve",))], ids=["users add", "serve"]
)
def test_a_table_that_somebody_holds(
    postgres: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    table: str,
    words: Sequence[str],
) -> None:
    monkeypatch.setattr(postgres_pool, "STATEMENT_SECONDS", 1)
    monkeypatch.setattr("bashi.entry.logs.configure", lambda **_: None)
    url = postgres.empty()
    settings = {
        "BASHI_MODE": "demo",
        "BASHI_DATABASE_URL": url,
        "BASHI_DATA_DIR": str(tmp_path),
        "BASHI_PORT": str(free_port()),
    }
    with psycopg.connect(url) as operator:
        operator.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
        refused = CliRunner().invoke(app, words, env=settings)
    assert refused.exit_code == 2, refused.output
    assert "database did not answer" in refused.output
    assert "Try again" in refused.output
