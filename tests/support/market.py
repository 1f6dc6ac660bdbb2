"""A sale over real sockets: the server and Stripe in processes of their own, and a crowd."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from bashi.engines.system import SystemClock
from bashi.http.fields import rfc3339
from tests.events.organizer import DAY, HOUR, Organizer
from tests.support.client import PASSWORD, TERMS, Client, registration
from tests.support.fleet import Fleet
from tests.support.relay import Relay, relaying
from tests.support.server import Server, free_port, running
from tests.support.shop import line_in
from tests.support.stripe_process import StripeProcess, running_stripe
from tests.support.tables import Found, PostgresTables, SqliteTables, Tables

CROWD_AT_A_TIME = 32
REGISTERING_AT_A_TIME = 12  # more passwords than an isolate lets wait are refused
DRAIN_SECONDS = 180
ONE_USE = httpx.Limits(max_connections=100, max_keepalive_connections=0)
"""Connections are not kept: a busy pool of httpcore 1.0 closes one that has just expired although
a request has taken it since, and workerd closes an idle one while it is used again."""
SECRETS = {
    "BASHI_SECRET": "one secret for all processes of the installation",
    "BASHI_TICKET_KEY": b64encode(bytes(range(32))).decode(),
}
ORGANIZERS = ("organizer@example.org", "treasurer@example.org")


@dataclass
class Market:
    server: Server
    stripe: StripeProcess
    tables: Tables
    crowd: list[dict[str, str]] = field(default_factory=list)
    """The headers of people with accounts: who they are, and from where they call."""
    staff: list[str] = field(default_factory=list)
    """The access tokens of the organizers; signing in is limited."""
    numbers: Iterator[int] = field(default_factory=count)

    async def change(self, sql: str, *values: Any) -> None:
        """What would take time to come about: holds and leases that end."""

        await asyncio.to_thread(self.tables.change, sql, *values)

    def rows(self, sql: str, *values: Any) -> Found:
        return self.tables.rows(sql, *values)

    def number(self, sql: str, *values: Any) -> int:
        ((value,),) = (row.values() for row in self.rows(sql, *values))
        return int(value)

    async def until_none(self, sql: str, *values: Any) -> None:
        """Waits until the query counts nothing any more."""
        await until(lambda: not self.number(sql, *values))

    async def until_delivered(self) -> None:
        await until(lambda: not self.stripe.undelivered())


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(DRAIN_SECONDS):
        while not true():  # noqa: ASYNC110 - what changes is in another process
            await asyncio.sleep(0.05)


@contextmanager
def open_market(
    folder: Path,
    *words: str,
    tables: Tables | None = None,
    stripe_port: int | None = None,
    **settings: str,
) -> Iterator[Market]:
    """Without demo data: its organizers are there first. `words` follow `bashi serve`; `tables`
    are those of the database that the settings name, if they do."""
    port = free_port()
    with _stripe(folder, port, stripe_port) as stripe:
        server = Server(folder / "data", port, stripe.settings | settings, words=("serve", *words))
        _add_organizers(server)
        with running(server):
            yield Market(server, stripe, tables or SqliteTables(server.folder / "bashi.sqlite"))


@contextmanager
def open_scaled_market(
    folder: Path, database_url: str, *, lane: bool, **settings: str
) -> Iterator[Market]:
    """Two servers on PostgreSQL, each with a data folder of its own, which calls and webhooks reach
    in turn."""
    port = free_port()
    with _stripe(folder, port) as stripe:
        keys = stripe.settings | SECRETS | {"BASHI_DATABASE_URL": database_url} | settings
        fleet = Fleet(folder / "data", port, keys, lane=lane)
        _add_organizers(fleet)
        with running(fleet), relaying(port, Relay([member.port for member in fleet.members])):
            yield Market(fleet, stripe, PostgresTables(database_url))


def _stripe(
    folder: Path, port: int, own_port: int | None = None
) -> AbstractContextManager[StripeProcess]:
    webhook_url = f"http://localhost:{port}/webhooks/stripe"
    return running_stripe(folder, own_port or free_port(), webhook_url)


def _add_organizers(server: Server) -> None:
    for email in ORGANIZERS:
        server.command(
            "users", "add", email, "--name", "Asha Rahman", "--password", PASSWORD, "--admin"
        )


@dataclass
class Buyer:
    """A person in the crowd; all of them share one pool of connections."""

    market: Market
    http: httpx.AsyncClient
    headers: dict[str, str]

    async def call(self, method: str, path: str, json: Any = None) -> httpx.Response:
        return await self.http.request(method, path, json=json, headers=self.headers)

    async def hold(self, event: Any, seats: int, order_id: str | None = None) -> httpx.Response:
        return await self.call("POST", "orders", order_in(event, seats, order_id))

    async def open_payment(self, order_id: str) -> str | None:
        """The payment page, or None for an order that is closed."""
        while True:
            answer = await self.call("POST", f"orders/{order_id}/payment")
            assert answer.status_code in (200, 202, 409), answer.text
            if answer.status_code != 202:
                page: str | None = answer.json().get("url")
                return page
            await asyncio.sleep(min(0.2, answer.json()["retry_after_seconds"]))

    async def pay(self, order_id: str) -> bool:
        page = await self.open_payment(order_id)
        return page is not None and await self.market.stripe.pay(self.http, page)

    async def cancel(self, order_id: str) -> httpx.Response:
        return await self.call("POST", f"orders/{order_id}/cancel")

    async def leave(self, order_id: str) -> None:
        """Ten or thirty-five minutes pass without a payment."""
        await self.market.change(
            "UPDATE orders SET expires_at = 1 WHERE id = ? AND status = 'pending'", order_id
        )


@dataclass
class Visit:
    """What one test does at a market, with its own connections."""

    market: Market
    http: httpx.AsyncClient
    staff: Sequence[Client]

    @property
    def organizer(self) -> Organizer:
        return Organizer(self.staff[0], SystemClock().now)

    async def event(self, seats: int, price_cents: int = 1500) -> Any:
        now = SystemClock().now()
        event = await self.organizer.create(
            starts_at=rfc3339(now + 2 * DAY), ends_at=rfc3339(now + 2 * DAY + 5 * HOUR)
        )
        await self.organizer.add_type(event, capacity=seats, price_cents=price_cents)
        return await self.organizer.publish(event)

    async def crowd(self, people: int) -> list[Buyer]:
        """The same people each time."""
        crowd = self.market.crowd
        coming = [self._register() for _ in range(people - len(crowd))]
        crowd += await in_parallel(coming, REGISTERING_AT_A_TIME)
        return [Buyer(self.market, self.http, headers) for headers in crowd[:people]]

    async def buyer(self) -> Buyer:
        """Somebody new, whom no rate limit knows."""
        return Buyer(self.market, self.http, await self._register())

    async def _register(self) -> dict[str, str]:
        number = next(self.market.numbers)
        headers = {"x-forwarded-for": f"100.64.{number >> 8}.{number & 255}"}
        form = registration(f"crowd{number}@example.org")
        answer = await self.http.post("auth/register", json=form, headers=headers)
        assert answer.status_code == 201, answer.text
        return headers | {"authorization": f"Bearer {answer.json()['access_token']}"}

    async def buy(self, buyer: Buyer, event: Any, seats: int = 1) -> Any:
        """Held, paid, and settled by Stripe's webhook."""
        held = await buyer.hold(event, seats)
        assert held.status_code == 201, held.text
        order_id = held.json()["id"]
        assert await buyer.pay(order_id)
        await self.market.until_none(
            "SELECT COUNT(*) FROM orders WHERE id = ? AND status = 'pending'", order_id
        )
        return (await buyer.call("GET", f"orders/{order_id}")).json()


