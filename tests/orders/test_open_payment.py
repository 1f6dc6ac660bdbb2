"""The way to the payment page: one attempt at a time, its row before Stripe hears of it."""

from pathlib import Path

import pytest

from bashi.core import limits
from tests.events.organizer import organizer_of
from tests.support.client import Client, problem
from tests.support.database import Template
from tests.support.product import SITE
from tests.support.shop import Shop
from tests.support.stripe import open_shop

TRIES_IN_A_CALL = 3
CREATE = "POST /v1/checkout/sessions"


async def test_a_held_order_gets_a_payment_page(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event({}, {"price_cents": 700}), 2, 1)
    answer = (await buyer.post(f"orders/{order['id']}/payment")).json()
    [session] = shop.stripe.sessions(order["id"])
    assert answer == {
        "status": "ready",
        "url": session["url"],
        "place": None,
        "retry_after_seconds": None,
    }
    assert (session["amount_total"], session["currency"]) == (2 * 1500 + 700, "usd")
    assert session["customer_email"] == order["email"]


async def test_stripe_sends_the_buyer_back_to_the_order(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event(), locale="bn")
    await shop.open_payment(buyer, order)
    [session] = shop.stripe.sessions(order["id"])
    assert session["success_url"] == f"{SITE}/bn/order/?id={order['id']}"
    assert session["cancel_url"] == f"{SITE}/bn/order/?id={order['id']}&canceled=1"


async def test_free_tickets_are_no_line_of_the_payment(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event({}, {"price_cents": 0}), 1, 2)
    await shop.open_payment(buyer, order)
    [session] = shop.stripe.sessions(order["id"])
    assert session["amount_total"] == order["total_cents"] == 1500


