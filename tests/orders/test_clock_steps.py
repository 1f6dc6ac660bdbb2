"""A server whose clock was hours off for a moment: all goes on within seconds."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bashi.core import limits
from bashi.core.payments.provider import PaymentsUnavailable
from bashi.core.work.rounds import reconcile_if_due
from tests.events.organizer import organizer_of
from tests.orders.books import check_books
from tests.support.client import Client
from tests.support.database import Template
from tests.support.shop import Shop
from tests.support.stripe import open_shop

SOON_SECONDS = 10
HOURS = 2
ADDRESS = "buyer1@example.org"


@pytest.fixture
async def narrow_shop(tmp_path: Path, database_template: Template) -> AsyncIterator[Shop]:
    """One payment page a second."""
    async with open_shop(tmp_path, database_template, sessions_per_second=1) as stripe:
        yield Shop(stripe, await organizer_of(stripe.product))


async def step(shop: Shop, hours: float) -> None:
    """The clock jumps; what is due by then is done."""
    shop.product.clock.advance(hours=hours)
    await shop.work()


async def soon(shop: Shop) -> None:
    """A few rounds of the background, no longer than ten seconds."""
    for _ in range(2):
        shop.product.clock.advance(seconds=SOON_SECONDS / 2)
        await shop.work()


async def test_payment_pages_go_on_at_once(shop: Shop) -> None:
    event = await shop.event()
    await step(shop, HOURS)
    ahead = await shop.buyer()
    await shop.open_payment(ahead, await shop.hold(ahead, event))
    await step(shop, -HOURS)
    buyer = await shop.buyer()
    order = await shop.hold(buyer, event)
    answer = await buyer.post(f"orders/{order['id']}/payment")
    assert answer.json()["place"] in (None, 1), answer.text  # behind the one who came before
    await soon(shop)
    assert (await buyer.post(f"orders/{order['id']}/payment")).status_code == 200


async def test_who_waited_in_line_gets_the_page_soon(narrow_shop: Shop) -> None:
    shop = narrow_shop
    event = await shop.event()
    await step(shop, HOURS)
    waiting = []
    for _ in range(4):
        buyer = await shop.buyer()
        order = await shop.hold(buyer, event)
        waiting.append((buyer, order, await buyer.post(f"orders/{order['id']}/payment")))
    assert [answer.status_code for _, _, answer in waiting] == [200, 202, 202, 202]
    await step(shop, -HOURS)
    await soon(shop)
    for buyer, order, _ in waiting:
        answer = await buyer.post(f"orders/{order['id']}/payment")
        assert answer.status_code == 200, answer.text


async def test_who_asked_while_stripe_was_down_gets_the_page_soon(shop: Shop) -> None:
    event, buyer = await shop.event(), await shop.buyer()
    await step(shop, HOURS)
    order = await shop.hold(buyer, event)
    shop.stripe.http.down = True
    await buyer.post(f"orders/{order['id']}/payment")
    shop.stripe.http.down = False
    await step(shop, -HOURS)
    await soon(shop)
    assert (await buyer.post(f"orders/{order['id']}/payment")).status_code == 200


@pytest.mark.parametrize("opened", [False, True])
async def test_seats_held_meanwhile_come_back_in_their_time(shop: Shop, *, opened: bool) -> None:
    event, buyer = await shop.event(), await shop.buyer()
    await step(shop, HOURS)
    order = await shop.hold(buyer, event, 3)
    if opened:
        await shop.open_payment(buyer, order)
    await step(shop, -HOURS)
    assert await shop.seats(event) == (3, 0)
    for _ in range(4):
        shop.product.clock.advance(minutes=10)
        await shop.work()
    assert await shop.seats(event) == (0, 0)


async def test_emails_queued_meanwhile_leave_soon(shop: Shop) -> None:
    shop.product.clock.advance(hours=HOURS)
    await shop.buyer("ahead@example.org")
    shop.product.clock.advance(hours=-HOURS)
    await soon(shop)
    assert "ahead@example.org" in {sent.to for sent in shop.product.mailbox.emails}


async def test_refunds_asked_for_meanwhile_are_carried_soon(shop: Shop, buyer: Client) -> None:
    order = await shop.buy(buyer, await shop.event())
    shop.product.clock.advance(hours=HOURS)
    shop.stripe.http.down = True
    await shop.refund(order)
    await shop.work()
    shop.stripe.http.down = False
    shop.product.clock.advance(hours=-HOURS)
    await soon(shop)
    assert (await shop.read(buyer, order))["status"] == "refunded"
    await check_books(shop)


async def test_the_sweep_goes_on_and_misses_nothing(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    before, after = await shop.buyer(), await shop.buyer()
    await reconcile_if_due(shop.product.ports)
    order = await shop.hold(buyer, event)
    await shop.pay(buyer, order)
    shop.stripe.forget()
    shop.product.clock.advance(hours=HOURS)
    shop.stripe.http.down = True
    with pytest.raises(PaymentsUnavailable):
        await reconcile_if_due(shop.product.ports)
    shop.stripe.http.down = False
    assert await reconcile_if_due(shop.product.ports)
    shop.product.clock.advance(hours=-HOURS)
    lost: list[tuple[Client, Any]] = []
    for who in (before, after):
        lost.append((who, await shop.hold(who, event)))
        await shop.pay(*lost[-1])
        shop.stripe.forget()
        shop.product.clock.advance(seconds=SOON_SECONDS)
        assert await reconcile_if_due(shop.product.ports) or lost[1:]
    shop.product.clock.advance(minutes=2)
    assert await reconcile_if_due(shop.product.ports)
    for who, one in [(buyer, order), *lost]:
        assert (await shop.read(who, one))["status"] == "paid"


async def test_a_clock_that_stays_ahead_of_stripes_misses_nothing(
    shop: Shop, buyer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Webhooks are refused then, so the sweep must find what was paid."""
    event = await shop.event()
    clock = shop.product.clock
    stripes = shop.stripe.sandbox.books
    monkeypatch.setattr(stripes, "now", lambda: int(clock.seconds()) - HOURS * 3600)
    for _ in range(3):
        order = await shop.hold(buyer, event)
        await shop.pay(buyer, order)
        shop.stripe.forget()
        clock.advance(minutes=2)
        assert await reconcile_if_due(shop.product.ports)
        assert (await shop.read(buyer, order))["status"] == "paid"


