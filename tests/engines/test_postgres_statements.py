"""Every statement of the product, prepared by PostgreSQL on the schema that the migrations make."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from bashi.engines.postgres.dialect import dialect
from tests.core.test_statements import ALL
from tests.support.postgres import Postgres

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres.empty(), autocommit=True) as opened:
        yield opened


def numbered(sql: str) -> str:
    """As the driver sends it: each name is one numbered parameter."""
    numbers: dict[str, str] = {}

    def number(mark: re.Match[str]) -> str:
        return numbers.setdefault(mark[1], f"${len(numbers) + 1}")

    return re.sub(r"%\((\w+)\)s", number, dialect(sql)).replace("%%", "%")


@pytest.mark.parametrize("name", ALL)
def test_postgres_takes_it(connection: psycopg.Connection[Any], name: str) -> None:
    """Without types named beforehand, as the product sends it."""
    with connection.transaction(force_rollback=True):
        connection.execute(f"PREPARE it AS {numbered(ALL[name].sql)}".encode())
    connection.execute("DEALLOCATE ALL")


def test_a_fault_would_be_seen(connection: psycopg.Connection[Any]) -> None:
    for sql in ("SELECT nothing FROM event", "SELECT id FROM event WHERE starts_at = 'noon'"):
        with pytest.raises(psycopg.Error):
            connection.execute(f"PREPARE it AS {sql}".encode())
