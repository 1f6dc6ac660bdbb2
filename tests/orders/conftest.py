from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.events.organizer import organizer_of
from tests.orders.books import check_figures
from tests.support.client import Client
from tests.support.database import Template
from tests.support.product import Product
from tests.support.shop import Shop
from tests.support.stripe import Stripe, open_shop


@pytest.fixture
async def stripe(tmp_path: Path, database_template: Template) -> AsyncIterator[Stripe]:
    async with open_shop(tmp_path, database_template) as stripe:
        yield stripe


@pytest.fixture
async def product(stripe: Stripe) -> Product:
    return stripe.product


@pytest.fixture
async def shop(stripe: Stripe) -> AsyncIterator[Shop]:
    """Whatever happened in it, its figures are right in the end."""
    shop = Shop(stripe, await organizer_of(stripe.product))
    yield shop
    await check_figures(shop)


@pytest.fixture
async def buyer(shop: Shop) -> Client:
    return await shop.buyer()


@pytest.fixture
async def event(shop: Shop) -> Any:
    return await shop.event({}, {"price_cents": 700}, {"price_cents": 0})


@pytest.fixture
async def order(shop: Shop, buyer: Client, event: Any) -> Any:
    """Two at 15.00, one at 7.00, one for nothing."""
    return await shop.buy(buyer, event, 2, 1, 1)
