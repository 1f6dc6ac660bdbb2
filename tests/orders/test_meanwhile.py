"""Between reading and writing, the world may change: the guards of each batch must see it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bashi.core.orders.sql import SELECT_ORDER
from bashi.core.payments import attempts
from tests.events.organizer import organizer_of
from tests.orders.books import check_books, check_figures, check_seats
from tests.orders.meanwhile import MeanwhileDatabase, open_busy_shop
from tests.orders.test_complimentary import give
from tests.support.client import Client, problem
from tests.support.database import Template
from tests.support.shop import Shop

CREATE = "POST /v1/checkout/sessions"
HOLDS = "INSERT INTO orders"
HEARS = "INSERT INTO payment_event"
CLOSES = "UPDATE orders SET status = :status"
BEGINS = "INSERT INTO payment_attempt"
ATTACHES = "UPDATE payment_attempt SET status = 'open'"
READS_ORDER = SELECT_ORDER
READS_TICKETS = "SELECT k.id, k.order_id"
ASKS_REFUND = "INSERT INTO refund"
ENDS_REFUND = "UPDATE refund SET status = :status"


@pytest.fixture
async def opened(
    tmp_path: Path, database_template: Template
) -> AsyncIterator[tuple[Shop, MeanwhileDatabase]]:
    async with open_busy_shop(tmp_path, database_template) as (stripe, database):
        yield Shop(stripe, await organizer_of(stripe.product)), database


@pytest.fixture
def shop(opened: tuple[Shop, MeanwhileDatabase]) -> Shop:
    return opened[0]


@pytest.fixture
def meanwhile(opened: tuple[Shop, MeanwhileDatabase]) -> MeanwhileDatabase:
    return opened[1]


@pytest.fixture
async def buyer(shop: Shop) -> Client:
    return await shop.buyer()


@pytest.fixture(autouse=True)
async def books_are_right(shop: Shop, meanwhile: MeanwhileDatabase) -> AsyncIterator[None]:
    yield
    assert meanwhile.happened
    await check_seats(shop)
    await check_figures(shop)
    await shop.work()
    await check_seats(shop)
    await check_figures(shop)
    await check_books(shop)


async def test_a_price_that_changes_is_never_charged_as_it_was(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    kind = event["ticket_types"][0]

    async def dearer() -> None:
        changed = {"price_cents": 2500, "version": kind["version"]}
        assert (await shop.organizer.put_type(event, kind["id"], **changed)).status_code == 200

    meanwhile.let(dearer, HOLDS)
    problem(await shop.try_hold(buyer, event), 409, "changed_meanwhile")
    assert await shop.seats(event) == (0, 0)
    assert (await shop.hold(buyer, event, total_cents=2500))["total_cents"] == 2500


async def test_complimentary_tickets_of_seats_kept_back_refuses_no_buyer(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event({"kept_back": 2})

    async def complimentary() -> None:
        answer = await give(shop, event, from_kept_back=True)
        assert answer.status_code == 201

    meanwhile.let(complimentary, HOLDS)
    await shop.hold(buyer, event)
    assert await shop.seats(event) == (1, 1)


async def test_an_event_that_is_canceled_sells_nothing_more(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    meanwhile.let(lambda: shop.organizer.cancel(event), HOLDS)
    problem(await shop.try_hold(buyer, event), 409, "changed_meanwhile")


async def test_the_last_seats_are_sold_once(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event({"capacity": 2})
    other = await shop.buyer()
    meanwhile.let(lambda: shop.hold(other, event, 2), HOLDS)
    problem(await shop.try_hold(buyer, event, 1), 409, "sold_out")


async def test_two_tabs_open_one_order(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    meanwhile.let(lambda: shop.hold(buyer, event), HOLDS)
    problem(await shop.try_hold(buyer, event), 409, "order_open")
    assert await shop.seats(event) == (1, 0)


async def test_the_same_hold_sent_twice_at_once_is_one(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    order_in = shop.order_in(event, 2)
    meanwhile.let(lambda: buyer.post("orders", json=order_in), HOLDS)
    assert (await buyer.post("orders", json=order_in)).status_code == 200
    assert await shop.seats(event) == (2, 0)


async def test_two_webhooks_at_once_settle_once(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    webhook = await paid(shop, buyer, event)
    meanwhile.let(lambda: shop.stripe.send({**webhook, "id": "evt_another"}), HEARS)
    assert (await shop.stripe.send(webhook)).json()["outcome"] == "already"
    assert await shop.seats(event) == (0, 2)


async def test_the_same_webhook_twice_at_once_settles_once(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    webhook = await paid(shop, buyer, event)
    meanwhile.let(lambda: shop.stripe.send(webhook), HEARS)
    assert (await shop.stripe.send(webhook)).json()["outcome"] == "already"
    assert await shop.seats(event) == (0, 2)


async def test_an_order_that_is_canceled_is_not_settled(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    await shop.hold(await shop.buyer(), event, 5)
    order, webhook = await paid_unseen(shop, buyer, event)
    meanwhile.let(lambda: buyer.post(f"orders/{order['id']}/cancel"), HEARS)
    assert (await shop.stripe.send(webhook)).json()["outcome"] == "returned"
    assert (await shop.read(buyer, order))["status"] == "canceled"
    assert await shop.seats(event) == (5, 0)


async def test_an_order_that_is_settled_is_not_canceled(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    await shop.hold(await shop.buyer(), event, 5)
    order, webhook = await paid_unseen(shop, buyer, event)
    meanwhile.let(lambda: shop.stripe.send(webhook), CLOSES)
    assert (await buyer.post(f"orders/{order['id']}/cancel")).json()["status"] == "paid"
    assert await shop.seats(event) == (5, 2)


async def test_a_hold_that_ends_twice_at_once_gives_its_seats_back_once(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    shop.product.clock.advance(minutes=5)
    await shop.hold(await shop.buyer(), event, 5)
    shop.product.clock.advance(minutes=5)
    meanwhile.let(lambda: buyer.post(f"orders/{order['id']}/cancel"), CLOSES)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "canceled"
    assert await shop.seats(event) == (5, 0)


async def test_an_order_whose_page_is_opened_does_not_expire(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    shop.product.clock.advance(minutes=10)
    meanwhile.let(lambda: shop.open_payment(buyer, order), CLOSES)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "pending"
    assert await shop.seats(event) == (2, 0)
    shop.product.clock.advance(minutes=30)
    await shop.work()
    assert [one["status"] for one in shop.stripe.sessions(order["id"])] == ["open"]
    assert await shop.seats(event) == (2, 0)


async def test_canceling_ends_a_page_that_is_just_opened(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    order = await shop.hold(buyer, await shop.event(), 2)
    meanwhile.let(lambda: shop.open_payment(buyer, order), CLOSES)
    assert (await buyer.post(f"orders/{order['id']}/cancel")).json()["status"] == "canceled"
    assert [one["status"] for one in shop.stripe.sessions(order["id"])] == ["expired"]


async def test_two_refunds_at_once_are_one(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    order = await shop.buy(buyer, await shop.event(), 2)
    meanwhile.let(lambda: shop.refund(order), ASKS_REFUND)
    problem(await shop.refund(order), 409, "not_refundable")


@pytest.mark.parametrize("before", [READS_ORDER, READS_TICKETS, ASKS_REFUND])
async def test_a_refund_sent_twice_at_once_gets_the_same_answer_twice(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase, before: str
) -> None:
    order = await shop.buy(buyer, await shop.event(), 2)
    refund_id = shop.new_id()

    async def be_quicker() -> None:
        assert (await shop.refund(order, id=refund_id)).status_code == 202
        await shop.work()

    meanwhile.let(be_quicker, before)
    assert (await shop.refund(order, id=refund_id)).status_code == 202
    assert meanwhile.happened
    assert (await shop.read(buyer, order))["status"] == "refunded"


async def test_two_refunds_of_different_tickets_come_one_after_the_other(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    order = await shop.buy(buyer, await shop.event(), 2)
    one, other = (ticket["id"] for ticket in order["tickets"])
    meanwhile.let(lambda: shop.refund(order, ticket_ids=[one]), ASKS_REFUND)
    problem(await shop.refund(order, ticket_ids=[other]), 409, "not_refundable")
    await shop.work()
    assert (await shop.refund(order, ticket_ids=[other])).status_code == 202


async def test_two_tabs_ask_stripe_once(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    order = await shop.hold(buyer, await shop.event())
    meanwhile.let(lambda: shop.open_payment(buyer, order), BEGINS)
    assert (await buyer.post(f"orders/{order['id']}/payment")).status_code == 202
    assert shop.stripe.http.keys == [f"{order['id']}:1"]


async def test_an_attempt_that_was_given_up_hands_out_no_page(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    """Another worker was refused by Stripe, and the next attempt is on its way."""
    order = await shop.hold(buyer, await shop.event())
    give_up = attempts.ABANDON(id=f"{order['id']}:1")
    meanwhile.let(lambda: shop.product.ports.database.batch([give_up]), ATTACHES)
    assert (await buyer.post(f"orders/{order['id']}/payment")).status_code == 202
    page = await shop.open_payment(buyer, order)
    assert page == shop.stripe.sessions(order["id"])[1]["url"]


async def test_a_ticket_that_is_used_is_not_refunded_as_unused(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    order = await shop.buy(buyer, await shop.event(), 2)
    use = {"scan_id": shop.new_id(), "gate": "A"}
    path = f"tickets/{order['tickets'][0]['id']}/use"
    meanwhile.let(lambda: shop.admin.post(path, json=use), ASKS_REFUND)
    problem(await shop.refund(order), 409, "not_refundable")
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_a_refund_that_succeeded_is_not_failed_by_a_late_answer(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    """Two workers asked: one reply was lost, one was a refusal; the webhook tells the truth."""
    event = await shop.event()
    order, webhook = await paid_unseen(shop, buyer, event)
    await buyer.post(f"orders/{order['id']}/cancel")
    await shop.stripe.send(webhook)
    shop.stripe.faults(api_drop_next=3, api_match="POST /v1/refunds")
    await shop.work()
    shop.product.clock.advance(minutes=2)
    # The sandbox would repeat its stored answer, as Stripe does; a refusal is what a key that was
    # changed meanwhile gets.
    shop.stripe.sandbox.books.store.sql.execute("DELETE FROM idempotency")
    shop.stripe.faults(api_fail_next=1, api_fail_status=400, api_match="POST /v1/refunds")
    meanwhile.let(shop.stripe.deliver, ENDS_REFUND)
    await shop.work()
    [refund] = await shop.product.rows("SELECT status, failure FROM refund")
    assert refund == {"status": "succeeded", "failure": None}
    assert (await shop.overview())["alarms"] == []


async def test_a_refund_is_booked_once_when_webhook_and_answer_come_at_once(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    order = await shop.buy(buyer, await shop.event(), 2)
    await shop.refund(order)
    meanwhile.let(shop.stripe.deliver, ENDS_REFUND)
    await shop.work()
    assert (await shop.read(buyer, order))["refunded_cents"] == 3000


async def paid(shop: Shop, buyer: Client, event: Any) -> Any:
    """The webhook of a payment of two tickets."""
    await shop.pay(buyer, await shop.hold(buyer, event, 2))
    return shop.stripe.waiting()[-1]


async def paid_unseen(shop: Shop, buyer: Client, event: Any) -> tuple[Any, Any]:
    """A pending order, paid on a page whose link Stripe's lost reply held; and the webhook."""
    order = await shop.hold(buyer, event, 2)
    shop.stripe.faults(api_drop_next=3, api_match=CREATE)
    await buyer.post(f"orders/{order['id']}/payment")
    shop.stripe.pay(shop.stripe.sessions(order["id"])[0]["url"])
    return order, shop.stripe.waiting()[-1]


