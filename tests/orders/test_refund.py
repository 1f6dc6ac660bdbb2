"""Giving money back: tickets void at once, the money once, the seats once, and the books right."""

from typing import Any

import pytest

from bashi.engines.stripe.client import RETRIES
from tests.orders.books import accounts, check_books, check_seats
from tests.orders.refunds import refunds_of, use
from tests.support.client import Client, problem
from tests.support.shop import Shop

REFUNDS = "POST /v1/refunds"


async def test_a_refund_voids_the_tickets_at_once(shop: Shop, buyer: Client, order: Any) -> None:
    answer = await shop.refund(order)
    assert (answer.status_code, answer.json()["status"]) == (202, "asked")
    now = await shop.read(buyer, order)
    assert now["status"] == "refunding"
    assert {ticket["status"] for ticket in now["tickets"]} == {"void"}
    assert {ticket["link"] for ticket in now["tickets"]} == {None}


async def test_a_full_refund_returns_all_money_and_all_seats(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    await shop.refund(order)
    await shop.work()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("refunded", 3700)
    assert [await shop.seats(event, place) for place in range(3)] == [(0, 0)] * 3
    assert await refunds_of(shop, order) == [("succeeded", 3700)]
    assert await accounts(shop) == {}
    await check_books(shop)


async def test_the_buyer_hears_of_the_refund_once(shop: Shop, order: Any) -> None:
    await shop.product.deliver()
    await shop.refund(order)
    await shop.work()
    await shop.stripe.deliver()
    await shop.work()
    emails = shop.product.mailbox.emails
    assert sum("$37.00" in one.text and order["number"] in one.text for one in emails) == 1 + 1
    assert emails[-1].to == order["email"]


async def test_chosen_tickets_are_refunded_at_their_price(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    chosen = [one["id"] for one in order["tickets"] if one["price_cents"] == 700]
    await shop.refund(order, ticket_ids=chosen)
    await shop.work()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("paid", 700)
    assert [one["id"] for one in now["tickets"] if one["status"] == "void"] == chosen
    assert [await shop.seats(event, place) for place in range(3)] == [(0, 2), (0, 0), (0, 1)]
    await check_books(shop)


async def test_the_last_tickets_give_back_what_is_left(
    shop: Shop, buyer: Client, order: Any
) -> None:
    for ticket in order["tickets"]:
        assert (await shop.refund(order, ticket_ids=[ticket["id"]])).status_code == 202
        await shop.work()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("refunded", 3700)
    await check_books(shop)
    await check_seats(shop)


async def test_a_free_ticket_is_given_back_without_stripe(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    asked = len(shop.stripe.http.requests)
    free = [one["id"] for one in order["tickets"] if one["price_cents"] == 0]
    answer = await shop.refund(order, ticket_ids=free)
    assert answer.json()["status"] == "succeeded"
    assert (await shop.read(buyer, order))["status"] == "paid"
    assert await shop.seats(event, 2) == (0, 0)
    assert len(shop.stripe.http.requests) == asked


async def test_a_free_order_is_refunded_at_once(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.hold(buyer, event, 0, 0, 2)
    assert (await shop.refund(order)).json()["status"] == "succeeded"
    assert (await shop.read(buyer, order))["status"] == "refunded"
    assert await shop.seats(event, 2) == (0, 0)


async def test_used_tickets_are_refunded_by_the_flag_only(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await use(shop, order["tickets"][0])
    problem(await shop.refund(order), 409, "tickets_used")
    assert (await shop.read(buyer, order))["status"] == "paid"
    assert (await shop.refund(order, include_used=True)).status_code == 202
    await shop.work()
    assert (await shop.read(buyer, order))["refunded_cents"] == 3700
    await check_seats(shop)


async def test_unused_tickets_beside_used_ones_need_no_flag(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await use(shop, order["tickets"][0])
    await shop.refund(order, ticket_ids=[one["id"] for one in order["tickets"][1:]])
    await shop.work()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("paid", 2200)
    await check_seats(shop)


async def test_a_repeated_refund_is_the_same_refund(shop: Shop, order: Any) -> None:
    refund_id = shop.new_id()
    first, again = [await shop.refund(order, id=refund_id) for _ in range(2)]
    assert again.json() == first.json()
    await shop.work()
    late = await shop.refund(order, id=refund_id)
    assert late.json()["status"] == "succeeded"
    assert await refunds_of(shop, order) == [("succeeded", 3700)]


async def test_a_refund_id_with_other_content_is_refused(shop: Shop, order: Any) -> None:
    refund_id = shop.new_id()
    await shop.refund(order, id=refund_id)
    other = await shop.refund(order, id=refund_id, ticket_ids=[order["tickets"][0]["id"]])
    problem(other, 422, "id_reused")


async def test_one_refund_at_a_time(shop: Shop, order: Any) -> None:
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]])
    problem(await shop.refund(order), 409, "not_refundable")


@pytest.mark.parametrize("ends", ["pending", "canceled"])
async def test_only_a_paid_order_is_refunded(
    shop: Shop, buyer: Client, event: Any, ends: str
) -> None:
    order = await shop.hold(buyer, event)
    if ends == "canceled":
        await buyer.post(f"orders/{order['id']}/cancel")
    problem(await shop.refund(order), 409, "not_refundable")


async def test_nothing_is_refunded_twice(shop: Shop, order: Any) -> None:
    await shop.refund(order)
    await shop.work()
    problem(await shop.refund(order), 409, "not_refundable")


async def test_a_voided_ticket_is_not_refunded_again(shop: Shop, order: Any) -> None:
    chosen = [order["tickets"][0]["id"]]
    await shop.refund(order, ticket_ids=chosen)
    await shop.work()
    problem(await shop.refund(order, ticket_ids=chosen), 409, "not_refundable")


async def test_tickets_of_another_order_are_refused(shop: Shop, order: Any, event: Any) -> None:
    other = await shop.buy(await shop.buyer(), event)
    answer = await shop.refund(order, ticket_ids=[other["tickets"][0]["id"]])
    problem(answer, 422, "not_in_order")


async def test_an_unknown_order_is_not_found(shop: Shop) -> None:
    problem(await shop.refund({"id": shop.new_id()}), 404, "no_such_order")


async def test_a_refund_waits_while_stripe_is_down_and_keeps_its_key(
    shop: Shop, buyer: Client, order: Any
) -> None:
    refund_id = shop.new_id()
    shop.stripe.faults(api_drop_next=3, api_match=REFUNDS)
    await shop.refund(order, id=refund_id)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunding"
    assert (await shop.overview())["refunds_open"] == 1
    shop.product.clock.advance(minutes=2)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunded"
    assert len(shop.stripe.objects("refund")) == 1
    assert set(shop.stripe.http.keys[-4:]) == {refund_id}
    await check_books(shop)


async def test_the_webhook_may_tell_of_a_refund_before_the_answer(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.stripe.faults(api_drop_next=3, api_match=REFUNDS)
    await shop.refund(order)
    await shop.work()
    assert await shop.stripe.deliver() == ["settled"]
    assert (await shop.read(buyer, order))["status"] == "refunded"
    shop.product.clock.advance(hours=1)
    await shop.work()
    assert len(shop.stripe.objects("refund")) == 1
    await check_books(shop)


@pytest.mark.parametrize("hours", [1, 25])
async def test_a_part_is_given_back_once_though_answer_and_webhook_are_lost_for_a_day(
    shop: Shop, buyer: Client, order: Any, hours: int
) -> None:
    shop.stripe.faults(api_drop_next=1 + RETRIES, api_match=REFUNDS)
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]])
    await shop.work()
    shop.stripe.forget()
    shop.product.clock.advance(hours=hours)
    await shop.work()
    assert [one["amount"] for one in shop.stripe.objects("refund")] == [1500]
    await buyer.login(order["email"])
    assert (await shop.read(buyer, order))["refunded_cents"] == 1500
    await check_books(shop)


async def test_a_refund_that_stripe_never_got_is_asked_for_days_later(
    shop: Shop, buyer: Client, order: Any
) -> None:
    chosen = [order["tickets"][0]["id"]]
    shop.refund_in_dashboard(order, amount=100)
    await shop.stripe.deliver()
    shop.stripe.http.down = True
    await shop.refund(order, ticket_ids=chosen)
    await shop.work()
    shop.product.clock.advance(hours=25)
    shop.stripe.http.down = False
    await shop.work()
    assert [one["amount"] for one in shop.stripe.objects("refund")] == [100, 1500]
    await buyer.login(order["email"])
    assert (await shop.read(buyer, order))["refunded_cents"] == 1600
    await check_books(shop)


async def test_the_webhook_after_the_answer_changes_nothing(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await shop.refund(order)
    await shop.work()
    assert await shop.stripe.deliver() == ["already"]
    assert (await shop.read(buyer, order))["refunded_cents"] == 3700
    await check_books(shop)


async def test_a_refund_that_stays_pending_succeeds_by_its_webhook(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.stripe.faults(refund_pending_next=1)
    await shop.refund(order)
    await shop.work()
    assert await refunds_of(shop, order) == [("pending", 3700)]
    shop.product.clock.advance(seconds=2)
    await shop.stripe.deliver()
    assert (await shop.read(buyer, order))["status"] == "refunded"


async def test_a_pending_refund_is_asked_for_when_its_webhook_is_lost(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.stripe.faults(refund_pending_next=1)
    await shop.refund(order)
    await shop.work()
    shop.product.clock.advance(seconds=2)
    shop.stripe.sandbox.tick()
    shop.stripe.forget()
    shop.product.clock.advance(hours=1)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunded"
    await check_books(shop)


async def test_a_refused_refund_revives_the_tickets_and_raises_an_alarm(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    await use(shop, order["tickets"][0])
    before = await shop.read(buyer, order)
    shop.stripe.faults(api_fail_next=1, api_fail_status=400, api_match=REFUNDS)
    await shop.refund(order, include_used=True)
    await shop.work()
    assert await shop.read(buyer, order) == before
    assert await refunds_of(shop, order) == [("failed", 3700)]
    [alarm] = (await shop.overview())["alarms"]
    assert alarm["kind"] == "refund.failed"
    assert [await shop.seats(event, place) for place in range(3)] == [(0, 2), (0, 1), (0, 1)]
    await check_books(shop)


async def test_after_a_failed_refund_another_may_be_asked_for(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.stripe.faults(api_fail_next=1, api_fail_status=400, api_match=REFUNDS)
    await shop.refund(order)
    await shop.work()
    await shop.refund(order)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunded"
    assert await refunds_of(shop, order) == [("failed", 3700), ("succeeded", 3700)]


async def test_a_pending_refund_that_fails_revives_the_tickets(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.stripe.faults(refund_pending_next=1)
    await shop.refund(order)
    await shop.work()
    refund = shop.stripe.objects("refund")[0]
    shop.stripe.control("finish-refund", refund=refund["id"], status="failed")
    await shop.stripe.deliver()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("paid", 0)
    assert {one["status"] for one in now["tickets"]} == {"valid"}
    assert len((await shop.overview())["alarms"]) == 1
    await check_books(shop)


async def test_a_refund_that_fails_after_its_success_is_booked_back(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    shop.stripe.faults(refund_fail_next=1)
    await shop.refund(order)
    await shop.work()
    shop.product.clock.advance(seconds=2)
    await shop.stripe.deliver()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("refunded", 0)
    assert {one["status"] for one in now["tickets"]} == {"void"}
    assert await shop.seats(event) == (0, 0)
    assert await accounts(shop) == {"stripe": 3700, "sales": -3700}
    assert len((await shop.overview())["alarms"]) == 1
    await check_books(shop)


async def test_no_email_speaks_of_money_where_none_goes_back(
    shop: Shop, buyer: Client, order: Any
) -> None:
    """The free ticket of a mixed order, and all of an order that cost nothing."""
    free = [one["id"] for one in order["tickets"] if one["price_cents"] == 0]
    await shop.product.deliver()
    await shop.refund(order, ticket_ids=free)
    assert await shop.product.deliver() == []
    assert await refunds_of(shop, order) == [("succeeded", 0)]
    event = await shop.event({"price_cents": 0})
    await shop.hold(buyer, event, 2)
    await shop.product.deliver()
    await shop.organizer.cancel(event)
    [email] = await shop.product.deliver()
    assert "$0" not in email.email.subject + email.text
