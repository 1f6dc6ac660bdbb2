"""wrangler applies the migrations of D1, and none that PostgreSQL has in their place."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bashi import migrations
from tests.edge.harness import CONFIG, migrate, prepare

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