async def test_who_is_sent_out_leaves_by_the_gate_that_let_in(
    shop: Shop, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    given = (await give(shop, event)).json()
    path = f"tickets/{given['tickets'][0]['id']}"

    async def come(gate: str) -> None:
        command = {"scan_id": shop.new_id(), "gate": gate}
        assert (await shop.admin.post(f"{path}/use", json=command)).json()["verdict"] == "admitted"

    async def go() -> None:
        assert (await shop.admin.post(f"{path}/undo", json={"reason": "x"})).status_code == 200

    async def go_and_come_elsewhere() -> None:
        await go()
        await come("B")

    await come("A")
    meanwhile.let(go_and_come_elsewhere, "UPDATE ticket SET status = 'valid'")
    await go()
    answer = await shop.admin.get(f"door/{event['id']}/figures")
    assert answer.json() == {"admitted": 0, "issued": 1, "gates": []}


async def test_a_ticket_used_while_the_dashboard_refunds_it_stays_used(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    event = await shop.event()
    order = await shop.buy(buyer, event, 2)
    path = f"tickets/{order['tickets'][0]['id']}/use"

    async def come() -> None:
        await shop.admin.post(path, json={"scan_id": shop.new_id(), "gate": "A"})

    shop.refund_in_dashboard(order)
    meanwhile.let(come, HEARS)
    await shop.stripe.deliver()
    answer = await shop.admin.get(f"door/{event['id']}/figures")
    gates = [{"gate": "A", "admitted": 1}]
    assert answer.json() == {"admitted": 1, "issued": 1, "gates": gates}


async def test_a_check_in_is_not_taken_back_while_its_money_goes_back(
    shop: Shop, buyer: Client, meanwhile: MeanwhileDatabase
) -> None:
    order = await shop.buy(buyer, await shop.event())
    path = f"tickets/{order['tickets'][0]['id']}"
    await shop.admin.post(f"{path}/use", json={"scan_id": shop.new_id(), "gate": "A"})
    shop.refund_in_dashboard(order)
    meanwhile.let(shop.stripe.deliver, "UPDATE ticket SET status = 'valid'")
    answer = await shop.admin.post(f"{path}/undo", json={"reason": "x"})
    problem(answer, 409, "order_refunded")
