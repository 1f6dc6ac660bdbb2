"""The sweep: what Stripe knows and we never heard of heals; the console tells how it stands."""

from typing import Any

import pytest

from bashi.core.batch import Query
from bashi.core.payments.provider import PaymentsUnavailable
from bashi.core.work.rounds import reconcile_if_due
from bashi.engines.stripe import client as stripe
from tests.events.organizer import write
from tests.orders.books import check_books
from tests.support.client import Client
from tests.support.shop import Shop


async def sweep(shop: Shop) -> Any:
    """Two minutes later; the console's figures afterwards."""
    shop.product.clock.advance(minutes=2)
    assert await reconcile_if_due(shop.product.ports)
    return await shop.overview()


async def test_a_lost_webhook_heals(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    await shop.pay(buyer, order)
    shop.stripe.forget()
    figures = await sweep(shop)
    assert (await shop.read(buyer, order))["status"] == "paid"
    assert await shop.seats(event) == (0, 2)
    assert figures["paid_without_ticket"] == 0
    await check_books(shop)


async def test_a_webhook_after_the_sweep_changes_nothing(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    await shop.pay(buyer, order)
    await sweep(shop)
    before = await shop.read(buyer, order)
    assert await shop.stripe.deliver() == ["already"]
    assert await shop.read(buyer, order) == before


async def test_a_payment_whose_page_we_never_heard_of_heals(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_drop_next=3, api_match="POST /v1/checkout/sessions")
    await buyer.post(f"orders/{order['id']}/payment")
    shop.stripe.pay(shop.stripe.sessions(order["id"])[0]["url"])
    shop.stripe.forget()
    await sweep(shop)
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_a_payment_long_after_its_page_was_made_is_found(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    url = await shop.open_payment(buyer, order)
    for _ in range(15):
        await sweep(shop)
    shop.stripe.pay(url)
    shop.stripe.forget()
    await sweep(shop)
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_lost_webhooks_on_several_pages_of_stripes_list_heal(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripe, "PAGE_SIZE", 2)
    event = await shop.event()
    orders = []
    for _ in range(5):
        buyer = await shop.buyer()
        order = await shop.hold(buyer, event)
        await shop.pay(buyer, order)
        orders.append((buyer, order))
    shop.stripe.forget()
    await sweep(shop)
    assert {(await shop.read(*order))["status"] for order in orders} == {"paid"}


async def test_a_lost_word_of_an_expired_page_is_found(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    shop.stripe.control("expire", session=shop.stripe.sessions(order["id"])[0]["id"])
    shop.stripe.forget()
    await sweep(shop)
    assert (await shop.read(buyer, order))["status"] == "expired"
    assert await shop.seats(event) == (0, 0)


async def test_a_lost_word_of_a_dashboard_refund_is_found(shop: Shop, buyer: Client) -> None:
    order = await shop.buy(buyer, await shop.event())
    shop.refund_in_dashboard(order)
    shop.stripe.forget()
    await sweep(shop)
    assert (await shop.read(buyer, order))["status"] == "refunded"
    await check_books(shop)


async def test_what_could_not_be_heard_yet_is_not_forgotten(shop: Shop, buyer: Client) -> None:
    """A refund from the dashboard while one of ours takes its time."""
    order = await shop.buy(buyer, await shop.event(), 2)
    shop.stripe.faults(refund_pending_next=1)
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]])
    await shop.work()
    shop.refund_in_dashboard(order, amount=100)
    shop.stripe.forget()
    for _ in range(10):
        await sweep(shop)
    shop.stripe.sandbox.tick()
    await sweep(shop)
    await sweep(shop)
    assert (await shop.read(buyer, order))["refunded_cents"] == 1600
    await check_books(shop)


async def test_an_event_that_we_cannot_deal_with_is_an_alarm_and_hides_no_other(
    shop: Shop, buyer: Client
) -> None:
    event, odd_event = await shop.event(), await shop.event()
    order, odd = await shop.buy(buyer, event), await shop.buy(buyer, odd_event)
    for each in (order, odd):  # the newest is heard first
        shop.refund_in_dashboard(each)
    shop.stripe.forget()
    await set_sold(shop, odd_event, 0)
    for _ in range(2):
        [alarm] = (await sweep(shop))["alarms"]
        assert "could not be dealt with" in alarm["detail"]
    assert (await shop.read(buyer, order))["status"] == "refunded"
    await set_sold(shop, odd_event, 1)
    await sweep(shop)
    shop.product.clock.advance(minutes=61)
    await shop.work()
    assert (await shop.read(buyer, odd))["status"] == "refunded"
    await check_books(shop)


async def set_sold(shop: Shop, event: Any, sold: int) -> None:
    """As somebody may spoil it by hand."""
    spoil = Query("UPDATE ticket_type SET sold = :sold WHERE event_id = :event")
    await shop.product.ports.database.batch([spoil(sold=sold, event=event["id"])])


async def test_a_wrong_payment_is_counted_at_every_look(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    url = await shop.open_payment(buyer, order)
    [session] = shop.stripe.sessions(order["id"])
    shop.stripe.sandbox.books.store.update({**session, "amount_total": 100})
    shop.stripe.pay(url)
    assert await shop.stripe.deliver() == ["mismatch"]
    looks = [await sweep(shop) for _ in range(2)]
    assert [(look["paid_without_ticket"], len(look["alarms"])) for look in looks] == [(1, 1)] * 2
    assert (await shop.read(buyer, order))["status"] == "pending"


async def test_the_figures_stay_while_stripe_is_down(shop: Shop, buyer: Client) -> None:
    before = await sweep(shop)
    shop.stripe.http.down = True
    shop.product.clock.advance(minutes=2)
    with pytest.raises(PaymentsUnavailable):
        await reconcile_if_due(shop.product.ports)
    after = await shop.overview()
    assert after["checked_at"] == before["checked_at"]


async def test_what_was_missed_while_stripe_was_down_is_found_later(
    shop: Shop, buyer: Client
) -> None:
    await sweep(shop)
    order = await shop.hold(buyer, await shop.event())
    await shop.pay(buyer, order)
    shop.stripe.forget()
    shop.product.clock.advance(hours=30)
    await buyer.login(buyer.person["email"])
    await shop.admin.login(shop.admin.person["email"])
    await sweep(shop)
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_the_sweep_waits_two_minutes(shop: Shop) -> None:
    await sweep(shop)
    assert not await reconcile_if_due(shop.product.ports)


async def test_before_the_first_look_no_time_is_shown(shop: Shop) -> None:
    assert (await shop.overview())["checked_at"] is None


async def test_the_console_shows_sales_and_refunds(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.buy(buyer, event, 3)
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]])
    await shop.work()
    other = await shop.buyer()
    await shop.hold(other, event, 2)
    figures = await shop.overview()
    shown = {name: figures[name] for name in ("sales_cents", "refunds_cents", "tickets_issued")}
    assert shown == {"sales_cents": 4500, "refunds_cents": 1500, "tickets_issued": 2}
    assert (figures["held_seats"], figures["events_upcoming"]) == (2, 1)


async def test_sales_in_another_currency_are_not_added_to_those_in_ours(
    shop: Shop, buyer: Client
) -> None:
    """BASHI_CURRENCY counts for new events only."""
    before = await shop.event()
    await shop.buy(buyer, before, 3)
    await shop.buy(await shop.buyer(), await shop.event(), 1)
    of_it = f"WHERE id = '{before['id']}'"
    await write(shop.product, f"UPDATE event SET currency = 'EUR' {of_it}")
    figures = await shop.overview()
    assert (figures["currency"], figures["sales_cents"], figures["tickets_issued"]) == (
        "USD",
        1500,
        4,
    )
    await write(shop.product, f"UPDATE event SET currency = 'USD' {of_it}")
