"""Death at every step: whatever is repeated afterwards ends where an undisturbed run ends.

Each test does one thing again and again, and the process dies one step later each time, until the
thing runs through. After each death it is repeated as its caller would repeat it (the page, Stripe,
the worker), and all the books must be right.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bashi.core.work.reconcile import reconcile
from tests.events.organizer import organizer_of
from tests.orders.books import check_books, check_seats
from tests.orders.fuse import Fuse, Killed, open_mortal_shop
from tests.support.client import Client
from tests.support.database import Template
from tests.support.shop import Shop

pytestmark = pytest.mark.slow

CREATE = "POST /v1/checkout/sessions"
STEPS_MAX = 200


@dataclass
class Stage:
    shop: Shop
    fuse: Fuse

    async def die_everywhere(
        self,
        prepare: Callable[[], Awaitable[Any]],
        act: Callable[[Any], Awaitable[Any]],
        check: Callable[[Any], Awaitable[None]],
    ) -> None:
        for step in range(STEPS_MAX):
            subject = await prepare()
            self.fuse.left = step
            died = False
            try:
                await act(subject)
            except Killed:
                died = True
            self.fuse.left = None
            # Long enough for leases and rate limits, too short for holds.
            self.shop.product.clock.advance(minutes=3)
            await act(subject)
            await check(subject)
            await check_seats(self.shop)
            await check_books(self.shop)
            if not died:
                assert step > 2
                return
        raise AssertionError("it never ran through")

    async def bought(self, *seats: int) -> tuple[Client, Any]:
        buyer = await self.shop.buyer()
        return buyer, await self.shop.buy(buyer, await self.shop.event(), *seats)


@pytest.fixture
async def stage(tmp_path: Path, database_template: Template) -> AsyncIterator[Stage]:
    async with open_mortal_shop(tmp_path, database_template) as (stripe, fuse):
        yield Stage(Shop(stripe, await organizer_of(stripe.product)), fuse)


async def test_holding(stage: Stage) -> None:
    shop = stage.shop
    buyer = await shop.buyer()

    async def prepare() -> Any:
        event = await shop.event()
        return event, shop.order_in(event, 2)

    async def hold(subject: Any) -> None:
        answer = await buyer.post("orders", json=subject[1])
        assert answer.status_code in (200, 201), answer.text

    async def check(subject: Any) -> None:
        assert await shop.seats(subject[0]) == (2, 0)
        await buyer.post(f"orders/{subject[1]['id']}/cancel")

    await stage.die_everywhere(prepare, hold, check)


async def test_a_free_order(stage: Stage) -> None:
    shop = stage.shop

    async def prepare() -> Any:
        event = await shop.event({"price_cents": 0})
        return event, shop.order_in(event, 2), await shop.buyer()

    async def hold(subject: Any) -> None:
        answer = await subject[2].post("orders", json=subject[1])
        assert answer.json()["status"] == "paid", answer.text

    async def check(subject: Any) -> None:
        assert await shop.seats(subject[0]) == (0, 2)

    await stage.die_everywhere(prepare, hold, check)


async def test_opening_a_payment(stage: Stage) -> None:
    shop = stage.shop
    buyer = await shop.buyer()

    async def prepare() -> Any:
        return await shop.hold(buyer, await shop.event(), 2)

    async def ask(order: Any) -> str:
        return await shop.open_payment(buyer, order)

    async def check(order: Any) -> None:
        [session] = shop.stripe.sessions(order["id"])
        assert session["status"] == "open"
        await buyer.post(f"orders/{order['id']}/cancel")

    await stage.die_everywhere(prepare, ask, check)


async def test_hearing_of_a_payment(stage: Stage) -> None:
    shop = stage.shop
    buyer = await shop.buyer()

    async def prepare() -> Any:
        order = await shop.hold(buyer, await shop.event(), 2)
        await shop.pay(buyer, order)
        return order, shop.stripe.waiting()[-1]

    async def hear(subject: Any) -> None:
        assert (await shop.stripe.send(subject[1])).status_code == 200

    async def check(subject: Any) -> None:
        order = await shop.read(buyer, subject[0])
        assert (order["status"], len(order["tickets"])) == ("paid", 2)

    await stage.die_everywhere(prepare, hear, check)


async def test_finding_a_payment_by_the_sweep(stage: Stage) -> None:
    shop = stage.shop
    buyer = await shop.buyer()

    async def prepare() -> Any:
        order = await shop.hold(buyer, await shop.event())
        await shop.pay(buyer, order)
        shop.stripe.forget()
        return order

    async def sweep(_: Any) -> None:
        await reconcile(shop.product.ports)

    async def check(order: Any) -> None:
        assert (await shop.read(buyer, order))["status"] == "paid"

    await stage.die_everywhere(prepare, sweep, check)


async def test_returning_a_payment(stage: Stage) -> None:
    shop = stage.shop
    buyer = await shop.buyer()

    async def prepare() -> Any:
        order = await shop.hold(buyer, await shop.event(), 2)
        shop.stripe.faults(api_drop_next=3, api_match=CREATE)
        await buyer.post(f"orders/{order['id']}/payment")
        await buyer.post(f"orders/{order['id']}/cancel")
        shop.stripe.pay(shop.stripe.sessions(order["id"])[0]["url"])
        return order, shop.stripe.waiting()[-1]

    async def hear_and_work(subject: Any) -> None:
        assert (await shop.stripe.send(subject[1])).status_code == 200
        await shop.work()

    async def check(subject: Any) -> None:
        assert shop.stripe.balance_cents() == 0

    await stage.die_everywhere(prepare, hear_and_work, check)


async def test_canceling(stage: Stage) -> None:
    shop = stage.shop
    buyer = await shop.buyer()

    async def prepare() -> Any:
        order = await shop.hold(buyer, await shop.event(), 2)
        await shop.open_payment(buyer, order)
        return order

    async def cancel(order: Any) -> None:
        assert (await buyer.post(f"orders/{order['id']}/cancel")).status_code == 200

    async def check(order: Any) -> None:
        assert (await shop.read(buyer, order))["status"] == "canceled"

    await stage.die_everywhere(prepare, cancel, check)


async def test_expiring(stage: Stage) -> None:
    shop = stage.shop
    buyer = await shop.buyer()

    async def prepare() -> Any:
        order = await shop.hold(buyer, await shop.event(), 2)
        await shop.open_payment(buyer, order)
        shop.product.clock.advance(minutes=36)
        return order

    async def expire(_: Any) -> None:
        await shop.work()

    async def check(order: Any) -> None:
        assert (await shop.read(buyer, order))["status"] == "expired"

    await stage.die_everywhere(prepare, expire, check)


async def test_refunding(stage: Stage) -> None:
    shop = stage.shop

    async def prepare() -> Any:
        await shop.work()
        return *(await stage.bought(2)), shop.new_id()

    async def refund_and_work(subject: Any) -> None:
        _, order, refund_id = subject
        assert (await shop.refund(order, id=refund_id)).status_code == 202
        await shop.work()

    async def check(subject: Any) -> None:
        buyer, order, _ = subject
        assert (await shop.read(buyer, order))["refunded_cents"] == 3000
        assert len([one for one in shop.stripe.objects("refund") if one["amount"] == 3000]) == (
            len(await shop.product.rows("SELECT id FROM refund"))
        )

    await stage.die_everywhere(prepare, refund_and_work, check)


async def test_hearing_of_a_refund_from_the_dashboard(stage: Stage) -> None:
    shop = stage.shop

    async def prepare() -> Any:
        buyer, order = await stage.bought(2)
        shop.stripe.control(
            "refund", payment_intent=shop.stripe.sessions(order["id"])[0]["payment_intent"]
        )
        return buyer, order, shop.stripe.waiting()[-1]

    async def hear_and_work(subject: Any) -> None:
        assert (await shop.stripe.send(subject[2])).status_code == 200
        await shop.work()

    async def check(subject: Any) -> None:
        buyer, order, _ = subject
        assert (await shop.read(buyer, order))["status"] == "refunded"

    await stage.die_everywhere(prepare, hear_and_work, check)


async def test_a_refund_that_failed(stage: Stage) -> None:
    shop = stage.shop

    async def prepare() -> Any:
        buyer, order = await stage.bought(2)
        shop.stripe.faults(refund_pending_next=1)
        await shop.refund(order)
        await shop.work()
        refund = shop.stripe.objects("refund")[-1]
        shop.stripe.control("finish-refund", refund=refund["id"], status="failed")
        return buyer, order, shop.stripe.waiting()[-1]

    async def hear(subject: Any) -> None:
        assert (await shop.stripe.send(subject[2])).status_code == 200

    async def check(subject: Any) -> None:
        buyer, order, _ = subject
        now = await shop.read(buyer, order)
        assert (now["status"], {one["status"] for one in now["tickets"]}) == ("paid", {"valid"})

    await stage.die_everywhere(prepare, hear, check)


async def test_calling_an_event_off(stage: Stage) -> None:
    shop = stage.shop

    async def prepare() -> Any:
        await shop.work()
        event = await shop.event()
        one, other, last = [await shop.buyer() for _ in range(3)]
        paid = await shop.buy(one, event)
        opened = await shop.hold(other, event)
        await shop.open_payment(other, opened)
        held = await shop.hold(last, event)
        return event, ((one, paid), (other, opened), (last, held))

    async def cancel_and_work(subject: Any) -> None:
        event = await shop.organizer.read(subject[0])
        assert (await shop.organizer.cancel(event)).status_code == 200
        await shop.work()

    async def check(subject: Any) -> None:
        _, orders = subject
        statuses = [(await shop.read(*order))["status"] for order in orders]
        assert statuses == ["refunded", "canceled", "canceled"]
        told = await shop.product.rows(
            "SELECT id FROM outbox WHERE kind = 'event_canceled' AND status = 'sent'"
            " AND subject_id = :id",
            id=orders[0][1]["id"],
        )
        assert len(told) == 1

    await stage.die_everywhere(prepare, cancel_and_work, check)


async def test_giving_a_ticket(stage: Stage) -> None:
    shop = stage.shop

    async def prepare() -> Any:
        event = await shop.event({"kept_back": 2})
        return event, {
            "order_id": shop.new_id(),
            "email": "guest@example.org",
            "name": "Guest",
            "locale": "en",
            "ticket_type_id": event["ticket_types"][0]["id"],
            "attendees": ["Guest", "Other"],
            "from_kept_back": True,
        }

    async def give(subject: Any) -> None:
        event, complimentary = subject
        answer = await shop.admin.post(
            f"admin/events/{event['id']}/complimentary", json=complimentary
        )
        assert answer.status_code == 201, answer.text

    async def check(subject: Any) -> None:
        assert await shop.seats(subject[0]) == (0, 2)

    await stage.die_everywhere(prepare, give, check)


async def test_scanning(stage: Stage) -> None:
    shop = stage.shop
    _, order = await stage.bought(8)
    tickets = iter(order["tickets"])

    async def prepare() -> Any:
        scan = {"scan_id": shop.new_id(), "gate": "A", "scanned_at": "2026-11-20T12:00:00Z"}
        return {**scan, "code": next(tickets)["link"]}

    async def scan(command: Any) -> None:
        event_id = order["event"]["id"]
        answer = await shop.admin.post(f"door/{event_id}/scans", json=command)
        assert answer.json()["verdict"] == "admitted"

    async def check(command: Any) -> None:
        rows = await shop.product.rows(
            "SELECT verdict FROM scan WHERE id = :id", id=command["scan_id"]
        )
        assert rows == [{"verdict": "admitted"}]

    await stage.die_everywhere(prepare, scan, check)
