import sqlite3
from collections.abc import Iterator

import pytest

from bashi.engines.sqlite.database import connect
from bashi.engines.sqlite.schema import migrate
from bashi.migrations import load


@pytest.fixture(scope="session")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An empty database with the present schema."""
    path = tmp_path_factory.mktemp("schema") / "bashi.sqlite"
    migrate(path, load(), lambda: 0)
    opened = connect(path)
    yield opened
    opened.close()
