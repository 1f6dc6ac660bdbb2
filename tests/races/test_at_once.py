"""The same thing, twenty times at the same moment."""

import asyncio
import json
import time
from collections import Counter
from typing import Any
from uuid import uuid4

import httpx
import pytest

from bashi.engines.system import SystemClock
from bashi.http.fields import rfc3339
from bashi.sandbox.__main__ import WEBHOOK_SECRET
from bashi.sandbox.delivery import sign
from tests.races.storm import LATE, PENDING, REFUNDS_OPEN
from tests.support.books import disagreements
from tests.support.market import Buyer, Visit

pytestmark = pytest.mark.slow
TIMES = 20
READING_SECONDS = 0.5
ROUNDS = 5
SETTLED = "SELECT COUNT(*) FROM payment_event WHERE reference = ? AND outcome = 'settled'"
EMAILS = "SELECT COUNT(*) FROM outbox WHERE subject_id = ?"


async def at_once(here: Visit, *calls: Any) -> list[httpx.Response]:
    """All of them have read before any of them may write."""
    with here.market.tables.writes_wait():
        asked = [asyncio.ensure_future(call) for call in calls]
        await asyncio.sleep(READING_SECONDS)
    return list(await asyncio.gather(*asked))


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


async def test_one_webhook(here: Visit) -> None:
    order_id, event = await paid_at_stripe(here)
    answers = await at_once(here, *(send(here, event) for _ in range(TIMES)))
    await expect_one_effect(here, order_id, answers)


async def test_one_payment_told_by_many_events(here: Visit) -> None:
    """Webhooks of two kinds, the sweep and a canceling buyer may all bring the same news."""
    order_id, event = await paid_at_stripe(here)
    events = [event | {"id": f"evt_{uuid4().hex}"} for _ in range(TIMES)]
    answers = await at_once(here, *(send(here, each) for each in events))
    await expect_one_effect(here, order_id, answers)


async def paid_at_stripe(here: Visit) -> tuple[str, dict[str, Any]]:
    """An order's id, and Stripe's event on it that nobody has heard yet. A neighbor holds seats,
    so that selling an order's seats twice would not lack any."""
    buyer, neighbor = await here.buyer(), await here.buyer()
    sale = await here.event(seats=100)
    order_id = (await buyer.hold(sale, 2)).json()["id"]
    assert (await neighbor.hold(sale, 10)).is_success
    stripe = here.market.stripe
    await stripe.control(here.http, "faults", webhook_drop_next=1)
    assert await buyer.pay(order_id)
    (event,) = [
        event
        for event in stripe.objects("event")
        if event["type"] == "checkout.session.completed"
        and event["data"]["object"]["client_reference_id"] == order_id
    ]
    return order_id, event


async def send(here: Visit, event: dict[str, Any]) -> httpx.Response:
    body = json.dumps(event).encode()
    headers = {"stripe-signature": sign(body, WEBHOOK_SECRET, int(time.time()))}
    url = f"{here.market.server.url}/webhooks/stripe"
    return await here.http.post(url, content=body, headers=headers)


async def expect_one_effect(here: Visit, order_id: str, answers: list[httpx.Response]) -> None:
    assert statuses(answers) == {200: TIMES}
    outcomes = Counter(answer.json()["outcome"] for answer in answers)
    assert outcomes in ({"settled": 1, "already": TIMES - 1}, {"already": TIMES})
    assert here.market.number(SETTLED, order_id) == 1, (
        "or else by a sweep, which asks Stripe itself"
    )
    assert here.market.number(EMAILS, order_id) == 1
    (order,) = here.market.rows("SELECT event_id FROM orders WHERE id = ?", order_id)
    await here.market.change(LATE, order["event_id"])
    await here.market.until_none(PENDING, order["event_id"])
    assert disagreements(here.market, order["event_id"]) == []


