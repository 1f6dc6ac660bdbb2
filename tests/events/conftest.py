import pytest

from tests.events.organizer import Organizer, organizer_of
from tests.support.product import Product


@pytest.fixture
async def organizer(product: Product) -> Organizer:
    return await organizer_of(product)
