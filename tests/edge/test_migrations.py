"""wrangler applies the migrations of D1, and none that PostgreSQL has in their place."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bashi import migrations
from bashi.migrations import checksum
from tests.edge.harness import CONFIG, edge_installation, migrate, prepare

pytestmark = pytest.mark.slow


def test_what_stands_in_for_postgres_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()
    own = tmp_path / "repository"
    folder = own / "bashi" / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, folder)
    (folder / "9998_extra.sql").write_text("CREATE TABLE extra (id TEXT NOT NULL);")
    (folder / "9998_extra.postgres.sql").write_text("CREATE TABLE of_postgres (id UUID);")
    place = own / "deploy" / "cloudflare"
    shutil.copytree(CONFIG.parent / "src", place / "src")
    (place / "site").mkdir()
    shutil.copy(CONFIG, place)
    monkeypatch.setattr("tools.edge.FOLDER", place)
    migrate(tmp_path / "state")
    (database,) = [
        file for file in tmp_path.rglob("d1/**/*.sqlite") if not file.name.startswith("metadata")
    ]
    with closing(sqlite3.connect(database)) as found:
        rows = found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in rows}
    assert {"ticket", "extra"} <= tables
    assert "of_postgres" not in tables


def test_a_worker_refuses_what_another_first_version_has_made() -> None:
    """Each isolate looks once, before it answers anybody."""
    with edge_installation() as edge:
        noted = json.dumps({"0001_start.sql": "of another file"})
        edge.sql("INSERT OR REPLACE INTO setting (name, value) VALUES ('schema', ?)", noted)
        assert httpx.get(f"{edge.base_url}/api/events", timeout=60).status_code >= 500
        edge.sql("DELETE FROM setting WHERE name = 'schema'")
        assert httpx.get(f"{edge.base_url}/api/events", timeout=60).status_code == 200
        (row,) = edge.sql("SELECT value FROM setting WHERE name = 'schema'")
        assert json.loads(row["value"]) == {name: checksum(sql) for name, sql in migrations.load()}