async def test_one_order_id(here: Visit) -> None:
    buyer = await here.buyer()
    sale = await here.event(seats=100)
    order_id = str(uuid4())
    answers = await at_once(here, *(buyer.hold(sale, 2, order_id) for _ in range(TIMES)))
    assert all(answer.is_success for answer in answers), statuses(answers)
    assert {answer.json()["number"] for answer in answers} == {answers[0].json()["number"]}
    assert await seats(here, sale) == (2, 0)


async def test_one_open_order_a_person(here: Visit) -> None:
    buyer = await here.buyer()
    sale = await here.event(seats=100)
    answers = await at_once(here, *(buyer.hold(sale, 1) for _ in range(TIMES)))
    assert statuses(answers) == {201: 1, 409: TIMES - 1}
    (order_id,) = {answer.json().get("order_id") for answer in answers} - {None}
    assert order_id in {answer.json().get("id") for answer in answers}
    assert await seats(here, sale) == (1, 0)


async def test_the_last_seat(here: Visit) -> None:
    people = [await here.buyer() for _ in range(TIMES)]
    sale = await here.event(seats=1)
    answers = await at_once(here, *(buyer.hold(sale, 1) for buyer in people))
    assert statuses(answers) == {201: 1, 409: TIMES - 1}
    assert {answer.json().get("code") for answer in answers} == {None, "sold_out"}
    assert await seats(here, sale) == (1, 0)


async def test_the_last_free_seat(here: Visit) -> None:
    people = [await here.buyer() for _ in range(TIMES)]
    sale = await here.event(seats=1, price_cents=0)
    answers = await at_once(here, *(buyer.hold(sale, 1) for buyer in people))
    assert statuses(answers) == {201: 1, 409: TIMES - 1}
    assert disagreements(here.market, sale["id"]) == []


async def test_one_order_canceled(here: Visit) -> None:
    """Its seats return once; the neighbor's stay held."""
    buyer, neighbor = await here.buyer(), await here.buyer()
    sale = await here.event(seats=100)
    order_id = (await buyer.hold(sale, 2)).json()["id"]
    assert (await neighbor.hold(sale, 10)).status_code == 201
    answers = await at_once(here, *(buyer.cancel(order_id) for _ in range(TIMES)))
    assert {answer.json()["status"] for answer in answers} == {"canceled"}
    assert await seats(here, sale) == (10, 0)


async def test_one_ticket_before_many_phones(here: Visit) -> None:
    ticket = await ticket_of(here, await here.buyer())
    gates = [f"Gate {number}" for number in range(TIMES)]
    answers = await at_once(here, *(scan(here, ticket, gate, str(uuid4())) for gate in gates))
    scans = [answer.json() for answer in answers]
    assert Counter(each["verdict"] for each in scans) == {"admitted": 1, "already_used": TIMES - 1}
    winner = gates[[each["verdict"] for each in scans].index("admitted")]
    assert {each["used_gate"] for each in scans} == {winner}
    figures = await here.staff[0].get(f"door/{ticket['event']['id']}/figures")
    assert figures.json()["admitted"] == 1


async def test_one_scan_sent_again_and_again(here: Visit) -> None:
    ticket = await ticket_of(here, await here.buyer())
    scan_id = str(uuid4())
    answers = await at_once(here, *(scan(here, ticket, "Gate A", scan_id) for _ in range(TIMES)))
    assert Counter(each.json()["verdict"] for each in answers) == {"admitted": TIMES}
    assert here.market.number("SELECT COUNT(*) FROM scan WHERE id = ?", scan_id) == 1


