"""A payment becomes tickets once, whatever happens to the webhooks; or its money goes back once."""

from copy import deepcopy
from typing import Any

import pytest

from bashi.core import limits
from tests.support.client import Client, problem
from tests.support.shop import Shop
from tests.support.stripe import DECLINED

PAID = "checkout.session.completed"
CREATE = "POST /v1/checkout/sessions"


async def completed(shop: Shop, buyer: Client, event: Any = None) -> tuple[Any, Any]:
    """An order that was just paid, and the webhook that says so, still on its way."""
    order = await shop.hold(buyer, event or await shop.event(), 2)
    await shop.pay(buyer, order)
    [webhook] = shop.stripe.waiting()
    return order, webhook


async def paid_late(
    shop: Shop, buyer: Client, event: Any, ends: str = "expired"
) -> tuple[Any, Any]:
    """An order that ended, and was then paid on a page whose link Stripe's lost reply held."""
    order = await shop.hold(buyer, event, 2)
    shop.stripe.faults(api_drop_next=3, api_match=CREATE)
    await buyer.post(f"orders/{order['id']}/payment")
    if ends == "canceled":
        await buyer.post(f"orders/{order['id']}/cancel")
    else:
        shop.product.clock.advance(seconds=limits.HOLD_SECONDS)
        await shop.work()
    assert (await shop.read(buyer, order))["status"] == ends
    shop.stripe.pay(shop.stripe.sessions(order["id"])[0]["url"])
    [webhook] = shop.stripe.waiting()
    return order, webhook


async def outcome(shop: Shop, webhook: Any) -> str:
    answer = await shop.stripe.send(webhook)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["outcome"])


async def test_a_payment_turns_the_hold_into_tickets(shop: Shop, buyer: Client) -> None:
    event = await shop.event({}, {"price_cents": 700})
    order = await shop.buy(buyer, event, 2, 1)
    assert (order["status"], len(order["tickets"])) == ("paid", 3)
    assert [await shop.seats(event, place) for place in range(2)] == [(0, 2), (0, 1)]


async def test_each_ticket_has_a_name_a_price_and_codes_of_its_own(
    shop: Shop, buyer: Client
) -> None:
    tickets = (await shop.buy(buyer, await shop.event(), 3))["tickets"]
    assert [one["attendee"] for one in tickets] == ["Guest 1", "Guest 2", "Guest 3"]
    assert [one["position"] for one in tickets] == [1, 2, 3]
    assert {one["price_cents"] for one in tickets} == {1500}
    assert {one["status"] for one in tickets} == {"valid"}
    for name in ("id", "link", "typed_code", "qr_svg"):
        assert len({one[name] for one in tickets}) == 3


async def test_the_email_with_the_tickets_leaves_once(shop: Shop, buyer: Client) -> None:
    _, webhook = await completed(shop, buyer)
    await shop.product.deliver()
    await outcome(shop, webhook)
    await outcome(shop, webhook)
    [email] = await shop.product.deliver()
    kinds = {file.content_type.partition(";")[0] for file in email.email.attachments}
    assert (email.to, kinds) == (buyer.person["email"], {"application/pdf", "text/calendar"})


