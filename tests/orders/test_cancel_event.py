"""Calling an event off, and moving one: everybody hears of it, and everybody's money goes back."""

from typing import Any

import pytest

from bashi.core.orders import move_event
from bashi.core.refunds import cancel_event
from bashi.http.fields import rfc3339
from tests.events.organizer import DAY, HOUR
from tests.orders.books import check_books, check_seats
from tests.support.client import Client, problem
from tests.support.shop import Shop
from tests.support.stand_ins import NOON


async def settle_down(shop: Shop) -> None:
    """Work and webhooks until nothing happens any more."""
    await shop.work()
    await shop.stripe.deliver()
    await shop.work()


async def test_a_canceled_event_sells_nothing_more(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    await shop.organizer.cancel(event)
    problem(await shop.try_hold(buyer, event), 409, "not_on_sale")


async def test_paid_orders_are_refunded_in_full(shop: Shop, buyer: Client) -> None:
    event = await shop.event({}, {"price_cents": 0})
    paid, other = await shop.buyer(), await shop.buyer()
    orders = [
        (buyer, await shop.buy(buyer, event, 2, 1)),
        (paid, await shop.buy(paid, event, 1)),
        (other, await shop.hold(other, event, 0, 2)),
    ]
    await shop.organizer.cancel(event)
    await settle_down(shop)
    assert [(await shop.read(who, order))["status"] for who, order in orders] == ["refunded"] * 3
    assert shop.stripe.balance_cents() == 0
    await check_books(shop)
    await check_seats(shop)


async def test_used_tickets_are_refunded_too(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.buy(buyer, event)
    use = {"scan_id": shop.new_id(), "gate": "A"}
    await shop.admin.post(f"tickets/{order['tickets'][0]['id']}/use", json=use)
    await shop.organizer.cancel(event)
    await settle_down(shop)
    assert (await shop.read(buyer, order))["status"] == "refunded"


async def test_open_orders_end_and_their_payment_pages_with_them(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    held = await shop.hold(buyer, event)
    other = await shop.buyer()
    opened = await shop.hold(other, event)
    await shop.open_payment(other, opened)
    await shop.organizer.cancel(event)
    await settle_down(shop)
    assert (await shop.read(buyer, held))["status"] == "canceled"
    assert (await shop.read(other, opened))["status"] == "canceled"
    assert shop.stripe.sessions(opened["id"])[0]["status"] == "expired"
    assert await shop.seats(event) == (0, 0)


async def test_a_payment_on_the_way_is_refunded_too(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.pay(buyer, order)
    await shop.organizer.cancel(event)
    await settle_down(shop)
    assert (await shop.read(buyer, order))["status"] == "refunded"
    assert shop.stripe.balance_cents() == 0
    await check_books(shop)


async def test_every_holder_gets_one_email(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    await shop.buy(buyer, event)
    guest = {"email": "guest@example.org", "name": "Guest", "locale": "bn"}
    await give(shop, event, **guest)
    await shop.organizer.cancel(event)
    await settle_down(shop)
    await settle_down(shop)
    told = await shop.product.rows(
        "SELECT recipient, locale, status FROM outbox WHERE kind = 'event_canceled'"
        " ORDER BY recipient"
    )
    assert [tuple(row.values()) for row in told] == [
        (buyer.person["email"], "en", "sent"),
        ("guest@example.org", "bn", "sent"),
    ]


async def test_the_email_names_what_comes_back(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.buy(buyer, event, 3)
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]])
    await settle_down(shop)
    await shop.organizer.cancel(event)
    await settle_down(shop)
    [message] = [
        one.text for one in shop.product.mailbox.emails if one.message_id.startswith("<canceled.")
    ]
    assert "$30.00" in message


async def test_the_organizer_sees_how_far_it_is(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    for _ in range(3):
        client = await shop.buyer()
        await shop.buy(client, event)
    await shop.product.deliver()
    await shop.organizer.cancel(event)
    begun = (await shop.organizer.read(event))["cancellation"]
    assert begun == {"orders_total": 3, "orders_done": 0, "emails_waiting": 0}
    await settle_down(shop)
    done = (await shop.organizer.read(event))["cancellation"]
    assert done == {"orders_total": 3, "orders_done": 3, "emails_waiting": 0}


async def test_it_goes_on_after_stripe_was_down(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    opened, paid = await shop.buyer(), await shop.buyer()
    order = await shop.hold(opened, event)
    await shop.open_payment(opened, order)
    bought = await shop.buy(paid, event)
    await shop.organizer.cancel(event)
    shop.stripe.http.down = True
    await shop.work()
    assert (await shop.read(opened, order))["status"] == "pending"
    shop.stripe.http.down = False
    for _ in range(3):
        shop.product.clock.advance(minutes=6)
        await settle_down(shop)
    assert (await shop.read(opened, order))["status"] == "canceled"
    assert (await shop.read(paid, bought))["status"] == "refunded"
    await check_books(shop)


async def test_a_refund_under_way_holds_up_no_other_order(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    slow = await shop.buy(buyer, event, 2)
    other = await shop.buyer()
    fast = await shop.buy(other, event)
    shop.stripe.faults(refund_pending_next=1)
    await shop.refund(slow, ticket_ids=[slow["tickets"][0]["id"]])
    await shop.work()
    await shop.organizer.cancel(event)
    await shop.work()
    assert (await shop.read(other, fast))["status"] == "refunded"
    assert (await shop.read(buyer, slow))["status"] == "refunding"
    shop.product.clock.advance(minutes=6)
    await settle_down(shop)
    shop.product.clock.advance(minutes=6)
    await settle_down(shop)
    assert (await shop.read(buyer, slow))["refunded_cents"] == 3000
    assert shop.stripe.balance_cents() == 0


async def test_many_refunds_under_way_hold_up_no_other_order(
    shop: Shop, buyer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cancel_event, "STEP", 2)
    event = await shop.event()
    last = await shop.buy(buyer, event, id="ffffffff-ffff-7fff-bfff-ffffffffffff")
    slow = [await shop.buy(await shop.buyer(), event, 2) for _ in range(3)]
    shop.stripe.faults(refund_pending_next=len(slow))
    for order in slow:
        await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]])
    await shop.work()
    await shop.organizer.cancel(event)
    await shop.work()
    assert (await shop.read(buyer, last))["status"] == "refunded"
    for _ in range(2):
        shop.product.clock.advance(minutes=6)
        await settle_down(shop)
    assert shop.stripe.balance_cents() == 0


async def test_more_orders_than_fit_one_step(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cancel_event, "STEP", 2)
    event = await shop.event()
    for number in range(5):
        await give(shop, event, email=f"guest{number}@example.org")
    await shop.organizer.cancel(event)
    await settle_down(shop)
    rows = await shop.product.rows("SELECT DISTINCT status FROM orders")
    assert rows == [{"status": "refunded"}]
    assert await shop.seats(event) == (0, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": rfc3339(NOON + 11 * DAY), "ends_at": rfc3339(NOON + 11 * DAY + HOUR)},
        {"venue": "The Other Hall"},
        {"address": "2 River Road"},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_a_moved_event_is_told_to_its_holders(
    shop: Shop, buyer: Client, change: dict[str, Any]
) -> None:
    event = await shop.event()
    await shop.buy(buyer, event)
    await shop.hold(await shop.buyer(), event)
    await shop.product.deliver()
    assert (await shop.organizer.edit(event, **change)).status_code == 200
    emails = await shop.product.deliver()
    assert [message.to for message in emails] == [buyer.person["email"]]
    assert "Riverside Hall" in emails[0].text


async def test_nobody_hears_of_a_move_after_the_cancellation(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    await shop.buy(buyer, event)
    await shop.product.deliver()
    moved = (await shop.organizer.edit(event, venue="The Other Hall")).json()
    await shop.organizer.cancel(moved)
    [message] = await shop.product.deliver()
    assert message.subject.startswith("Canceled:")


async def test_who_has_no_ticket_any_more_hears_of_no_move(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.buy(buyer, event)
    await shop.product.deliver()
    await shop.refund(order)
    await shop.organizer.edit(event, venue="The Other Hall")
    assert await shop.product.deliver() == []


async def test_new_words_are_told_to_nobody(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    await shop.buy(buyer, event)
    await shop.product.deliver()
    await shop.organizer.edit(event, summary="More drums.")
    assert await shop.product.deliver() == []


async def test_more_holders_than_fit_one_step_hear_of_a_move_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(move_event, "STEP", 2)
    event = await shop.event()
    for number in range(5):
        await give(shop, event, email=f"guest{number}@example.org")
    await shop.product.deliver()
    await shop.organizer.edit(event, venue="The Other Hall")
    emails = await shop.product.deliver()
    assert len(emails) == len({message.to for message in emails}) == 5


async def give(shop: Shop, event: Any, **changes: Any) -> Any:
    complimentary = {
        "order_id": shop.new_id(),
        "email": "guest@example.org",
        "name": "Guest",
        "locale": "en",
        "ticket_type_id": event["ticket_types"][0]["id"],
        "attendees": ["Guest"],
        "from_kept_back": False,
    }
    path = f"admin/events/{event['id']}/complimentary"
    answer = await shop.admin.post(path, json=complimentary | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()
