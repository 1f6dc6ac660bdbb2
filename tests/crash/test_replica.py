"""A read replica: figures may come from it, and do not need it."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.client import Client
from tests.support.postgres import Postgres, moved
from tests.support.relay import Relay, relaying
from tests.support.server import free_port, running_server
from tests.support.tables import PostgresTables, Tables

pytestmark = pytest.mark.slow
BACK_SECONDS = 60
SALE = (
    "INSERT INTO event_tally (event_id, issued, sales_cents, refunds_cents) VALUES (?, 2, 4200, 0)"
)


async def test_figures_come_from_it_while_it_answers(tmp_path: Path, postgres: Postgres) -> None:
    """Unlike a real one it has a sale that the primary knows nothing of."""
    own, replica, port = postgres.database(), postgres.empty(), free_port()
    settings = {"BASHI_DATABASE_URL": own, "BASHI_DATABASE_REPLICA_URL": moved(replica, port)}
    relay = Relay([urlsplit(replica).port or 5432])
    with running_server(tmp_path, **settings) as server:
        admin = await server.demo()
        assert await sales_cents(admin) == 0, "the primary answers for one that is not there"
        sell(PostgresTables(own), PostgresTables(replica))
        with relaying(port, relay):
            async with asyncio.timeout(BACK_SECONDS):
                while await sales_cents(admin) != 4200:  # noqa: ASYNC110 - it is told nowhere else
                    await asyncio.sleep(0.2)
        assert await sales_cents(admin) == 0
        events = (await admin.get("events")).json()["items"]
        assert events, "what is not marked is never asked of the replica"
        await admin.aclose()
    assert server.log.read_text().count("replica_down") == 2


async def test_one_that_lacks_a_new_column_is_not_needed(
    tmp_path: Path, postgres: Postgres
) -> None:
    """It is behind the primary's migrations, or no longer follows them."""
    own, replica = postgres.database(), postgres.empty()
    PostgresTables(replica).change("ALTER TABLE event_tally DROP COLUMN sales_cents")
    settings = {"BASHI_DATABASE_URL": own, "BASHI_DATABASE_REPLICA_URL": replica}
    with running_server(tmp_path, **settings) as server:
        admin = await server.demo()
        assert await sales_cents(admin) == 0
        await admin.aclose()
    assert server.log.read_text().count("replica_down") == 1


def sell(primary: Tables, replica: Tables) -> None:
    """An event of the primary's, in the replica only with a sale."""
    event = primary.rows("SELECT * FROM event LIMIT 1")[0]
    marks = ", ".join("?" * len(event))
    replica.change(f"INSERT INTO event ({', '.join(event)}) VALUES ({marks})", *event.values())
    replica.change(SALE, event["id"])


async def sales_cents(admin: Client) -> Any:
    answer = await admin.get("admin/overview")
    assert answer.status_code == 200, answer.text
    return answer.json()["sales_cents"]
