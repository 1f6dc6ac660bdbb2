"""People who buy while the server dies under them, and who note what they were promised."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx

from bashi.engines.system import SystemClock
from bashi.http.fields import rfc3339
from tests.support.market import Buyer, Visit

PAUSE_SECONDS = 0.05


@dataclass
class Promises:
    """Ids of what was answered with a 2xx."""

    held: dict[str, Buyer] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)
    """Orders whose payment page Stripe says is paid."""
    canceled: set[str] = field(default_factory=set)
    refunds: dict[str, str] = field(default_factory=dict)
    """Refund id -> order id."""
    admitted: dict[str, str] = field(default_factory=dict)
    """Ticket id -> gate."""


@dataclass
class Shopper:
    here: Visit
    event: Any
    people: list[Buyer]
    chance: random.Random
    promises: Promises
    stop: asyncio.Event

    async def shop(self) -> None:
        ways = (self._pay, self._pay, self._cancel, self._leave, self._refund, self._enter)
        for buyer in cycle(self.people):
            if self.stop.is_set():
                return
            order_id = await self._hold(buyer)
            if order_id is not None:
                await self.chance.choice(ways)(buyer, order_id)

    async def _hold(self, buyer: Buyer) -> str | None:
        order_id, seats = str(uuid4()), self.chance.randint(1, 3)
        answer = await insist(lambda: buyer.hold(self.event, seats, order_id))
        if answer.status_code == 409:
            assert answer.json()["code"] == "order_open", answer.text
            await asyncio.sleep(PAUSE_SECONDS)  # one that was left, and has not ended yet
            return None
        assert answer.is_success, answer.text
        assert answer.json()["id"] == order_id
        self.promises.held[order_id] = buyer
        return order_id

    async def _pay(self, buyer: Buyer, order_id: str) -> None:
        page = await self._page(buyer, order_id)
        assert await self.here.market.stripe.pay(self.here.http, page)
        self.promises.paid.add(order_id)

    async def _page(self, buyer: Buyer, order_id: str) -> str:
        while True:
            answer = await insist(lambda: buyer.call("POST", f"orders/{order_id}/payment"))
            assert answer.status_code in (200, 202), answer.text
            if answer.status_code == 200:
                page: str = answer.json()["url"]
                return page
            await asyncio.sleep(PAUSE_SECONDS)

    async def _cancel(self, buyer: Buyer, order_id: str) -> None:
        if self.chance.random() < 0.5:
            await self._page(buyer, order_id)
        answer = await insist(lambda: buyer.cancel(order_id))
        assert answer.is_success, answer.text
        if answer.json()["status"] == "canceled":
            self.promises.canceled.add(order_id)

    async def _leave(self, buyer: Buyer, order_id: str) -> None:
        if self.chance.random() < 0.5:
            await self._page(buyer, order_id)
        await buyer.leave(order_id)

    async def _refund(self, buyer: Buyer, order_id: str) -> None:
        await self._tickets(buyer, order_id)
        refund_id = str(uuid4())
        command = {"id": refund_id, "ticket_ids": None, "include_used": False, "reason": "ill"}
        path = f"admin/orders/{order_id}/refunds"
        answer = await insist(lambda: self.here.staff[0].post(path, json=command))
        assert answer.status_code == 202, answer.text
        self.promises.refunds[refund_id] = order_id

    async def _enter(self, buyer: Buyer, order_id: str) -> None:
        ticket = (await self._tickets(buyer, order_id))[0]
        scan = {
            "scan_id": str(uuid4()),
            "code": ticket["link"],
            "gate": f"Gate {self.chance.randint(1, 9)}",
            "scanned_at": rfc3339(SystemClock().now()),
        }
        path = f"door/{self.event['id']}/scans"
        answer = await insist(lambda: self.here.staff[1].post(path, json=scan))
        assert answer.json()["verdict"] == "admitted", answer.text
        self.promises.admitted[ticket["id"]] = scan["gate"]

    async def _tickets(self, buyer: Buyer, order_id: str) -> Any:
        """Once Stripe's word has arrived."""
        await self._pay(buyer, order_id)
        while True:
            order = (await insist(lambda: buyer.call("GET", f"orders/{order_id}"))).json()
            if order["status"] == "paid":
                return order["tickets"]
            await asyncio.sleep(PAUSE_SECONDS)


async def insist(call: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """The same request until it is answered, as a page does it."""
    while True:
        try:
            answer = await call()
        except httpx.TransportError:
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        if answer.status_code != 503:
            return answer
        await asyncio.sleep(PAUSE_SECONDS)
