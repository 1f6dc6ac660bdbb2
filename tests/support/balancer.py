"""What stands before several servers: asks who is ready, and calls them in turn."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.server import Server

LOOK_SECONDS = 0.1


@dataclass
class Balancer:
    servers: Sequence[Server]
    clients: Sequence[httpx.AsyncClient]
    ready: list[bool]
    answered: Counter[int] = field(default_factory=Counter)
    """Requests that each server answered, by its place."""
    turn: int = 0

    async def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Goes on to another server only when no connection was made: nothing is sent twice."""
        for _ in range(2 * len(self.servers)):
            place = self._next()
            try:
                answer = await self.clients[place].request(method, path, **more)
            except httpx.ConnectError:
                self.ready[place] = False
                continue
            self.answered[place] += 1
            return answer
        raise AssertionError("no server is ready")

    def _next(self) -> int:
        places = [place for place, ready in enumerate(self.ready) if ready]
        assert places, "no server is ready"
        self.turn += 1
        return places[self.turn % len(places)]

    async def watch(self) -> None:
        async with httpx.AsyncClient(timeout=5) as http:
            while True:
                for place, server in enumerate(self.servers):
                    self.ready[place] = await _is_ready(http, server)
                await asyncio.sleep(LOOK_SECONDS)


async def _is_ready(http: httpx.AsyncClient, server: Server) -> bool:
    try:
        return (await http.get(f"{server.url}/readyz")).status_code == 200
    except httpx.TransportError:
        return False


@asynccontextmanager
async def balanced(servers: Sequence[Server]) -> AsyncIterator[Balancer]:
    clients = [httpx.AsyncClient(base_url=each.api_url, timeout=30) for each in servers]
    balancer = Balancer(servers, clients, [True] * len(servers))
    watching = asyncio.create_task(balancer.watch())
    try:
        yield balancer
    finally:
        watching.cancel()
        for client in clients:
            await client.aclose()
