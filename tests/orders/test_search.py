"""Organisers looking up orders and tickets."""

from typing import Any

import pytest

from bashi.http.values import rfc3339
from tests.support.client import Client
from tests.support.shop import Shop


@pytest.fixture
async def event(shop: Shop) -> Any:
    return await shop.event()


async def found(shop: Shop, what: str, **params: Any) -> list[str]:
    """Ids in all pages."""
    ids: list[str] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = await shop.admin.get(f"admin/{what}", params=params | more)
        assert answer.status_code == 200, answer.text
        ids += [item["id"] for item in answer.json()["items"]]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return ids


async def attempts(shop: Shop, order: Any) -> Any:
    return (await shop.admin.get(f"admin/orders/{order['id']}")).json()["attempts"]


async def test_orders_by_event_and_status(shop: Shop, buyer: Client, event: Any) -> None:
    other = await shop.event()
    paid = await shop.buy(buyer, event)
    held = await shop.hold(buyer, event)
    elsewhere = await shop.hold(buyer, other)
    assert set(await found(shop, "orders")) == {paid["id"], held["id"], elsewhere["id"]}
    assert set(await found(shop, "orders", event_id=event["id"])) == {paid["id"], held["id"]}
    assert await found(shop, "orders", event_id=event["id"], status="paid") == [paid["id"]]


async def test_orders_by_number_and_by_the_beginning_of_an_address(shop: Shop, event: Any) -> None:
    anna, anne = await shop.buyer("anna@example.org"), await shop.buyer("anne@example.org")
    first, second = await shop.hold(anna, event), await shop.hold(anne, event)
    assert await found(shop, "orders", q=first["number"].lower()) == [first["id"]]
    assert await found(shop, "orders", q="Anna@example.org") == [first["id"]]
    assert set(await found(shop, "orders", q="ann")) == {first["id"], second["id"]}
    assert await found(shop, "orders", q="%") == []


async def test_orders_page_by_page_are_each_order_once(shop: Shop, event: Any) -> None:
    made = [(await shop.hold(await shop.buyer(), event))["id"] for _ in range(5)]
    pages = await found(shop, "orders", limit=2)
    assert sorted(pages) == sorted(made)
    assert await found(shop, "orders", limit=2, event_id=event["id"]) == pages


async def test_an_order_shows_its_payment_attempts(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.hold(buyer, event)
    await shop.open_payment(buyer, order)
    opened = rfc3339(shop.product.clock.now())
    [session] = shop.stripe.sessions(order["id"])
    [attempt] = await attempts(shop, order)
    assert attempt == {
        "id": f"{order['id']}:1",
        "number": 1,
        "status": "open",
        "amount_cents": 1500,
        "currency": "USD",
        "session_id": session["id"],
        "intent_id": None,
        "created_at": opened,
        "opened_at": opened,
        "expires_at": rfc3339(session["expires_at"] * 1000),
        "outcome": None,
        "detail": "",
    }
    shop.stripe.pay(session["url"])
    await shop.stripe.deliver()
    [attempt] = await attempts(shop, order)
    assert (attempt["status"], attempt["outcome"]) == ("paid", "settled")
    assert attempt["intent_id"].startswith("pi_")


async def test_an_attempt_says_why_its_payment_settled_nothing(
    shop: Shop, buyer: Client, event: Any
) -> None:
    order = await shop.hold(buyer, event)
    await shop.pay(buyer, order)
    [webhook] = [one for one in shop.stripe.waiting() if one["type"].endswith(".completed")]
    webhook["data"]["object"]["amount_total"] = 100
    await shop.stripe.send(webhook)
    [attempt] = await attempts(shop, order)
    assert (attempt["status"], attempt["outcome"]) == ("open", "mismatch")
    assert attempt["detail"] == "amount is 100, expected 1500"


async def test_lists_name_what_was_ordered_in_both_languages(
    shop: Shop, buyer: Client, event: Any
) -> None:
    await shop.buy(buyer, event)
    [order] = (await shop.admin.get("admin/orders")).json()["items"]
    assert (order["event_title_en"], order["event_title_bn"]) == ("Durga Pujo", "দুর্গাপূজা")
    [ticket] = (await shop.admin.get("admin/tickets")).json()["items"]
    assert (ticket["type_name_en"], ticket["type_name_bn"]) == ("Adult", "প্রাপ্তবয়স্ক")


async def test_an_order_shows_its_refunds(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.buy(buyer, event, 2)
    await shop.refund(order, ticket_ids=[order["tickets"][0]["id"]], reason="ill")
    await shop.work()
    shown = (await shop.admin.get(f"admin/orders/{order['id']}")).json()
    [refund] = shown["refunds"]
    assert (refund["reason"], refund["status"], refund["amount_cents"]) == (
        "ill",
        "succeeded",
        1500,
    )


async def test_tickets_by_name_number_code_and_address(
    shop: Shop, buyer: Client, event: Any
) -> None:
    order = await shop.buy(buyer, event, 2)
    other = await shop.buy(await shop.buyer(), event)
    mine = [one["id"] for one in order["tickets"]]
    typed = order["tickets"][0]["typed_code"]
    at = {"event_id": event["id"]}
    assert set(await found(shop, "tickets", **at)) == {*mine, other["tickets"][0]["id"]}
    assert await found(shop, "tickets", q="guest 2", **at) == [mine[1]]
    for where in (at, {}):
        assert sorted(await found(shop, "tickets", q=order["number"], **where)) == sorted(mine)
        assert sorted(await found(shop, "tickets", q=order["email"], **where)) == sorted(mine)
    assert mine[0] in await found(shop, "tickets", q=typed)
    assert len(await found(shop, "tickets", limit=1)) == 3


async def test_tickets_by_status(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.buy(buyer, event, 2)
    used = order["tickets"][0]["id"]
    await shop.admin.post(f"tickets/{used}/use", json={"scan_id": shop.new_id(), "gate": "B"})
    assert await found(shop, "tickets", event_id=event["id"], status="used") == [used]
    rows = (await shop.admin.get("admin/tickets", params={"status": "used"})).json()["items"]
    assert (rows[0]["used_gate"], rows[0]["email"]) == ("B", order["email"])


async def test_the_trail_tells_who_did_what(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.buy(buyer, event)
    await shop.refund(order, reason="ill")
    await shop.work()
    items = (await shop.admin.get("admin/audit")).json()["items"]
    mine = [item for item in items if item["subject_id"] == order["id"]]
    assert {(item["action"], item["person_email"]) for item in mine} == {
        ("order.hold", buyer.person["email"]),
        ("order.settle", None),
        ("order.refund", shop.admin.person["email"]),
        ("refund.done", None),
    }
