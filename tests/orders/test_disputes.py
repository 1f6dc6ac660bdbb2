"""A buyer's bank disputes a payment: nobody gets in on it, the books say so, somebody is told."""

from typing import Any

import pytest

from tests.orders.books import accounts, check_books, check_seats
from tests.orders.refunds import refunds_of, use
from tests.orders.test_reconcile import sweep
from tests.support.client import Client, problem
from tests.support.shop import Shop


def dispute(shop: Shop, order: Any, **values: Any) -> Any:
    [session] = shop.stripe.sessions(order["id"])
    return shop.stripe.control("dispute", payment_intent=session["payment_intent"], **values)


def close(shop: Shop, opened: Any, *, won: bool) -> None:
    shop.stripe.control("close-dispute", dispute=opened["id"], won=won)


async def scan(shop: Shop, order: Any, place: int = 0) -> str:
    command = {"scan_id": shop.new_id(), "gate": "A"}
    path = f"tickets/{order['tickets'][place]['id']}/use"
    return str((await shop.admin.post(path, json=command)).json()["verdict"])


async def alarms(shop: Shop) -> list[str]:
    return [one["kind"] for one in (await shop.overview())["alarms"]]


async def statuses(shop: Shop, buyer: Client, order: Any) -> list[str]:
    return [one["status"] for one in (await shop.read(buyer, order))["tickets"]]


