import pytest

from tests.events.organiser import Organiser, organiser_of
from tests.support.product import Product


@pytest.fixture
async def organiser(product: Product) -> Organiser:
    return await organiser_of(product)
