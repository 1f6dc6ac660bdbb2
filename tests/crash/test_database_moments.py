"""What an operator's PostgreSQL does on a bad day, seen through a server that goes on running."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg
import pytest

from tests.crash.shoppers import insist
from tests.support.market import Market, Visit, open_market, visit
from tests.support.postgres import Postgres, moved
from tests.support.relay import Freezing, relaying
from tests.support.server import free_port
from tests.support.tables import PostgresTables

pytestmark = pytest.mark.slow
AWAY_SECONDS = 10.0
WAITING = "SELECT pid FROM pg_locks WHERE NOT granted AND locktype = 'relation'"
END_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Place:
    market: Market
    relay: Freezing
    direct_url: str

    def session(self) -> psycopg.Connection[tuple[str]]:
        return psycopg.connect(self.direct_url, autocommit=True)

    def become(self, words: str) -> None:
        """For every session from now on."""
        name = urlsplit(self.direct_url).path[1:]
        with self.session() as operator:
            operator.execute("SET default_transaction_read_only = off")
            operator.execute(f"ALTER DATABASE {name} {words}".encode())

    async def somebody_waits(self) -> None:
        """For a table."""
        tables = PostgresTables(self.direct_url)
        async with asyncio.timeout(AWAY_SECONDS):
            while tables.rows(WAITING) == []:  # noqa: ASYNC110 - it is told nowhere else
                await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def place(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    url, port = postgres.database(), free_port()
    relay = Freezing(urlsplit(url).port or 5432)
    settings = {"tables": PostgresTables(url), "BASHI_DATABASE_URL": moved(url, port)}
    folder: Path = tmp_path_factory.mktemp("market")
    with relaying(port, relay), open_market(folder, "--role", "web", **settings) as market:  # type: ignore[arg-type]
        yield Place(market, relay, url)


@pytest.fixture
async def here(place: Place) -> AsyncIterator[Visit]:
    async with visit(place.market) as visitor:
        yield visitor


async def ready(here: Visit) -> httpx.Response:
    return await here.http.get(f"{here.market.server.url}/readyz", timeout=AWAY_SECONDS)


async def test_a_primary_that_became_a_replica_is_left(here: Visit, place: Place) -> None:
    event, buyer, order_id = await here.event(seats=5), await here.buyer(), str(uuid4())
    place.become("SET default_transaction_read_only = on")
    with place.session() as operator:
        operator.execute(END_SESSIONS)
    answer = await buyer.hold(event, 1, order_id)
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert answer.headers["retry-after"]
    place.become("RESET default_transaction_read_only")
    async with asyncio.timeout(AWAY_SECONDS):
        answer = await insist(lambda: buyer.hold(event, 1, order_id))
    assert answer.status_code == 201, answer.text


async def test_who_needs_no_locked_table_waits_for_nobody(here: Visit, place: Place) -> None:
    event, buyer = await here.event(seats=5), await here.buyer()
    order_id = (await buyer.hold(event, 1)).json()["id"]
    with place.session() as operator, operator.transaction():
        operator.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
        waiting = asyncio.create_task(buyer.call("GET", f"orders/{order_id}"))
        await place.somebody_waits()
        answers = await asyncio.gather(ready(here), here.http.get("events", timeout=AWAY_SECONDS))
        assert [answer.status_code for answer in answers] == [200, 200]
        assert not waiting.done()
    assert (await waiting).json()["id"] == order_id


async def test_a_database_that_hangs_is_not_ready(here: Visit, place: Place) -> None:
    event, buyer = await here.event(seats=5), await here.buyer()
    with place.relay.frozen():
        holding = asyncio.create_task(buyer.hold(event, 1))
        answer = await ready(here)
        assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert (await holding).status_code == 201
    assert (await ready(here)).status_code == 200
