from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.events.organizer import organizer_of
from tests.support.client import Client
from tests.support.database import Template
from tests.support.shop import Shop
from tests.support.stripe import Stripe, open_shop


@pytest.fixture
async def stripe(tmp_path: Path, database_template: Template) -> AsyncIterator[Stripe]:
    async with open_shop(tmp_path, database_template) as stripe:
        yield stripe


@pytest.fixture
async def shop(stripe: Stripe) -> Shop:
    return Shop(stripe, await organizer_of(stripe.product))


@pytest.fixture
async def buyer(shop: Shop) -> Client:
    return await shop.buyer()