async def test_a_stolen_refresh_token_is_found_out_all_the_same(shop: Shop) -> None:
    buyer = await shop.buyer()
    shop.product.clock.advance(hours=HOURS)
    stolen = dict(buyer.cookies)
    assert (await buyer.post("auth/refresh")).status_code == 200
    shop.product.clock.advance(hours=-HOURS)
    thief = shop.product.client()
    thief.cookies.update(stolen)
    assert (await thief.post("auth/refresh")).status_code == 401
    assert (await buyer.get("me")).status_code == 401


@pytest.mark.parametrize("hours", [HOURS, -HOURS])
async def test_nobody_is_signed_out_and_the_door_admits(shop: Shop, hours: float) -> None:
    event, buyer = await shop.event(), await shop.buyer()
    order = await shop.buy(buyer, event)
    await step(shop, hours)
    assert (await buyer.get("me")).status_code == 200
    assert (await shop.read(buyer, order))["status"] == "paid"
    code = order["tickets"][0]["typed_code"]
    form = {
        "scan_id": shop.new_id(),
        "typed_code": code,
        "gate": "A",
        "scanned_at": "2026-11-20T12:00:00Z",
    }
    answer = await shop.admin.post(f"door/{event['id']}/scans", json=form)
    assert answer.json()["verdict"] == "admitted", answer.text


async def test_emails_an_hour_are_counted_from_now(shop: Shop) -> None:
    free = await shop.event({"price_cents": 0})
    buyer = await shop.buyer()
    shop.product.clock.advance(hours=HOURS)
    for _ in range(limits.EMAILS_PER_HOUR_UNVERIFIED):
        await shop.hold(buyer, free)
        await shop.product.client().post("auth/forgot-password", json={"email": ADDRESS})
    shop.product.clock.advance(hours=-HOURS)
    await shop.hold(buyer, free)
    await shop.product.client().post("auth/forgot-password", json={"email": ADDRESS})
    await soon(shop)
    links = [email for email in shop.product.mailbox.emails if "/reset/#" in email.text]
    assert len(links) == limits.EMAILS_PER_HOUR_UNVERIFIED + 1
