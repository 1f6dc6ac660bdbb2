"""Every statement of the product, against the schema that the migrations make."""

import importlib
import pkgutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import bashi
from bashi.core.batch import Query
from bashi.core.portable import check
from bashi.engines.migration_errors import MigrationFailed
from bashi.engines.sqlite.database import connect, dialect
from bashi.engines.sqlite.schema import migrate
from bashi.migrations import load

EDGE_ONLY = ("js", "pyodide", "pyodide.ffi", "workers")
"""What only Python on Workers has; adapters for it hold no statements."""


def queries() -> Iterator[tuple[str, Query]]:
    for module in pkgutil.walk_packages(bashi.__path__, "bashi."):
        if module.name.endswith("__main__"):
            continue
        try:
            found = importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if error.name not in EDGE_ONLY:
                raise
            continue
        for name, value in vars(found).items():
            if isinstance(value, Query):
                yield f"{module.name}:{name}", value


ALL = dict(queries())


def test_there_are_statements_to_look_at() -> None:
    assert len(ALL) > 50


@pytest.mark.parametrize("name", ALL)
def test_a_statement_fits_the_migrated_schema(connection: sqlite3.Connection, name: str) -> None:
    """EXPLAIN compiles it: tables, columns and syntax must be there."""
    sql, _ = dialect(ALL[name].sql)
    connection.execute(f"EXPLAIN {sql}", AnyParameter())


@pytest.mark.parametrize("name", ALL)
def test_a_statement_stays_in_the_shared_subset(name: str) -> None:
    check(ALL[name]())


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bashi.sqlite"
    assert migrate(path, load(), lambda: 0) == [name for name, _ in load()]
    assert migrate(path, load(), lambda: 0) == []


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bashi.sqlite"
    broken = ("0002_broken.sql", "CREATE TABLE half (id TEXT); CREATE TABLE half (id TEXT);")
    with pytest.raises(MigrationFailed, match="table half already exists"):
        migrate(path, [broken], lambda: 0)
    opened = connect(path)
    tables = {row["name"] for row in opened.execute("SELECT name FROM sqlite_master")}
    opened.close()
    assert "half" not in tables


class AnyParameter(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "[]"
