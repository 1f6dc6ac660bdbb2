"""Giving seats back: by the buyer, by time, and never while somebody could still pay for them."""

from bashi.core import limits
from tests.support.client import Client, problem
from tests.support.shop import Shop

EXPIRE = "/expire"


async def test_a_canceled_hold_gives_its_seats_back(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    answer = await buyer.post(f"orders/{order['id']}/cancel")
    assert (answer.status_code, answer.json()["status"]) == (200, "canceled")
    assert await shop.seats(event) == (0, 0)


async def test_canceling_twice_gives_the_seats_back_once(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    await shop.hold(await shop.buyer(), event, 3)
    order = await shop.hold(buyer, event, 2)
    for _ in range(2):
        await buyer.post(f"orders/{order['id']}/cancel")
    assert await shop.seats(event) == (3, 0)


async def test_canceling_ends_the_payment_page_first(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    assert (await buyer.post(f"orders/{order['id']}/cancel")).json()["status"] == "canceled"
    assert shop.stripe.sessions(order["id"])[0]["status"] == "expired"
    assert await shop.seats(event) == (0, 0)


async def test_canceling_waits_for_stripe(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    shop.stripe.http.down = True
    answer = await buyer.post(f"orders/{order['id']}/cancel")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    assert await shop.seats(event) == (1, 0)


async def test_a_payment_that_was_faster_wins_over_canceling(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.pay(buyer, order)
    answer = await buyer.post(f"orders/{order['id']}/cancel")
    assert (answer.status_code, answer.json()["status"]) == (200, "paid")
    assert await shop.seats(event) == (0, 1)
    assert set(await shop.stripe.deliver()) == {"already"}


async def test_a_paid_order_cannot_be_canceled(shop: Shop, buyer: Client) -> None:
    order = await shop.buy(buyer, await shop.event())
    problem(await buyer.post(f"orders/{order['id']}/cancel"), 409, "order_closed")


async def test_coming_back_from_the_payment_page_changes_nothing(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    await shop.open_payment(buyer, order)
    answer = await buyer.get(f"orders/{order['id']}", params={"canceled": "1"})
    assert answer.json()["status"] == "pending"


async def test_a_hold_without_a_payment_lasts_ten_minutes(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    shop.product.clock.advance(seconds=limits.HOLD_SECONDS - 1)
    await shop.work()
    assert await shop.seats(event) == (2, 0)
    shop.product.clock.advance(seconds=1)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "expired"
    assert await shop.seats(event) == (0, 0)


async def test_a_payment_page_lasts_thirty_five_minutes(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    shop.product.clock.advance(seconds=limits.SESSION_OPEN_SECONDS - 1)
    await shop.work()
    assert shop.stripe.sessions(order["id"])[0]["status"] == "open"
    assert await shop.seats(event) == (1, 0)
    shop.product.clock.advance(seconds=1)
    await shop.work()
    assert shop.stripe.sessions(order["id"])[0]["status"] == "expired"
    assert (await shop.read(buyer, order))["status"] == "expired"
    assert await shop.seats(event) == (0, 0)


async def test_seats_stay_held_until_stripe_says_expired(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    shop.product.clock.advance(seconds=limits.SESSION_OPEN_SECONDS)
    shop.stripe.http.down = True
    await shop.work()
    assert await shop.seats(event) == (1, 0)
    shop.stripe.http.down = False
    shop.product.clock.advance(minutes=1)
    await shop.work()
    assert await shop.seats(event) == (0, 0)


async def test_a_lost_answer_to_expiring_is_asked_for_again(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    shop.product.clock.advance(seconds=limits.SESSION_OPEN_SECONDS)
    shop.stripe.faults(api_drop_next=3, api_match=EXPIRE)
    await shop.work()
    assert await shop.seats(event) == (1, 0)
    shop.product.clock.advance(minutes=1)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "expired"


async def test_stripe_being_down_keeps_no_other_hold_alive(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    for _ in range(2):
        waiting = await shop.buyer()
        await shop.open_payment(waiting, await shop.hold(waiting, event))
    shop.product.clock.advance(seconds=limits.SESSION_OPEN_SECONDS)
    await shop.hold(buyer, event, 3)
    shop.product.clock.advance(seconds=limits.HOLD_SECONDS)
    shop.stripe.http.down = True
    await shop.work()
    assert await shop.seats(event) == (2, 0)


async def test_a_payment_found_while_expiring_settles_instead(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.pay(buyer, order)
    shop.product.clock.advance(seconds=limits.SESSION_OPEN_SECONDS)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "paid"
    assert await shop.seats(event) == (0, 1)


async def test_stripes_word_that_a_page_expired_gives_the_seats_back(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    asked = len(shop.stripe.http.requests)
    shop.stripe.control("expire", session=shop.stripe.sessions(order["id"])[0]["id"])
    assert await shop.stripe.deliver() == ["settled"]
    assert (await shop.read(buyer, order))["status"] == "expired"
    assert await shop.seats(event) == (0, 0)
    assert len(shop.stripe.http.requests) == asked


async def test_an_expired_order_leaves_room_for_the_next(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    await shop.hold(buyer, event)
    shop.product.clock.advance(seconds=limits.HOLD_SECONDS)
    await shop.work()
    await shop.hold(buyer, event)
    assert await shop.seats(event) == (1, 0)


async def test_a_slow_payment_keeps_its_seats_past_the_time(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    session = shop.stripe.pay(await shop.open_payment(buyer, order), slow=True)
    await shop.stripe.deliver()
    shop.product.clock.advance(seconds=limits.SESSION_OPEN_SECONDS)
    await shop.work()
    assert await shop.seats(event) == (1, 0)
    shop.stripe.control("settle", session=session, succeeded=True)
    await shop.stripe.deliver()
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_a_slow_payment_that_fails_gives_its_seats_back(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    session = shop.stripe.pay(await shop.open_payment(buyer, order), slow=True)
    assert await shop.stripe.deliver() == ["ignored"]
    shop.stripe.control("settle", session=session, succeeded=False)
    assert await shop.stripe.deliver() == ["settled"]
    assert (await shop.read(buyer, order))["status"] == "expired"
    assert await shop.seats(event) == (0, 0)