async def test_a_dispute_freezes_the_tickets_that_were_not_used(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await use(shop, order["tickets"][0])
    dispute(shop, order)
    assert await shop.stripe.deliver() == ["settled", "already"]
    assert await statuses(shop, buyer, order) == ["used", "frozen", "frozen", "frozen"]
    assert await scan(shop, order, 1) == "frozen"
    assert await scan(shop, order, 0) == "already_used"
    shown = (await shop.read(buyer, order))["tickets"][1]
    assert (shown["link"], shown["qr_svg"], shown["typed_code"]) == (None, None, None)
    assert await alarms(shop) == ["dispute.opened"]
    assert await accounts(shop) == {"disputes": 3700, "sales": -3700}
    await check_books(shop)
    await check_seats(shop)


async def test_a_dispute_that_is_won_makes_the_tickets_valid_again(
    shop: Shop, buyer: Client, order: Any
) -> None:
    opened = dispute(shop, order)
    await shop.stripe.deliver()
    close(shop, opened, won=True)
    assert set(await shop.stripe.deliver()) == {"settled", "already"}
    assert set(await statuses(shop, buyer, order)) == {"valid"}
    assert await scan(shop, order) == "admitted"
    assert await alarms(shop) == []
    assert await accounts(shop) == {"stripe": 3700, "sales": -3700}
    await check_books(shop)


async def test_a_dispute_that_is_lost_leaves_them_frozen_with_an_alarm(
    shop: Shop, buyer: Client, order: Any
) -> None:
    opened = dispute(shop, order)
    await shop.stripe.deliver()
    close(shop, opened, won=False)
    await shop.stripe.deliver()
    assert set(await statuses(shop, buyer, order)) == {"frozen"}
    assert await scan(shop, order) == "frozen"
    assert await alarms(shop) == ["dispute.lost"]
    await check_books(shop)
    await check_seats(shop)


@pytest.mark.parametrize("won", [True, False])
async def test_words_of_a_dispute_may_come_in_any_order_and_twice(
    shop: Shop, buyer: Client, order: Any, won: bool
) -> None:
    close(shop, dispute(shop, order), won=won)
    heard = [*reversed(shop.stripe.waiting())]
    outcomes = [(await shop.stripe.send(one)).json()["outcome"] for one in [*heard, *heard]]
    assert outcomes == ["settled", *["already"] * (len(outcomes) - 1)]
    assert set(await statuses(shop, buyer, order)) == {"valid" if won else "frozen"}
    assert await alarms(shop) == ([] if won else ["dispute.lost"])
    await check_books(shop)


async def test_a_part_of_the_money_freezes_all_of_the_order(
    shop: Shop, buyer: Client, order: Any
) -> None:
    dispute(shop, order, amount=700)
    await shop.stripe.deliver()
    assert set(await statuses(shop, buyer, order)) == {"frozen"}
    assert await accounts(shop) == {"disputes": 700, "stripe": 3000, "sales": -3700}
    await check_books(shop)


async def test_an_inquiry_only_raises_an_alarm(shop: Shop, buyer: Client, order: Any) -> None:
    opened = dispute(shop, order, inquiry=True)
    await shop.stripe.deliver()
    assert await alarms(shop) == ["dispute.inquiry"]
    assert set(await statuses(shop, buyer, order)) == {"valid"}
    close(shop, opened, won=True)
    await shop.stripe.deliver()
    assert await alarms(shop) == []
    await check_books(shop)


async def test_an_early_fraud_warning_only_raises_an_alarm(
    shop: Shop, buyer: Client, order: Any
) -> None:
    [session] = shop.stripe.sessions(order["id"])
    shop.stripe.control("fraud-warning", payment_intent=session["payment_intent"])
    [webhook] = shop.stripe.waiting()
    await shop.stripe.send(webhook)
    assert await alarms(shop) == ["payment.fraud_warning"]
    assert set(await statuses(shop, buyer, order)) == {"valid"}
    webhook["data"]["object"]["actionable"] = False
    await shop.stripe.send({**webhook, "id": "evt_later"})
    assert await alarms(shop) == []


async def test_what_is_disputed_is_not_refunded_nor_taken_back(shop: Shop, order: Any) -> None:
    await use(shop, order["tickets"][0])
    opened = dispute(shop, order)
    await shop.stripe.deliver()
    problem(await shop.refund(order), 409, "order_disputed")
    path = f"tickets/{order['tickets'][0]['id']}/undo"
    problem(await shop.admin.post(path, json={"reason": "x"}), 409, "order_disputed")
    close(shop, opened, won=True)
    await shop.stripe.deliver()
    assert (await shop.refund(order, include_used=True)).status_code == 202


async def test_a_refund_that_stripe_refuses_for_a_dispute_leaves_the_tickets_frozen(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await shop.refund(order)
    dispute(shop, order)
    await shop.stripe.deliver()
    await shop.work()
    assert [state for state, _ in await refunds_of(shop, order)] == ["failed"]
    assert set(await statuses(shop, buyer, order)) == {"frozen"}
    assert set(await alarms(shop)) == {"dispute.opened", "refund.failed"}
    await check_books(shop)
    await check_seats(shop)


async def test_a_dispute_is_found_by_the_sweep_when_its_webhooks_are_lost(
    shop: Shop, buyer: Client, order: Any
) -> None:
    dispute(shop, order)
    shop.stripe.forget()
    await sweep(shop)
    assert set(await statuses(shop, buyer, order)) == {"frozen"}
    await check_books(shop)


async def test_a_canceled_event_waits_for_a_dispute_and_refunds_what_was_won(
    shop: Shop, buyer: Client, order: Any, event: Any
) -> None:
    opened = dispute(shop, order)
    await shop.stripe.deliver()
    await shop.organizer.cancel(event)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "paid"
    close(shop, opened, won=True)
    shop.stripe.sandbox.books.store.update({**shop.stripe.objects("charge")[0], "disputed": False})
    await shop.stripe.deliver()
    shop.product.clock.advance(minutes=61)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunded"
    await check_books(shop)


async def test_a_dispute_of_somebody_elses_payment_is_ignored(shop: Shop, order: Any) -> None:
    dispute(shop, order)
    webhook = shop.stripe.waiting()[0]
    webhook["data"]["object"]["payment_intent"] = "pi_another"
    assert (await shop.stripe.send(webhook)).json()["outcome"] == "ignored"
    assert await alarms(shop) == []
