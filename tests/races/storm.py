"""Hundreds of people who all want the same few seats, and who do what people do."""

import asyncio
import random
from collections import deque
from typing import Any
from uuid import uuid4

from tests.support.market import CROWD_AT_A_TIME, Buyer, Visit

TRIES = 4
SEATS_MAX = 3
PENDING = "SELECT COUNT(*) FROM orders WHERE event_id = ? AND status = 'pending'"
LATE = "UPDATE orders SET expires_at = 1 WHERE event_id = ? AND status = 'pending'"
REFUNDS_OPEN = "SELECT COUNT(*) FROM refund WHERE status IN ('asked', 'pending')"


class Storm:
    def __init__(self, here: Visit, event: Any, seed: int) -> None:
        self._here = here
        self._event = event
        self._random = random.Random(seed)
        self._ways = (
            *(self._pay,) * 4,
            self._pay_in_two_tabs,
            self._cancel,
            self._leave,
            self._leave_at_stripe,
            self._cancel_while_paying,
            self._end_while_paying,
            self._cancel_while_opening,
            self._end_while_opening,
            self._pay_after_leaving,
        )

    async def rage(self, people: list[Buyer]) -> None:
        """Everybody tries; who meets "sold out" queues again, since seats come back."""
        queue = deque((buyer, TRIES) for buyer in people)
        stutter = asyncio.create_task(self._stutter())
        try:
            await asyncio.gather(*(self._serve(queue) for _ in range(CROWD_AT_A_TIME)))
        finally:
            stutter.cancel()

    async def _stutter(self) -> None:
        """Now and then the disk is slow, so that many have read when the next may write."""
        while True:
            with self._here.market.tables.writes_wait():
                await asyncio.sleep(self._random.uniform(0, 0.1))
            await asyncio.sleep(self._random.uniform(0, 0.3))

    async def _serve(self, queue: deque[tuple[Buyer, int]]) -> None:
        while queue:
            buyer, tries = queue.popleft()
            if not await self._visit(buyer) and tries > 1:
                await asyncio.sleep(self._random.uniform(0, 0.2))
                queue.append((buyer, tries - 1))

    async def _visit(self, buyer: Buyer) -> bool:
        order_id = await self._hold(buyer, self._random.randint(1, SEATS_MAX))
        if order_id is not None:
            await self._random.choice(self._ways)(buyer, order_id)
        return order_id is not None

    async def _hold(self, buyer: Buyer, seats: int) -> str | None:
        order_id = str(uuid4())
        answer = await buyer.hold(self._event, seats, order_id)
        assert answer.status_code in (201, 409), answer.text
        if answer.status_code == 409:
            assert answer.json()["code"] == "sold_out", answer.text
            return None
        return order_id

    async def settle(self) -> None:
        """Time passes: holds end, lost links are paid late, and Stripe's word arrives."""
        market, event_id = self._here.market, self._event["id"]
        await market.change(LATE, event_id)
        await market.until_none(PENDING, event_id)
        await self._pay_lost_links()
        await market.until_delivered()
        await market.until_none(REFUNDS_OPEN)
        await market.until_delivered()

    async def _pay_lost_links(self) -> None:
        """Pages that opened when the order was being closed: Stripe would still take the money."""
        for session in self._here.market.stripe.objects("checkout.session"):
            if session["status"] == "open":
                await self._here.market.stripe.pay(self._here.http, session["url"])

    async def sell_out(self, people: list[Buyer]) -> int:
        """The seats that are left, one by one. Returns how many there were."""
        for sold, buyer in enumerate(people):
            order_id = await self._hold(buyer, 1)
            if order_id is None:
                return sold
            assert await buyer.pay(order_id)
            await self._here.market.until_none(PENDING, self._event["id"])
        raise AssertionError("seats without end")

    async def _pay(self, buyer: Buyer, order_id: str) -> None:
        await buyer.pay(order_id)

    async def _pay_in_two_tabs(self, buyer: Buyer, order_id: str) -> None:
        await asyncio.gather(buyer.pay(order_id), buyer.pay(order_id))

    async def _cancel(self, buyer: Buyer, order_id: str) -> None:
        await buyer.cancel(order_id)

    async def _leave(self, buyer: Buyer, order_id: str) -> None:
        await buyer.leave(order_id)

    async def _leave_at_stripe(self, buyer: Buyer, order_id: str) -> None:
        await buyer.open_payment(order_id)
        await buyer.leave(order_id)

    async def _cancel_while_paying(self, buyer: Buyer, order_id: str) -> None:
        await asyncio.gather(buyer.pay(order_id), self._soon(buyer.cancel, order_id))

    async def _end_while_paying(self, buyer: Buyer, order_id: str) -> None:
        await asyncio.gather(buyer.pay(order_id), self._soon(buyer.leave, order_id))

    async def _cancel_while_opening(self, buyer: Buyer, order_id: str) -> None:
        await asyncio.gather(buyer.open_payment(order_id), self._soon(buyer.cancel, order_id))

    async def _end_while_opening(self, buyer: Buyer, order_id: str) -> None:
        await buyer.leave(order_id)
        await asyncio.sleep(self._random.uniform(0, 1))
        await buyer.open_payment(order_id)

    async def _pay_after_leaving(self, buyer: Buyer, order_id: str) -> None:
        page = await buyer.open_payment(order_id)
        await buyer.leave(order_id)
        await asyncio.sleep(self._random.uniform(0, 2))
        if page is not None:
            await self._here.market.stripe.pay(self._here.http, page)

    async def _soon(self, act: Any, order_id: str) -> None:
        await asyncio.sleep(self._random.uniform(0, 0.3))
        await act(order_id)
