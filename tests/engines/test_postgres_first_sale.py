"""The first sale of a new installation: a connection keeps the plans that it made while the tables
were empty, so they must be right for full ones."""

from pathlib import Path

import psycopg
import pytest

from tests.events.organizer import organizer_of
from tests.support.database import PostgresTemplate
from tests.support.postgres import Postgres
from tests.support.shop import Shop
from tests.support.stripe import open_shop

pytestmark = pytest.mark.slow

BUYERS = 8  # a plan for all values is made at the sixth execution of a statement at the latest


async def test_buying_reads_no_table_from_end_to_end(postgres: Postgres, tmp_path: Path) -> None:
    template = PostgresTemplate(postgres)
    async with open_shop(tmp_path, template) as stripe:
        shop = Shop(stripe, await organizer_of(stripe.product))
        event = await shop.event()
        for _ in range(BUYERS):
            await shop.hold(await shop.buyer(), event)
        assert whole_reads(template.urls[tmp_path][-1]) == {}


def whole_reads(url: str) -> dict[str, int]:
    """How often a table was read from end to end, by its name. The product's connections, which
    tell only when they end, are ended first."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'bashi'"
        )
        return dict(
            connection.execute(
                "SELECT relname, seq_scan FROM pg_stat_user_tables"
                " WHERE seq_scan > 0 AND relname <> 'schema_migration'"
            ).fetchall()
        )