async def test_asking_again_gives_the_same_page(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    first = await shop.open_payment(buyer, order)
    assert await shop.open_payment(buyer, order) == first
    assert len(shop.stripe.sessions(order["id"])) == 1


async def test_the_attempt_is_on_record_before_stripe_is_asked(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.http.down = True
    answer = await buyer.post(f"orders/{order['id']}/payment")
    assert (answer.status_code, answer.json()["status"]) == (202, "waiting")
    [attempt] = await shop.product.rows("SELECT id, status, amount_cents FROM payment_attempt")
    assert attempt == {"id": f"{order['id']}:1", "status": "opening", "amount_cents": 1500}


async def test_a_lost_reply_is_repeated_with_the_same_key(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_drop_next=TRIES_IN_A_CALL, api_match=CREATE)
    assert (await buyer.post(f"orders/{order['id']}/payment")).status_code == 202
    shop.product.clock.advance(seconds=3)
    await shop.open_payment(buyer, order)
    assert len(shop.stripe.sessions(order["id"])) == 1
    assert set(shop.stripe.http.keys) == {f"{order['id']}:1"}


async def test_only_one_caller_at_a_time_asks_stripe(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.http.down = True
    await buyer.post(f"orders/{order['id']}/payment")
    shop.stripe.http.down = False
    answer = await buyer.post(f"orders/{order['id']}/payment")
    assert (answer.status_code, answer.headers["retry-after"]) == (202, "1")
    assert shop.stripe.http.requests == []


async def test_an_unknown_outcome_is_found_in_stripes_list(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_drop_next=TRIES_IN_A_CALL, api_match=CREATE)
    await buyer.post(f"orders/{order['id']}/payment")
    shop.product.clock.advance(seconds=limits.PAYMENT_UNKNOWN_SECONDS)
    url = await shop.open_payment(buyer, order)
    [session] = shop.stripe.sessions(order["id"])
    assert url == session["url"]
    assert shop.stripe.http.requests[-1] == "GET /v1/checkout/sessions"


async def test_a_request_that_never_arrived_is_made_anew_after_five_minutes(
    shop: Shop, buyer: Client
) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.http.down = True
    await buyer.post(f"orders/{order['id']}/payment")
    shop.stripe.http.down = False
    shop.product.clock.advance(seconds=limits.PAYMENT_UNKNOWN_SECONDS)
    assert (await buyer.post(f"orders/{order['id']}/payment")).status_code == 202
    await shop.open_payment(buyer, order)
    assert shop.stripe.http.keys == [f"{order['id']}:2"]


async def test_a_page_that_expired_unseen_is_replaced(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_drop_next=TRIES_IN_A_CALL, api_match=CREATE)
    await buyer.post(f"orders/{order['id']}/payment")
    [session] = shop.stripe.sessions(order["id"])
    shop.stripe.control("expire", session=session["id"])
    shop.product.clock.advance(seconds=limits.PAYMENT_UNKNOWN_SECONDS)
    assert (await buyer.post(f"orders/{order['id']}/payment")).status_code == 202
    assert await shop.open_payment(buyer, order) != session["url"]


async def test_a_page_that_was_paid_unseen_settles_when_it_is_found(
    shop: Shop, buyer: Client
) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_drop_next=TRIES_IN_A_CALL, api_match=CREATE)
    await buyer.post(f"orders/{order['id']}/payment")
    shop.stripe.pay(shop.stripe.sessions(order["id"])[0]["url"])
    shop.product.clock.advance(seconds=limits.PAYMENT_UNKNOWN_SECONDS)
    await buyer.post(f"orders/{order['id']}/payment")
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_a_refusal_is_told_and_the_next_try_is_a_new_attempt(
    shop: Shop, buyer: Client
) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_fail_next=1, api_fail_status=400, api_match=CREATE)
    refusal = problem(await buyer.post(f"orders/{order['id']}/payment"), 409, "payment_refused")
    assert refusal["provider_code"]
    await shop.open_payment(buyer, order)
    assert shop.stripe.http.keys == [f"{order['id']}:{number}" for number in (1, 2)]


async def test_refusals_end_at_a_number_of_attempts(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_fail_next=100, api_fail_status=400, api_match=CREATE)
    for _ in range(limits.ATTEMPTS_PER_ORDER):
        problem(await buyer.post(f"orders/{order['id']}/payment"), 409, "payment_refused")
        shop.product.clock.advance(seconds=1)
    problem(await buyer.post(f"orders/{order['id']}/payment"), 409, "too_many_attempts")


async def test_pages_are_paced_and_buyers_see_their_place(
    tmp_path: Path, database_template: Template
) -> None:
    async with open_shop(tmp_path, database_template, sessions_per_second=1) as stripe:
        shop = Shop(stripe, await organizer_of(stripe.product))
        event = await shop.event()
        answers = []
        for _ in range(4):
            buyer = await shop.buyer()
            order = await shop.hold(buyer, event)
            answers.append((await buyer.post(f"orders/{order['id']}/payment")).json())
        assert [answer["status"] for answer in answers] == ["ready", *["waiting"] * 3]
        assert [answer["place"] for answer in answers[1:]] == [1, 2, 3]
        assert [answer["retry_after_seconds"] for answer in answers[1:]] == [1, 2, 3]
        stripe.product.clock.advance(seconds=2)
        statuses = [
            (await buyer.post(f"orders/{await _order_of(shop, buyer)}/payment")).json()["status"]
            for buyer in shop.buyers[1:]
        ]
        assert statuses == ["ready", "ready", "waiting"]


async def _order_of(shop: Shop, buyer: Client) -> str:
    orders = (await buyer.get("me/orders")).json()["items"]
    return str(orders[0]["id"])


async def test_nobody_pays_for_an_order_that_is_closed(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await buyer.post(f"orders/{order['id']}/cancel")
    problem(await buyer.post(f"orders/{order['id']}/payment"), 409, "order_closed")
    paid = await shop.buy(buyer, event)
    problem(await buyer.post(f"orders/{paid['id']}/payment"), 409, "order_closed")


async def test_a_page_that_opens_while_the_order_is_canceled_is_not_handed_out(
    shop: Shop, buyer: Client
) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(api_drop_next=TRIES_IN_A_CALL, api_match=CREATE)
    await buyer.post(f"orders/{order['id']}/payment")
    assert (await buyer.post(f"orders/{order['id']}/cancel")).json()["status"] == "canceled"
    shop.product.clock.advance(seconds=3)
    problem(await buyer.post(f"orders/{order['id']}/payment"), 409, "order_closed")


@pytest.mark.parametrize(
    ("code", "answer"),
    [("amount_too_small", "payment_refused"), ("email_invalid", "payment_email_refused")],
)
async def test_what_stripe_refuses_is_kept_told_and_raises_an_alarm(
    shop: Shop, buyer: Client, code: str, answer: str
) -> None:
    order = await shop.hold(buyer, await shop.event())
    shop.stripe.faults(
        api_fail_next=1, api_fail_status=400, api_fail_code=code, api_match="POST /v1/checkout"
    )
    refused = problem(await buyer.post(f"orders/{order['id']}/payment"), 409, answer)
    assert refused["provider_code"] == code
    shown = (await shop.admin.get(f"admin/orders/{order['id']}")).json()
    [attempt] = shown["attempts"]
    assert (attempt["status"], attempt["outcome"]) == ("abandoned", "refused")
    assert code in attempt["detail"]
    [alarm] = (await shop.overview())["alarms"]
    assert (alarm["kind"], alarm["subject_id"]) == ("payment.refused", order["id"])
    assert code in alarm["detail"]
