"""Refunds that somebody makes in Stripe's dashboard: heard of late, in any order, or not at all."""

from typing import Any

import pytest

from tests.orders.books import accounts, check_books, check_seats
from tests.orders.refunds import refunds_of, use
from tests.orders.test_settle import paid_late
from tests.support.client import Client, problem
from tests.support.shop import Shop


async def test_a_refund_from_the_dashboard_takes_the_same_path(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    shop.refund_in_dashboard(order)
    assert await shop.stripe.deliver() == ["settled"]
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("refunded", 3700)
    assert {one["status"] for one in now["tickets"]} == {"void"}
    assert [await shop.seats(event, place) for place in range(3)] == [(0, 0)] * 3
    assert (await shop.overview())["alarms"] == []
    await check_books(shop)


async def test_a_dashboard_refund_leaves_used_tickets_used(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await use(shop, order["tickets"][0])
    shop.refund_in_dashboard(order)
    await shop.stripe.deliver()
    now = await shop.read(buyer, order)
    assert now["status"] == "refunded"
    assert [one["status"] for one in now["tickets"]] == ["used", "void", "void", "void"]
    await check_books(shop)
    await check_seats(shop)


async def test_a_partial_dashboard_refund_is_booked_with_an_alarm(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.refund_in_dashboard(order, amount=700)
    await shop.stripe.deliver()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("paid", 700)
    assert {one["status"] for one in now["tickets"]} == {"valid"}
    assert len((await shop.overview())["alarms"]) == 1
    await check_books(shop)


async def test_after_a_partial_dashboard_refund_the_rest_is_refunded(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.refund_in_dashboard(order, amount=700)
    await shop.stripe.deliver()
    await shop.refund(order)
    await shop.work()
    assert (await shop.read(buyer, order))["refunded_cents"] == 3700
    assert shop.stripe.balance_cents() == 0
    await check_books(shop)


async def test_two_partial_dashboard_refunds_are_both_booked(
    shop: Shop, buyer: Client, order: Any
) -> None:
    for cents in (700, 3000):
        shop.refund_in_dashboard(order, amount=cents)
    await shop.stripe.deliver()
    assert (await shop.read(buyer, order))["refunded_cents"] == 3700
    await check_books(shop)
    await check_seats(shop)


async def test_a_dashboard_refund_during_one_of_ours_is_heard_later(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.stripe.faults(refund_pending_next=1)
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]])
    await shop.work()
    shop.stripe.forget()
    shop.refund_in_dashboard(order, amount=700)
    [webhook] = shop.stripe.waiting()
    problem(await shop.stripe.send(webhook), 503, "order_busy")
    shop.product.clock.advance(seconds=2)
    await shop.stripe.deliver()
    assert (await shop.stripe.send(webhook)).json()["outcome"] == "settled"
    assert (await shop.read(buyer, order))["refunded_cents"] == 2200
    await check_books(shop)


@pytest.mark.parametrize("cents", [3000, 400])
async def test_a_dashboard_refund_of_what_we_are_returning_is_booked_with_an_alarm(
    shop: Shop, buyer: Client, event: Any, cents: int
) -> None:
    held, webhook = await paid_late(shop, buyer, event, "canceled")
    assert (await shop.stripe.send(webhook)).json()["outcome"] == "returned"
    shop.refund_in_dashboard(held, amount=cents)
    assert set(await shop.stripe.deliver()) <= {"settled", "already"}
    await check_books(shop)
    await shop.work()
    await check_books(shop)
    assert set(await refunds_of(shop, held)) == {("succeeded", cents), ("failed", 3000)}
    emails = [one for one in shop.product.mailbox.emails if held["number"] in one.text]
    assert len(emails) == (cents == 3000)  # it says that all is on its way back
    alarms = {alarm["kind"] for alarm in (await shop.overview())["alarms"]}
    assert alarms == {"refund.from_stripe", "refund.failed"}


async def test_what_came_back_from_the_bank_may_be_given_in_the_dashboard(
    shop: Shop, buyer: Client, order: Any
) -> None:
    shop.stripe.faults(refund_fail_next=1)
    await shop.refund(order)
    await shop.work()
    shop.product.clock.advance(seconds=2)
    await shop.stripe.deliver()
    shop.refund_in_dashboard(order)
    await shop.stripe.deliver()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("refunded", 3700)
    assert await accounts(shop) == {}
    await check_books(shop)
    await check_seats(shop)


async def test_a_dashboard_refund_that_failed_is_not_booked_by_its_older_words(
    shop: Shop, buyer: Client, order: Any
) -> None:
    """The newest comes first: what an event says of a refund was true when it was made."""
    shop.stripe.faults(refund_fail_next=1)
    shop.refund_in_dashboard(order, amount=700)
    shop.product.clock.advance(seconds=2)
    shop.stripe.sandbox.tick()
    for webhook in reversed(shop.stripe.waiting()):
        assert (await shop.stripe.send(webhook)).json()["outcome"] == "ignored"
    assert (await shop.read(buyer, order))["refunded_cents"] == 0
    await check_books(shop)


async def test_a_refund_for_which_one_must_have_failed_waits_for_that_word(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    """Together they are more than was paid, and Stripe says that both were."""
    shop.stripe.faults(refund_fail_next=1)
    shop.refund_in_dashboard(order, amount=700)
    await shop.stripe.deliver()
    shop.product.clock.advance(seconds=2)
    shop.stripe.sandbox.tick()
    late = shop.stripe.waiting()
    shop.refund_in_dashboard(order)
    await shop.stripe.deliver()
    assert (await shop.read(buyer, order))["refunded_cents"] == 700
    for webhook in late:
        await shop.stripe.send(webhook)
    await shop.work()
    now = await shop.read(buyer, order)
    assert (now["status"], now["refunded_cents"]) == ("refunded", 3700)
    assert [await shop.seats(event, place) for place in range(3)] == [(0, 0)] * 3
    await check_books(shop)


async def test_a_refund_may_be_heard_before_its_payment(
    shop: Shop, buyer: Client, event: Any
) -> None:
    held = await shop.hold(buyer, event, 2)
    await shop.pay(buyer, held)
    shop.refund_in_dashboard(held, amount=700)
    completed, created = shop.stripe.waiting()
    assert (await shop.stripe.send(created)).json()["outcome"] == "settled"
    now = await shop.read(buyer, held)
    assert (now["status"], now["refunded_cents"], len(now["tickets"])) == ("paid", 700, 2)
    assert (await shop.stripe.send(completed)).json()["outcome"] == "already"
    await check_books(shop)
    await check_seats(shop)


async def test_a_refund_heard_while_stripe_is_down_is_sent_again(
    shop: Shop, buyer: Client, event: Any
) -> None:
    held = await shop.hold(buyer, event, 2)
    await shop.pay(buyer, held)
    shop.refund_in_dashboard(held)
    _, created = shop.stripe.waiting()
    shop.stripe.http.down = True
    assert (await shop.stripe.send(created)).status_code == 503
    shop.stripe.http.down = False
    assert (await shop.stripe.send(created)).json()["outcome"] == "settled"
    assert (await shop.read(buyer, held))["status"] == "refunded"
    await check_books(shop)


async def test_a_refund_of_somebody_elses_payment_is_ignored(shop: Shop, order: Any) -> None:
    shop.refund_in_dashboard(order)
    [webhook] = shop.stripe.waiting()
    webhook["data"]["object"]["payment_intent"] = "pi_another"
    assert (await shop.stripe.send(webhook)).json()["outcome"] == "ignored"
