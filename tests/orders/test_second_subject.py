"""Payments and refunds know no order: another kind of subject is paid alone, and beside one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bashi.core.payments.open import Bill, Due, Ready, begin, carry_on
from bashi.core.payments.parts import Part
from bashi.core.payments.provider import CheckoutLine
from bashi.core.work.subjects import SUBJECTS
from tests.orders.books import accounts, check_books, check_seats
from tests.orders.wish import ADD, CREATE, MOVE, WISH, WishSubject
from tests.support.client import Client
from tests.support.database import Template
from tests.support.shop import Shop
from tests.support.stripe import Stripe, open_shop


@pytest.fixture
async def stripe(tmp_path: Path, database_template: Template) -> AsyncIterator[Stripe]:
    subjects = {**SUBJECTS, WISH: WishSubject()}
    async with open_shop(tmp_path, database_template, subjects=subjects) as stripe:
        await stripe.product.ports.database.batch([CREATE()])
        yield stripe


async def wish(shop: Shop, cents: int = 500) -> Part:
    identity = shop.new_id()
    await shop.product.ports.database.batch([ADD(id=identity, cents=cents)])
    return Part(WISH, identity, cents)


async def status(shop: Shop, part: Part) -> tuple[str, int]:
    [row] = await shop.product.rows("SELECT * FROM wish WHERE id = :id", id=part.subject_id)
    return row["status"], row["left_cents"]


async def open_page(shop: Shop, *parts: Part) -> str:
    ports = shop.product.ports
    bill = Bill(
        parts=parts,
        description="A wish",
        email="somebody@example.org",
        locale="en",
        currency="USD",
        lines=[CheckoutLine(part.subject_kind, part.amount_cents, 1) for part in parts],
        success_url="https://tickets.example.org/thanks/",
        cancel_url="https://tickets.example.org/",
        waits_until=ports.clock.now(),
    )
    due = await carry_on(ports, parts[0].subject_kind, parts[0].subject_id)
    assert isinstance(due, Due)
    ready = await begin(ports, bill, due)
    assert isinstance(ready, Ready)
    return ready.url


async def both(shop: Shop, buyer: Client, event: Any) -> tuple[Any, Part, str]:
    """An order of 30.00 and a wish of 5.00 on one page."""
    order = await shop.hold(buyer, event, 2)
    part = await wish(shop)
    url = await open_page(shop, Part("order", order["id"], 3000), part)
    return order, part, url


async def test_a_wish_is_paid_alone(shop: Shop) -> None:
    part = await wish(shop)
    shop.stripe.pay(await open_page(shop, part))
    assert await shop.stripe.deliver() == ["settled"]
    assert await status(shop, part) == ("true", 500)
    assert await accounts(shop) == {"stripe": 500, "wishes": -500}
    await check_books(shop)


async def test_a_wish_that_nobody_pays_expires_with_its_page(shop: Shop) -> None:
    part = await wish(shop)
    url = await open_page(shop, part)
    shop.stripe.control("expire", session=url.rpartition("/")[2])
    assert await shop.stripe.deliver() == ["settled"]
    assert (await status(shop, part))[0] == "gone"


async def test_an_order_and_a_wish_are_paid_in_one_session(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order, part, url = await both(shop, buyer, event)
    shop.stripe.pay(url)
    assert await shop.stripe.deliver() == ["settled"]
    assert (await shop.read(buyer, order))["status"] == "paid"
    assert await status(shop, part) == ("true", 500)
    assert await accounts(shop) == {"stripe": 3500, "sales": -3000, "wishes": -500}
    await check_books(shop)
    await check_seats(shop)


async def test_if_one_part_is_of_no_use_all_of_the_money_goes_back(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    order, part, url = await both(shop, buyer, event)
    gone = MOVE(status="gone", id=part.subject_id, was="open")
    await shop.product.ports.database.batch([gone])
    shop.stripe.pay(url)
    assert await shop.stripe.deliver() == ["returned"]
    assert (await shop.read(buyer, order))["status"] == "pending"
    await shop.work()
    await shop.stripe.deliver()
    assert [one["amount"] for one in shop.stripe.objects("refund")] == [3000, 500]
    assert shop.stripe.balance_cents() == 0
    assert await accounts(shop) == {}
    await check_books(shop)


async def test_a_canceled_order_ends_the_page_and_the_other_part_waits_on(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    order, part, _ = await both(shop, buyer, event)
    await buyer.post(f"orders/{order['id']}/cancel")
    assert await shop.stripe.deliver() == ["already"]
    assert (await shop.read(buyer, order))["status"] == "canceled"
    assert await shop.seats(event) == (0, 0)
    shop.product.clock.advance(seconds=1)
    shop.stripe.pay(await open_page(shop, part))
    assert await shop.stripe.deliver() == ["settled"]
    assert (await status(shop, part))[0] == "true"


async def test_all_of_a_shared_payment_is_given_back_in_the_dashboard(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    order, part, url = await both(shop, buyer, event)
    shop.stripe.pay(url)
    await shop.stripe.deliver()
    shop.refund_in_dashboard(order)
    assert set(await shop.stripe.deliver()) <= {"settled", "already"}
    assert (await shop.read(buyer, order))["status"] == "refunded"
    assert await status(shop, part) == ("refunded", 0)
    assert await accounts(shop) == {}
    assert (await shop.overview())["alarms"] == []
    await check_books(shop)
    await check_seats(shop)


async def test_an_order_of_a_shared_payment_is_refunded_alone(shop: Shop, buyer: Client) -> None:
    order, part, url = await both(shop, buyer, await shop.event())
    shop.stripe.pay(url)
    await shop.stripe.deliver()
    assert (await shop.refund(order)).status_code == 202
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunded"
    assert await status(shop, part) == ("true", 500)
    assert await accounts(shop) == {"stripe": 500, "wishes": -500}
    await check_books(shop)


async def test_a_return_that_came_back_from_the_bank_is_booked_for_its_part(
    shop: Shop, buyer: Client
) -> None:
    order, part, url = await both(shop, buyer, await shop.event())
    shop.stripe.pay(url)
    await shop.stripe.deliver()
    shop.stripe.faults(refund_fail_next=1)
    shop.refund_in_dashboard(order)
    await shop.stripe.deliver()
    shop.product.clock.advance(seconds=2)
    await shop.stripe.deliver()
    assert await status(shop, part) == ("refunded", 500)
    assert await accounts(shop) == {"stripe": 3500, "sales": -3000, "wishes": -500}
    assert len((await shop.overview())["alarms"]) == 2
    await check_books(shop)
