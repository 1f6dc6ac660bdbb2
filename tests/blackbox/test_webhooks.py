"""What Stripe tells us: heard once, however often it is said, and only from Stripe."""

import asyncio
import json
import time
from collections import Counter
from typing import Any
from uuid import uuid4

import httpx
import pytest

from bashi.sandbox.delivery import sign
from tests.blackbox.site import Site
from tests.support.client import problem

pytestmark = pytest.mark.slow


async def send(
    site: Site, event: Any, *, secret: str | None = None, ago_seconds: int = 0
) -> httpx.Response:
    """As Stripe would, signed; to whichever process is next."""
    body = json.dumps(event).encode()
    at = int(time.time()) - ago_seconds
    headers = {"stripe-signature": sign(body, secret or site.installation.webhook_secret, at)}
    return await site.client().post(site.root("/webhooks/stripe"), content=body, headers=headers)


async def unheard(site: Site, buyer: Any, order: Any) -> Any:
    """Stripe's event on a payment of this order that it does not deliver."""
    page = await site.open_payment(buyer, order)
    await site.stripe("faults", webhook_drop_next=1)
    await site.pay(page)
    (event,) = await events_of(site, order["id"])
    return event


async def events_of(site: Site, order_id: str) -> list[Any]:
    """The completed sessions that Stripe would tell of."""
    answer = await site.machine.get(
        f"{site.installation.stripe.url}/stripe/v1/events",
        params={"type": "checkout.session.completed", "limit": 100},
        headers={"authorization": f"Bearer {site.installation.stripe_key}"},
    )
    assert answer.is_success, answer.text
    events = answer.json()["data"]
    return [event for event in events if event["data"]["object"]["client_reference_id"] == order_id]


async def test_one_event_said_many_times_at_once(site: Site) -> None:
    sale, buyer = await site.event(), await site.buyer()
    order = await site.hold(buyer, sale, 2)
    event = await unheard(site, buyer, order)
    answers = await asyncio.gather(*(send(site, event) for _ in range(6)))
    outcomes = Counter(answer.json().get("outcome") for answer in answers)
    assert {answer.status_code for answer in answers} == {200}, outcomes
    assert outcomes == {"settled": 1, "already": 5}
    assert (await site.read(buyer, order))["status"] == "paid"
    assert await site.seats(sale) == (0, 2)
    assert (await send(site, event)).json() == {"outcome": "already"}


async def test_one_payment_told_by_two_events(site: Site) -> None:
    sale, buyer = await site.event(), await site.buyer()
    order = await site.hold(buyer, sale)
    event = await unheard(site, buyer, order)
    events = [event | {"id": f"evt_{uuid4().hex}"} for _ in range(2)]
    answers = await asyncio.gather(*(send(site, each) for each in events))
    assert sorted(answer.json()["outcome"] for answer in answers) == ["already", "settled"]
    assert await site.seats(sale) == (0, 1)


async def test_duplicates_and_disorder_from_stripe(site: Site) -> None:
    await site.stripe("faults", webhook_duplicates=2, webhook_reorder=True)
    try:
        sale, buyer = await site.event(), await site.buyer()
        order = await site.buy(buyer, sale, 2)
    finally:
        await site.stripe("reset")
    assert len(order["tickets"]) == 2
    assert await site.seats(sale) == (0, 2)


async def test_a_forged_event_changes_nothing(site: Site) -> None:
    buyer = await site.buyer()
    order = await site.hold(buyer, await site.event())
    event = await unheard(site, buyer, order)
    problem(await send(site, event, secret="whsec_of_somebody_else"), 400, "bad_signature")
    problem(await send(site, event, ago_seconds=3600), 400, "bad_signature")
    unsigned = await site.client().post(site.root("/webhooks/stripe"), json=event)
    problem(unsigned, 400, "bad_signature")
    assert (await site.read(buyer, order))["status"] == "pending"
    assert (await send(site, event)).json() == {"outcome": "settled"}


async def test_an_event_of_an_unknown_kind_is_ignored(site: Site) -> None:
    event = {
        "id": f"evt_{uuid4().hex}",
        "object": "event",
        "type": "customer.created",
        "livemode": False,
        "created": int(time.time()),
        "data": {"object": {"id": "cus_1", "object": "customer"}},
    }
    assert (await send(site, event)).json() == {"outcome": "ignored"}


async def test_a_payment_of_another_shop_is_ignored(site: Site) -> None:
    buyer = await site.buyer()
    order = await site.hold(buyer, await site.event())
    event = await unheard(site, buyer, order)
    foreign = json.loads(json.dumps(event)) | {"id": f"evt_{uuid4().hex}"}
    foreign["data"]["object"] |= {
        "id": f"cs_test_{uuid4().hex}",
        "client_reference_id": None,
        "metadata": {},
    }
    assert (await send(site, foreign)).json() == {"outcome": "ignored"}
    assert (await site.read(buyer, order))["status"] == "pending"


async def test_another_amount_is_an_alarm_and_no_ticket(site: Site) -> None:
    buyer = await site.buyer()
    order = await site.hold(buyer, await site.event())
    event = json.loads(json.dumps(await unheard(site, buyer, order)))
    event["data"]["object"]["amount_total"] = 1
    assert (await send(site, event)).json() == {"outcome": "mismatch"}
    assert (await site.read(buyer, order))["status"] == "pending"


async def test_an_expired_payment_page_gives_the_seats_back(site: Site) -> None:
    sale, buyer = await site.event(), await site.buyer()
    order = await site.hold(buyer, sale, 2)
    page = await site.open_payment(buyer, order)
    await site.stripe("expire", session=page.rpartition("/")[2])
    await site.becomes(buyer, order, "expired")
    assert await site.seats(sale) == (0, 0)
