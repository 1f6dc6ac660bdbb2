"""A volunteer with a phone at one of an event's gates."""

from dataclasses import dataclass
from typing import Any

import httpx

from bashi.engines.system import SystemClock
from bashi.http.fields import rfc3339
from tests.support.client import Client
from tests.support.shop import Sale, Shop


class Phone:
    """What a volunteer does at a gate, wherever the product runs."""

    sale: Sale
    event: Any
    client: Client
    name: str

    def now(self) -> int:
        return SystemClock().now()

    async def send(self, **changes: Any) -> httpx.Response:
        now = rfc3339(self.now())
        event_id = changes.pop("event_id", self.event["id"])
        scan = {"scan_id": self.sale.new_id(), "gate": self.name, "scanned_at": now, **changes}
        return await self.client.post(f"door/{event_id}/scans", json=scan)

    async def scan(self, ticket: Any = None, **changes: Any) -> Any:
        """The QR of a ticket, or what `changes` say."""
        code = {"code": ticket["link"]} if ticket else {}
        answer = await self.send(**(code | changes))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def use(self, ticket: Any, **changes: Any) -> httpx.Response:
        command = {"scan_id": self.sale.new_id(), "gate": self.name, **changes}
        return await self.client.post(f"tickets/{ticket['id']}/use", json=command)

    async def undo(self, ticket: Any, client: Client | None = None) -> httpx.Response:
        path = f"tickets/{ticket['id']}/undo"
        return await (client or self.sale.admin).post(path, json={"reason": "wrong person"})

    async def verify(self, ticket: Any, client: Client | None = None) -> Any:
        answer = await (client or self.client).get(f"tickets/verify/{ticket['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def figures(self) -> Any:
        answer = await self.client.get(f"door/{self.event['id']}/figures")
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass
class Gate(Phone):
    """In this process, where time stands still; `order` has the tickets that come to it."""

    shop: Shop
    event: Any
    order: Any
    client: Client
    name: str = "Gate A"

    def __post_init__(self) -> None:
        self.sale = self.shop

    @property
    def tickets(self) -> list[Any]:
        tickets: list[Any] = self.order["tickets"]
        return tickets

    def now(self) -> int:
        return self.shop.product.clock.now()
