"""A new version takes over, one server after the other, while people buy: nobody notices."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.balancer import Balancer, balanced
from tests.support.market import Buyer, Market, open_market, order_in, visit
from tests.support.next_version import next_version
from tests.support.server import Server, free_port, running
from tests.support.valkey import own_valkey

pytestmark = pytest.mark.slow
REQUESTS_MIN = 5_000
VISITORS = 12
BUYERS = 40
DRAIN_SECONDS = 1  # ten looks of the balancer

MIGRATION = """
ALTER TABLE event ADD COLUMN of_the_next_version BIGINT NOT NULL DEFAULT 0;
CREATE TABLE of_the_next_version (id TEXT NOT NULL, CONSTRAINT "next.id" PRIMARY KEY (id));
"""


@dataclass
class Crowd:
    """Visitors who read, and buyers who hold a seat and let it go, as fast as they are served."""

    balancer: Balancer
    event: Any
    buyers: list[Buyer]
    over: bool = False
    answers: Counter[str] = field(default_factory=Counter)

    def served(self, people: list[asyncio.Task[None]]) -> bool:
        """Enough, or one of them failed."""
        return self.answers.total() >= REQUESTS_MIN or any(each.done() for each in people[:-1])

    async def visit(self, number: int) -> None:
        paths = (f"events/{self.event['slug']}", "events", "site")
        while not self.over:
            for path in paths:
                await self.call("GET", path, {}, 200)
            await self.call("GET", "me", self.buyers[number].headers, 200)

    async def buy(self) -> None:
        """Each buyer a few times: more is limited."""
        for _ in range(4):
            for buyer in self.buyers:
                order = order_in(self.event, 1)
                await self.call("POST", "orders", buyer.headers, 201, json=order)
                await self.call("POST", f"orders/{order['id']}/cancel", buyer.headers, 200)

    async def call(
        self, method: str, path: str, headers: dict[str, str], wanted: int, **more: Any
    ) -> None:
        answer = await self.balancer.request(method, path, headers=headers, **more)
        assert answer.status_code == wanted, answer.text
        self.answers[method] += 1


async def replace(server: Server, version: dict[str, str]) -> None:
    assert await asyncio.to_thread(server.stop) == 0
    server.environment |= version
    await asyncio.to_thread(server.start)


async def test_no_request_fails(tmp_path: Path, database: Mapping[str, Any]) -> None:
    version = next_version(tmp_path / "next", MIGRATION)
    with own_valkey() as valkey, open_market(tmp_path, **database) as market:
        one = market.server
        one.environment |= {
            "BASHI_PUBLIC_URL": one.url,
            "BASHI_VALKEY_URL": valkey.connection_url,
            "BASHI_DRAIN_SECONDS": str(DRAIN_SECONDS),
        }
        one.stop()
        one.start()
        two = Server(one.folder, free_port(), dict(one.environment))
        with running(two):
            await upgrade(market, [one, two], version)


async def upgrade(market: Market, servers: list[Server], version: dict[str, str]) -> None:
    async with visit(market) as here, balanced(servers) as balancer:
        crowd = Crowd(balancer, await here.event(seats=500), await here.crowd(BUYERS))
        people = [asyncio.create_task(crowd.visit(number)) for number in range(VISITORS)]
        people.append(asyncio.create_task(crowd.buy()))
        for server in servers:
            await replace(server, version)
        while not crowd.served(people):  # noqa: ASYNC110 - each of them counts
            await asyncio.sleep(0.1)
        crowd.over = True
        await asyncio.gather(*people)
        assert crowd.answers.total() >= REQUESTS_MIN
        assert crowd.answers["POST"] == 8 * BUYERS
        assert len(balancer.answered) == 2
    assert market.number("SELECT COUNT(*) FROM schema_migration WHERE name = '9999_next.sql'") == 1
    assert market.number("SELECT COUNT(*) FROM ticket_type WHERE held <> 0") == 0
    assert "Traceback" not in servers[0].log.read_text()
