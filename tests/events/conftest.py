import pytest

from tests.events.organiser import Organiser
from tests.support.product import Product


@pytest.fixture
async def organiser(product: Product) -> Organiser:
    return Organiser(await product.staff())