async def test_a_declined_card_changes_nothing(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event)
    await shop.pay(buyer, order, DECLINED)
    assert await shop.stripe.deliver() == []
    assert (await shop.read(buyer, order))["status"] == "pending"
    await shop.pay(buyer, order)
    await shop.stripe.deliver()
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_a_webhook_delivered_again_changes_nothing(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order, webhook = await completed(shop, buyer, event)
    assert await outcome(shop, webhook) == "settled"
    before = await shop.read(buyer, order)
    assert [await outcome(shop, webhook) for _ in range(3)] == ["already"] * 3
    assert await shop.read(buyer, order) == before
    assert await shop.seats(event) == (0, 2)


async def test_another_event_about_the_same_payment_changes_nothing(
    shop: Shop, buyer: Client
) -> None:
    order, webhook = await completed(shop, buyer)
    await outcome(shop, webhook)
    before = await shop.read(buyer, order)
    assert await outcome(shop, {**webhook, "id": "evt_another"}) == "already"
    assert await shop.read(buyer, order) == before


async def test_expired_after_paid_changes_nothing(shop: Shop, buyer: Client) -> None:
    order, webhook = await completed(shop, buyer)
    await outcome(shop, webhook)
    late = changed(webhook, status="expired", payment_status="unpaid")
    assert await outcome(shop, late) == "already"
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_a_slow_payment_settles_when_it_succeeded(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    session = shop.stripe.pay(await shop.open_payment(buyer, order), slow=True)
    assert await shop.stripe.deliver() == ["ignored"]
    assert (await shop.read(buyer, order))["status"] == "pending"
    shop.stripe.control("settle", session=session, succeeded=True)
    assert await shop.stripe.deliver() == ["settled"]
    assert (await shop.read(buyer, order))["status"] == "paid"


async def test_events_of_a_slow_payment_may_come_in_any_order(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    session = shop.stripe.pay(await shop.open_payment(buyer, order), slow=True)
    shop.stripe.control("settle", session=session, succeeded=True)
    webhooks = shop.stripe.waiting()
    assert [await outcome(shop, one) for one in reversed(webhooks)] == ["settled", "ignored"]
    assert (await shop.read(buyer, order))["status"] == "paid"


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_total": 2999},
        {"amount_total": 3001},
        {"currency": "cad"},
        {"client_reference_id": "01a209ed-d498-751b-b591-f49696553027"},
        {"id": "cs_test_another"},
        {"livemode": True},
    ],
    ids=("less", "more", "currency", "order", "session", "mode"),
)
async def test_a_payment_that_is_not_what_we_asked_for_raises_an_alarm(
    shop: Shop, buyer: Client, wrong: dict[str, Any]
) -> None:
    event = await shop.event()
    order, webhook = await completed(shop, buyer, event)
    assert await outcome(shop, changed(webhook, **wrong)) == "mismatch"
    assert (await shop.read(buyer, order))["status"] == "pending"
    assert await shop.seats(event) == (2, 0)
    [alarm] = (await shop.overview())["alarms"]
    assert "expected" in alarm["detail"]


async def test_an_attempt_that_we_never_made_raises_an_alarm(shop: Shop, buyer: Client) -> None:
    _, webhook = await completed(shop, buyer)
    stranger = {"id": "cs_test_stranger", "metadata": {"attempt_id": "nobody:1"}}
    assert await outcome(shop, changed(webhook, **stranger)) == "mismatch"
    assert len((await shop.overview())["alarms"]) == 1


async def test_sessions_of_other_programs_are_ignored(shop: Shop, buyer: Client) -> None:
    _, webhook = await completed(shop, buyer)
    other: dict[str, Any] = {"id": "cs_test_other", "metadata": {}, "client_reference_id": None}
    assert await outcome(shop, changed(webhook, **other)) == "ignored"
    assert (await shop.overview())["alarms"] == []


async def test_an_event_of_another_kind_is_ignored(shop: Shop) -> None:
    event = {
        "id": "evt_1",
        "object": "event",
        "type": "customer.created",
        "created": 1,
        "livemode": False,
        "data": {"object": {"object": "customer", "id": "cus_1"}},
    }
    assert await outcome(shop, event) == "ignored"


@pytest.mark.parametrize("ago_seconds", [-120, 301])
async def test_a_signature_from_another_time_is_refused(
    shop: Shop, buyer: Client, ago_seconds: int
) -> None:
    order, webhook = await completed(shop, buyer)
    answer = await shop.stripe.send(webhook, signed_ago_seconds=ago_seconds)
    problem(answer, 400, "bad_signature")
    assert (await shop.read(buyer, order))["status"] == "pending"


async def test_a_forged_signature_is_refused(shop: Shop, buyer: Client) -> None:
    order, webhook = await completed(shop, buyer)
    problem(await shop.stripe.send(webhook, secret="whsec_forged"), 400, "bad_signature")
    assert (await shop.read(buyer, order))["status"] == "pending"


async def test_a_missing_signature_is_refused(shop: Shop, client: Client) -> None:
    problem(await client.post("webhooks/stripe", content=b"{}"), 400, "bad_signature")


async def test_a_payment_after_the_hold_ended_takes_free_seats_again(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    order, webhook = await paid_late(shop, buyer, event)
    assert await shop.seats(event) == (0, 0)
    assert await outcome(shop, webhook) == "settled"
    assert (await shop.read(buyer, order))["status"] == "paid"
    assert await shop.seats(event) == (0, 2)


async def test_a_payment_after_its_seats_were_sold_is_returned(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"capacity": 2})
    order, webhook = await paid_late(shop, buyer, event)
    await shop.hold(await shop.buyer(), event, 1)
    assert await outcome(shop, webhook) == "returned"
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "expired"
    assert await shop.seats(event) == (1, 0)
    assert shop.stripe.balance_cents() == 0


async def test_a_payment_for_a_canceled_order_is_returned(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order, webhook = await paid_late(shop, buyer, event, "canceled")
    assert await outcome(shop, webhook) == "returned"
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "canceled"
    assert shop.stripe.balance_cents() == 0
    assert await shop.seats(event) == (0, 0)


async def test_a_payment_for_a_canceled_event_is_returned(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    _, webhook = await paid_late(shop, buyer, event)
    await shop.organizer.cancel(event)
    assert await outcome(shop, webhook) == "returned"
    await shop.work()
    assert shop.stripe.balance_cents() == 0


async def test_a_payment_after_the_event_is_returned(shop: Shop, buyer: Client) -> None:
    _, webhook = await paid_late(shop, buyer, await shop.event())
    shop.product.clock.advance(hours=11 * 24)
    assert await outcome(shop, webhook) == "returned"


async def test_the_buyer_hears_of_a_returned_payment_once(shop: Shop, buyer: Client) -> None:
    order, webhook = await paid_late(shop, buyer, await shop.event(), "canceled")
    await shop.product.deliver()
    await outcome(shop, webhook)
    await shop.work()
    await shop.stripe.deliver()
    emails = [one for one in shop.product.mailbox.emails if order["number"] in one.text]
    assert [(one.to, "$30.00" in one.text) for one in emails] == [(order["email"], True)]


async def test_a_second_payment_of_an_order_is_returned_in_full_and_once(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    shop.stripe.faults(
        api_fail_next=1, api_fail_status=400, api_fail_after_work=True, api_match=CREATE
    )
    problem(await buyer.post(f"orders/{order['id']}/payment"), 409, "payment_refused")
    await shop.pay(buyer, order)
    shop.stripe.pay(shop.stripe.sessions(order["id"])[0]["url"])
    webhooks = shop.stripe.waiting()
    assert [await outcome(shop, one) for one in webhooks] == ["settled", "returned"]
    assert [await outcome(shop, one) for one in webhooks] == ["already", "already"]
    await shop.work()
    assert [one["amount"] for one in shop.stripe.objects("refund")] == [3000]
    assert (await shop.read(buyer, order))["status"] == "paid"
    assert await shop.seats(event) == (0, 2)


def changed(webhook: Any, **session: Any) -> Any:
    """Another event, whose session differs."""
    other = deepcopy(webhook)
    other["id"] = "evt_another"
    other["data"]["object"] |= session
    return other
