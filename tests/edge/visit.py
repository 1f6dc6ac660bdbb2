"""People at the edge: an organizer, buyers, and what they do over HTTP."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

import httpx

from bashi.engines.system import SystemClock, SystemIds
from bashi.http.fields import rfc3339
from tests.edge.emails import SentEmail
from tests.edge.harness import Edge
from tests.events.organizer import DAY, HOUR, Organizer
from tests.support.client import TERMS, Client
from tests.support.market import ONE_USE
from tests.support.shop import line_in

WAIT_SECONDS = 30
QUEUE_SECONDS = 1.5  # above its max_batch_timeout
T = TypeVar("T")
_addresses = count(1)


@dataclass
class Visit:
    edge: Edge
    clients: list[Client] = field(default_factory=list)
    ids: SystemIds = field(default_factory=SystemIds)

    async def aclose(self) -> None:
        for client in self.clients:
            await client.aclose()

    def client(self) -> Client:
        """A fresh browser with an address of its own."""
        number = next(_addresses)
        headers = {"x-forwarded-for": f"10.7.{number >> 8 & 255}.{number & 255}"}
        base_url = f"{self.edge.base_url}/api"
        client = Client(base_url=base_url, headers=headers, timeout=60, limits=ONE_USE)
        self.clients.append(client)
        return self.clients[-1]

    async def buyer(self) -> Client:
        client = self.client()
        await client.register(f"{self.ids.uuid()}@example.org")
        return client

    async def organizer(self) -> Organizer:
        """Made an admin as the guide says: by a statement in the database."""
        client = await self.buyer()
        now = SystemClock().now()
        self.edge.sql(
            "UPDATE person SET role = 'admin', verified_at = ? WHERE id = ?",
            now,
            client.person["id"],
        )
        return Organizer(client, SystemClock().now)

    async def event(self, organizer: Organizer, **changes: Any) -> Any:
        start = SystemClock().now() + HOUR
        times = {"starts_at": rfc3339(start), "ends_at": rfc3339(start + DAY)}
        return await organizer.published(**times | changes)

    def order_in(self, event: Any, seats: int) -> dict[str, Any]:
        return {
            "id": self.ids.uuid(),
            "event_id": event["id"],
            "lines": [line_in(event["ticket_types"][0]["id"], seats)],
            "locale": "en",
            "terms_version": TERMS,
            "total_cents": seats * event["ticket_types"][0]["price_cents"],
        }

    async def hold(self, buyer: Client, event: Any, seats: int = 1) -> Any:
        answer = await buyer.post("orders", json=self.order_in(event, seats))
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def open_payment(self, buyer: Client, order: Any) -> str:
        """The payment page."""
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                answer = await buyer.post(f"orders/{order['id']}/payment")
                if answer.status_code == 200:
                    return str(answer.json()["url"])
                assert answer.status_code == 202, answer.text
                await asyncio.sleep(0.1)

    async def pay(self, page: str) -> None:
        async with httpx.AsyncClient(timeout=30) as stripe:
            assert await self.edge.stripe.pay(stripe, page)

    async def buy(self, buyer: Client, event: Any, seats: int = 1) -> Any:
        """Held, paid, and settled by Stripe's webhook."""
        order = await self.hold(buyer, event, seats)
        await self.pay(await self.open_payment(buyer, order))
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                found = (await buyer.get(f"orders/{order['id']}")).json()
                if found["status"] == "paid":
                    return found
                await asyncio.sleep(0.1)

    async def scan(self, staff: Client, event: Any, code: str, **changes: Any) -> httpx.Response:
        now = rfc3339(SystemClock().now())
        scan = {"scan_id": self.ids.uuid(), "gate": "Gate A", "scanned_at": now, "code": code}
        return await staff.post(f"door/{event['id']}/scans", json=scan | changes)

    async def quiet(self) -> None:
        """Returns once the queue's work is done, with the operations counted from there."""
        async with asyncio.timeout(WAIT_SECONDS):
            self.edge.operations()
            await asyncio.sleep(QUEUE_SECONDS)
            while self.edge.operations():  # noqa: ASYNC110 - another process
                await asyncio.sleep(QUEUE_SECONDS)

    async def email(self, to: str, subject: str) -> SentEmail:
        """Once it has come."""

        def find() -> SentEmail | None:
            emails = self.edge.outbox.to(to)
            return next((one for one in emails if re.search(subject, one.subject)), None)

        return await until(find)


async def until(find: Callable[[], T | None]) -> T:
    async with asyncio.timeout(WAIT_SECONDS):
        while (found := find()) is None:  # noqa: ASYNC110 - it changes in other processes
            await asyncio.sleep(0.05)
    return found
