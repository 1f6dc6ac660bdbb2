"""The database of a product that runs inside a test: SQLite, or with BASHI_TEST_ENGINE=postgres
the real PostgreSQL. Each test has one of its own, copied from a template."""

import os
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bashi import migrations
from bashi.engines.postgres.database import PostgresDatabase
from bashi.engines.sqlite.database import SqliteDatabase
from bashi.engines.sqlite.schema import migrate
from bashi.entry.database import OpenDatabase
from tests.support.postgres import Postgres

ON_POSTGRES = os.environ.get("BASHI_TEST_ENGINE") == "postgres"
CONNECTIONS = 4


class Template(Protocol):
    def create(self, folder: Path) -> None:
        """An empty database with the present schema, known by `folder`."""
        ...

    def connect(self, folder: Path) -> OpenDatabase: ...
    def drop(self, folder: Path) -> None: ...


@dataclass(frozen=True)
class SqliteTemplate:
    path: Path

    def __post_init__(self) -> None:
        migrate(self.path, migrations.load(), lambda: 0)

    def create(self, folder: Path) -> None:
        shutil.copyfile(self.path, folder / "bashi.sqlite")

    def connect(self, folder: Path) -> OpenDatabase:
        return SqliteDatabase(folder / "bashi.sqlite")

    def drop(self, folder: Path) -> None:
        """It goes with the folder."""


@dataclass(frozen=True)
class PostgresTemplate:
    server: Postgres
    urls: dict[Path, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The last one of a folder is in use."""

    def create(self, folder: Path) -> None:
        self.urls[folder].append(self.server.empty())

    def connect(self, folder: Path) -> OpenDatabase:
        return PostgresDatabase(self.urls[folder][-1], pool_size=CONNECTIONS)

    def drop(self, folder: Path) -> None:
        self.server.drop(self.urls[folder].pop())
