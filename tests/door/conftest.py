from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bashi.core.people.rules import Role
from tests.door.gate import Gate
from tests.events.organizer import DAY, HOUR, organizer_of
from tests.orders.books import check_figures
from tests.support.database import Template
from tests.support.product import Product
from tests.support.shop import Shop
from tests.support.stripe import open_shop


@pytest.fixture
async def shop(tmp_path: Path, database_template: Template) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, database_template) as stripe:
        shop = Shop(stripe, await organizer_of(stripe.product))
        yield shop
        await check_figures(shop)


@pytest.fixture
async def gate(shop: Shop) -> Gate:
    """An evening of three guests, just before it begins, and a volunteer at the door."""
    event = await shop.event()
    order = await shop.buy(await shop.buyer(), event, 3)
    shop.product.clock.at += 10 * DAY - HOUR
    await shop.admin.login(shop.admin.person["email"])
    volunteer = await shop.product.staff(Role.VOLUNTEER)
    return Gate(shop, event, order, volunteer)


@pytest.fixture
async def product(shop: Shop) -> Product:
    return shop.product
