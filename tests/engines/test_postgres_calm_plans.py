"""Plans made while nothing waits must not walk through all that waits, once the rush begins.

PostgreSQL plans by its last statistics. Where they say that a partial index is empty, walking
through it costs nothing: a statement may use it only if something chooses its rows there.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.core.test_query_plans import WATCHED
from tests.core.test_statements import ALL
from tests.engines.test_postgres_plans import ALLOWED, fill, plan_as_the_product, scans
from tests.support.postgres import Postgres

pytestmark = pytest.mark.slow

CALM = (
    "UPDATE orders SET status = 'paid', open_key = NULL, address_tag = ''",
    "UPDATE outbox SET status = 'sent'",
    "UPDATE payment_attempt SET status = 'paid'",
    "UPDATE refund SET status = 'succeeded'",
    "VACUUM FULL ANALYZE",
)


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    with psycopg.connect(postgres.empty(), autocommit=True, row_factory=dict_row) as opened:
        fill(opened)
        for statement in CALM:
            opened.execute(statement.encode())
        plan_as_the_product(opened)
        yield opened


@pytest.mark.parametrize("name", sorted({*WATCHED} - ALLOWED))
def test_a_statement_planned_in_a_calm_finds_its_rows(
    connection: psycopg.Connection[dict[str, Any]], name: str
) -> None:
    assert scans(connection, ALL[name].sql) == []