@asynccontextmanager
async def visit(market: Market) -> AsyncIterator[Visit]:
    http = httpx.AsyncClient(base_url=market.server.api_url, timeout=60, limits=ONE_USE)
    staff = [market.server.client() for _ in ORGANIZERS]
    if not market.staff:
        for client, email in zip(staff, ORGANIZERS, strict=True):
            await client.login(email)
            market.staff.append(client.headers["authorization"])
    for client, token in zip(staff, market.staff, strict=True):
        client.headers["authorization"] = token
    try:
        yield Visit(market, http, staff)
    finally:
        await http.aclose()
        while market.server.clients:
            await market.server.clients.pop().aclose()


async def in_parallel(work: Sequence[Any], at_a_time: int = CROWD_AT_A_TIME) -> list[Any]:
    """Results in the order of `work`."""
    room = asyncio.Semaphore(at_a_time)

    async def one(coroutine: Any) -> Any:
        async with room:
            return await coroutine

    return await asyncio.gather(*(one(coroutine) for coroutine in work))


def order_in(event: Any, seats: int, order_id: str | None = None) -> dict[str, Any]:
    return {
        "id": order_id or str(uuid4()),
        "event_id": event["id"],
        "lines": [line_in(event["ticket_types"][0]["id"], seats)],
        "locale": "en",
        "terms_version": TERMS,
        "total_cents": seats * event["ticket_types"][0]["price_cents"],
    }
