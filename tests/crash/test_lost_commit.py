"""PostgreSQL's connection is lost during COMMIT: whoever repeats the command gets one effect."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import pytest

from tests.support.books import disagreements
from tests.support.lossy import Cut, Lossy
from tests.support.market import Buyer, Market, Visit, open_market, visit
from tests.support.postgres import Postgres
from tests.support.relay import relaying
from tests.support.server import free_port
from tests.support.tables import PostgresTables

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("cut", Cut)]
PENDING = "SELECT COUNT(*) FROM orders WHERE status = 'pending'"
EMAILS = "SELECT COUNT(*) FROM outbox WHERE subject_id = ? AND kind = 'tickets'"


@dataclass(frozen=True)
class Network:
    lossy: Lossy
    port: int
    direct_url: str

    @property
    def url(self) -> str:
        parts = urlsplit(self.direct_url)
        user = parts.netloc.rpartition("@")[0]
        return urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{self.port}"))


@pytest.fixture(scope="module")
def network(postgres: Postgres) -> Iterator[Network]:
    url, port = postgres.database(), free_port()
    lossy = Lossy([urlsplit(url).port or 5432])
    with relaying(port, lossy):
        yield Network(lossy, port, url)


@pytest.fixture(scope="module")
def market(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Only the web: no worker whose COMMIT could be the one that is lost."""
    folder, tables = tmp_path_factory.mktemp("market"), PostgresTables(network.direct_url)
    web = ("--role", "web")
    with open_market(folder, *web, tables=tables, BASHI_DATABASE_URL=network.url) as market:
        yield market


@pytest.fixture
async def here(market: Market) -> AsyncIterator[Visit]:
    async with visit(market) as visitor:
        yield visitor


@pytest.fixture
def lossy(network: Network) -> Lossy:
    return network.lossy


async def repeated(
    lossy: Lossy, cut: Cut, buyer: Buyer, event: Any, order_id: str
) -> httpx.Response:
    """The first answer is lost, and the second one is returned."""
    lossy.lose(cut)
    first = await buyer.hold(event, 2, order_id)
    assert lossy.lost, "nothing was committed"
    assert first.status_code == 503, first.text
    assert first.headers["retry-after"]
    return await buyer.hold(event, 2, order_id)


async def test_a_hold(here: Visit, lossy: Lossy, cut: Cut) -> None:
    buyer, order_id = await here.buyer(), str(uuid4())
    event = await here.event(seats=5)
    answer = await repeated(lossy, cut, buyer, event, order_id)
    assert answer.status_code == (201 if cut is Cut.BEFORE else 200), answer.text
    assert answer.json()["id"] == order_id
    (kind,) = (await here.organizer.read(event))["ticket_types"]
    assert (kind["held"], kind["sold"]) == (2, 0)
    assert (await buyer.cancel(order_id)).is_success
    assert disagreements(here.market, event["id"]) == []


async def test_a_free_order(here: Visit, lossy: Lossy, cut: Cut) -> None:
    buyer, order_id = await here.buyer(), str(uuid4())
    event = await here.event(seats=5, price_cents=0)
    answer = await repeated(lossy, cut, buyer, event, order_id)
    assert answer.is_success, answer.text
    assert len(answer.json()["tickets"]) == 2
    assert here.market.number(EMAILS, order_id) == 1
    assert disagreements(here.market, event["id"]) == []


async def test_a_payment_that_stripe_tells_of(here: Visit, lossy: Lossy, cut: Cut) -> None:
    buyer = await here.buyer()
    event = await here.event(seats=5)
    order_id = (await buyer.hold(event, 2)).json()["id"]
    page = await buyer.open_payment(order_id)
    assert page is not None
    lossy.lose(cut)
    assert await here.market.stripe.pay(here.http, page)
    await here.market.until_none(PENDING)
    await here.market.until_delivered()
    assert lossy.lost, "nothing was committed"
    assert here.market.number(EMAILS, order_id) == 1
    assert disagreements(here.market, event["id"]) == []
