"""Stripe takes a request and never answers: whoever waits for it hears so, and loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from tests.support.market import Market, Visit, open_market, visit
from tests.support.relay import Freezing, relaying
from tests.support.server import free_port

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 20.0
"""Of a person with a phone in the hand: 12, and room for a busy machine."""
PENDING = "SELECT COUNT(*) FROM orders WHERE id = ? AND status = 'pending'"


@dataclass(frozen=True)
class Place:
    market: Market
    stripe: Freezing


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, port, stripe_port = tmp_path_factory.mktemp("market"), free_port(), free_port()
    stripe = Freezing(stripe_port)
    url = f"http://127.0.0.1:{port}/sandbox/stripe"
    with (
        relaying(port, stripe),
        open_market(
            folder, "--role", "web", stripe_port=stripe_port, BASHI_STRIPE_API_URL=url
        ) as market,
    ):
        yield Place(market, stripe)


@pytest.fixture
async def here(place: Place) -> AsyncIterator[Visit]:
    async with visit(place.market) as visitor:
        yield visitor


async def test_a_buyer_is_told_to_wait_and_gets_the_page_of_the_same_attempt(
    here: Visit, place: Place
) -> None:
    event, buyer = await here.event(seats=5), await here.buyer()
    order_id = (await buyer.hold(event, 2)).json()["id"]
    with place.stripe.frozen():
        asking = asyncio.create_task(buyer.call("POST", f"orders/{order_id}/payment"))
        other = await (await here.buyer()).hold(event, 1)
        assert other.status_code == 201, other.text
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await asking
    assert (answer.status_code, answer.json()["status"]) == (202, "waiting")
    assert answer.headers["retry-after"]
    order = (await buyer.call("GET", f"orders/{order_id}")).json()
    assert order["status"] == "pending"
    assert await buyer.open_payment(order_id)
    sessions = here.market.stripe.objects("checkout.session")
    assert [one["client_reference_id"] for one in sessions] == [order_id]


async def test_a_buyer_who_gives_seats_back_is_told_too(here: Visit, place: Place) -> None:
    event, buyer = await here.event(seats=5), await here.buyer()
    order_id = (await buyer.hold(event, 2)).json()["id"]
    assert await buyer.open_payment(order_id)
    with place.stripe.frozen():
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await buyer.cancel(order_id)
        assert answer.is_success, answer.text
    await buyer.cancel(order_id)
    await here.market.until_none(PENDING, order_id)
    (kind,) = (await here.organizer.read(event))["ticket_types"]
    assert (kind["held"], kind["sold"]) == (0, 0)
