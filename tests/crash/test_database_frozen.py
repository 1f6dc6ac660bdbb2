"""PostgreSQL hangs: what is open stays open, and nothing answers. Everybody is told in time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import httpx
import pytest

from tests.support.books import disagreements
from tests.support.lossy import COMMIT
from tests.support.market import Market, Visit, open_market, visit
from tests.support.postgres import OwnPostgres, moved, running_postgres
from tests.support.relay import CHUNK_BYTES, Relay, relaying
from tests.support.server import free_port
from tests.support.tables import PostgresTables

pytestmark = pytest.mark.slow
TOLD_SECONDS = 40.0  # 27 and room for a busy machine
CROWD = 8


class Mute(Relay):
    """Keeps one COMMIT's confirmation to itself, with whatever follows it."""

    armed = False

    async def back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            if self.armed and COMMIT in data:
                self.armed = False
                await asyncio.Event().wait()
            writer.write(data)
            await writer.drain()
        writer.close()


@dataclass(frozen=True)
class Place:
    market: Market
    postgres: OwnPostgres
    relay: Mute


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, port = tmp_path_factory.mktemp("market"), free_port()
    with running_postgres(free_port()) as postgres:
        tables, relay = PostgresTables(postgres.url), Mute([postgres.port])
        url = moved(postgres.url, port)
        with (
            relaying(port, relay),
            open_market(folder, "--role", "web", tables=tables, BASHI_DATABASE_URL=url) as market,
        ):
            yield Place(market, postgres, relay)


@pytest.fixture
async def here(place: Place) -> AsyncIterator[Visit]:
    async with visit(place.market) as visitor:
        yield visitor


async def told(asked: Awaitable[httpx.Response]) -> httpx.Response:
    async with asyncio.timeout(TOLD_SECONDS):
        return await asked


def is_try_again(answer: httpx.Response) -> bool:
    known = answer.status_code == 503 and answer.json()["code"] == "database_unavailable"
    return known and bool(answer.headers["retry-after"])


async def test_all_are_told_to_try_again_and_may_when_it_thaws(here: Visit, place: Place) -> None:
    crowd, event = await here.crowd(CROWD), await here.event(seats=CROWD)
    orders = [(buyer, str(uuid4())) for buyer in crowd]
    holding = [asyncio.create_task(told(buyer.hold(event, 1, one))) for buyer, one in orders]
    await asyncio.sleep(0.02)
    with place.postgres.frozen():
        figures = asyncio.create_task(told(here.staff[0].get("admin/overview")))
        answers = await asyncio.gather(*holding)
        assert all(answer.status_code == 201 or is_try_again(answer) for answer in answers)
        assert is_try_again(await figures)
        reading = [told(buyer.call("GET", f"orders/{one}")) for buyer, one in orders]
        assert all(map(is_try_again, await asyncio.gather(*reading)))
    ready = await here.http.get(f"{here.market.server.url}/readyz")
    assert ready.status_code == 200, ready.text
    for buyer, one in orders:
        answer = await buyer.hold(event, 1, one)
        assert answer.is_success, answer.text
        assert answer.json()["id"] == one
    (kind,) = (await here.organizer.read(event))["ticket_types"]
    assert (kind["held"], kind["sold"]) == (CROWD, 0)
    for buyer, one in orders:
        assert (await buyer.cancel(one)).is_success
    assert disagreements(here.market, event["id"]) == []


async def test_what_may_have_been_written_is_not_written_twice(here: Visit, place: Place) -> None:
    buyer, other, event = await here.buyer(), await here.buyer(), await here.event(seats=5)
    order_id = str(uuid4())
    place.relay.armed = True
    first = asyncio.create_task(told(buyer.hold(event, 2, order_id)))
    await asyncio.sleep(1)
    assert not place.relay.armed, "nothing was committed"
    behind = asyncio.create_task(told(other.hold(event, 1)))
    assert is_try_again(await first)
    assert (await behind).status_code == 201
    again = await buyer.hold(event, 2, order_id)
    assert (again.status_code, again.json()["id"]) == (200, order_id)
    (kind,) = (await here.organizer.read(event))["ticket_types"]
    assert (kind["held"], kind["sold"]) == (3, 0)
    assert (await buyer.cancel(order_id)).is_success
    assert (await other.cancel((await behind).json()["id"])).is_success
    assert disagreements(here.market, event["id"]) == []
