"""A shop to buy in: an organizer's event, buyers, and the way from a hold to tickets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bashi.core.work.rounds import work_once
from tests.events.organizer import Organizer
from tests.support.client import TERMS, Client
from tests.support.product import Product
from tests.support.stripe import Stripe

PRICE_CENTS = 1500


class Sale:
    """What an organizer and buyers do through the API, wherever the product runs."""

    organizer: Organizer

    @property
    def admin(self) -> Client:
        return self.organizer.client

    def new_id(self) -> str:
        return self.organizer.ids.uuid()

    async def pass_seconds(self, seconds: int) -> None:
        raise NotImplementedError

    async def event(self, *types: dict[str, Any], **changes: Any) -> Any:
        """A published event; without `types` it has one for 15.00 with 100 seats."""
        event = await self.organizer.create(**changes)
        for place, kind in enumerate(types or ({},)):
            await self.organizer.add_type(event, **({"position": place} | kind))
        return await self.organizer.publish(event)

    def order_in(self, event: Any, *seats: int, **changes: Any) -> dict[str, Any]:
        """`seats` of each ticket type, in the organizer's order; one of the first unless said."""
        lines = [
            line_in(kind["id"], count)
            for kind, count in zip(event["ticket_types"], seats or (1,), strict=False)
            if count
        ]
        order = {"id": self.new_id(), "event_id": event["id"], "lines": lines, **changes}
        seen = {"total_cents": total_cents(event, order["lines"])}
        return {"locale": "en", "terms_version": TERMS, **seen, **order}

    async def try_hold(
        self, client: Client, event: Any, *seats: int, **changes: Any
    ) -> httpx.Response:
        return await client.post("orders", json=self.order_in(event, *seats, **changes))

    async def hold(self, client: Client, event: Any, *seats: int, **changes: Any) -> Any:
        answer = await self.try_hold(client, event, *seats, **changes)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def open_payment(self, client: Client, order: Any) -> str:
        """Where to pay. Waits in line as the page does."""
        answer = await client.post(f"orders/{order['id']}/payment")
        while answer.status_code == 202:
            await self.pass_seconds(int(answer.headers["retry-after"]))
            answer = await client.post(f"orders/{order['id']}/payment")
        assert answer.status_code == 200, answer.text
        url: str = answer.json()["url"]
        return url

    async def read(self, client: Client, order: Any) -> Any:
        answer = await client.get(f"orders/{order['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refund(self, order: Any, **changes: Any) -> httpx.Response:
        command = {
            "id": self.new_id(),
            "ticket_ids": None,
            "include_used": False,
            "reason": "asked",
        }
        path = f"admin/orders/{order['id']}/refunds"
        return await self.admin.post(path, json=command | changes)

    async def seats(self, event: Any, place: int = 0) -> tuple[int, int]:
        """(held, sold) of a ticket type."""
        kind = (await self.organizer.read(event))["ticket_types"][place]
        return kind["held"], kind["sold"]

    async def overview(self) -> Any:
        answer = await self.admin.get("admin/overview")
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass
class Shop(Sale):
    """In this process: Stripe's webhooks and the background work wait until they are asked for."""

    stripe: Stripe
    organizer: Organizer
    buyers: list[Client] = field(default_factory=list)

    @property
    def product(self) -> Product:
        return self.stripe.product

    async def pass_seconds(self, seconds: int) -> None:
        self.product.clock.advance(seconds=seconds)

    async def buyer(self, email: str | None = None) -> Client:
        """Somebody with an account of their own, at an address of their own."""
        number = len(self.buyers) + 1
        client = self.product.client(f"203.0.113.{number}")
        await client.register(email or f"buyer{number}@example.org")
        self.buyers.append(client)
        return client

    async def pay(self, client: Client, order: Any, card: str | None = None) -> str:
        """Pays at Stripe; its webhooks wait. Returns the session's id."""
        url = await self.open_payment(client, order)
        return self.stripe.pay(url, **({"card": card} if card else {}))

    async def buy(self, client: Client, event: Any, *seats: int, **changes: Any) -> Any:
        """From the hold to the tickets, the webhooks delivered."""
        order = await self.hold(client, event, *seats, **changes)
        await self.pay(client, order)
        await self.stripe.deliver()
        paid = await self.read(client, order)
        assert paid["status"] == "paid", paid
        return paid

    def refund_in_dashboard(self, order: Any, **amount: int) -> None:
        """All that was paid, or an `amount` in cents; the webhooks wait."""
        [session] = self.stripe.sessions(order["id"])
        self.stripe.control("refund", payment_intent=session["payment_intent"], **amount)

    async def work(self) -> None:
        """What the background does until nothing is due; webhooks stay where they are."""
        while await work_once(self.product.ports):
            pass


def total_cents(event: Any, lines: Sequence[Any]) -> int:
    """What a buyer of these lines saw on the page of `event`."""
    prices = {kind["id"]: kind["price_cents"] for kind in event["ticket_types"]}
    return sum(
        line["quantity"] * prices.get(line["ticket_type_id"], 0)
        for line in lines
        if isinstance(line["quantity"], int)
    )


def line_in(type_id: str, quantity: int, attendees: Sequence[str] | None = None) -> dict[str, Any]:
    names = [f"Guest {number}" for number in range(1, quantity + 1)]
    return {
        "ticket_type_id": type_id,
        "quantity": quantity,
        "attendees": names if attendees is None else attendees,
    }