async def test_one_check_in_taken_back_by_many(here: Visit) -> None:
    """While others let in again, at gates of their own."""
    ticket = await ticket_of(here, await here.buyer())
    await scan(here, ticket, "Gate A", str(uuid4()))
    path = f"tickets/{ticket['id']}/undo"
    undos = [here.staff[0].post(path, json={"reason": "a mistake"}) for _ in range(TIMES)]
    scans = [scan(here, ticket, f"Gate {n}", str(uuid4())) for n in range(TIMES)]
    mixed = [call for pair in zip(undos, scans, strict=True) for call in pair]
    answers = await at_once(here, *mixed)
    assert {*statuses(answers)} <= {200, 409}
    state = (await here.staff[0].get(f"tickets/verify/{ticket['id']}")).json()["detail"]
    shown = (await here.staff[0].get(f"door/{ticket['event']['id']}/figures")).json()
    gates = [{"gate": state["used_gate"], "admitted": 1}] if state["status"] == "used" else []
    assert shown == {"admitted": len(gates), "issued": 1, "gates": gates}


async def ticket_of(here: Visit, buyer: Buyer) -> Any:
    order = await here.buy(buyer, await here.event(seats=5))
    (ticket,) = order["tickets"]
    return ticket


async def scan(here: Visit, ticket: Any, gate: str, scan_id: str) -> httpx.Response:
    body = {
        "scan_id": scan_id,
        "code": ticket["link"],
        "gate": gate,
        "scanned_at": rfc3339(SystemClock().now()),
    }
    answer = await here.staff[0].post(f"door/{ticket['event']['id']}/scans", json=body)
    assert answer.status_code == 200, answer.text
    return answer


async def test_two_organizers_refund(here: Visit) -> None:
    order = await here.buy(await here.buyer(), await here.event(seats=5), seats=2)
    answers = await at_once(
        here, *(refund(here, order, str(uuid4()), number) for number in range(TIMES))
    )
    assert statuses(answers) == {202: 1, 409: TIMES - 1}
    await expect_one_refund(here, order)


async def test_one_refund_asked_again_and_again(here: Visit) -> None:
    order = await here.buy(await here.buyer(), await here.event(seats=5), seats=2)
    refund_id = str(uuid4())
    answers = await at_once(here, *(refund(here, order, refund_id, 0) for _ in range(TIMES)))
    assert statuses(answers) == {202: TIMES}
    await expect_one_refund(here, order)


async def refund(here: Visit, order: Any, refund_id: str, number: int) -> httpx.Response:
    staff = here.staff[number % len(here.staff)]
    command = {"id": refund_id, "ticket_ids": None, "include_used": False, "reason": "ill"}
    return await staff.post(f"admin/orders/{order['id']}/refunds", json=command)


async def expect_one_refund(here: Visit, order: Any) -> None:
    await here.market.until_none(REFUNDS_OPEN)
    await here.market.until_delivered()
    shown = (await here.staff[0].get(f"admin/orders/{order['id']}")).json()
    assert [given["status"] for given in shown["refunds"]] == ["succeeded"]
    assert (shown["status"], shown["refunded_cents"]) == ("refunded", order["total_cents"])
    assert await seats(here, shown["event"]) == (0, 0)
    assert disagreements(here.market, shown["event"]["id"]) == []


async def test_two_tabs_refresh(here: Visit) -> None:
    """Both go on, and the session lives: neither is taken for a thief."""
    tab, other = here.market.server.client(), here.market.server.client()
    await tab.register(f"tabs.{uuid4().hex}@example.org")
    for _ in range(ROUNDS):
        other.cookies = tab.cookies
        answers = await at_once(here, tab.post("auth/refresh"), other.post("auth/refresh"))
        assert statuses(answers) == {200: 2}
        assert sum("set-cookie" in answer.headers for answer in answers) == 1
        tab.take(answers[0])
        other.take(answers[1])
        if "set-cookie" in answers[1].headers:
            tab.cookies = other.cookies
        assert statuses([await tab.get("me"), await other.get("me")]) == {200: 2}


async def seats(here: Visit, sale: Any) -> tuple[int, int]:
    (kind,) = (await here.organizer.read(sale))["ticket_types"]
    return kind["held"], kind["sold"]
