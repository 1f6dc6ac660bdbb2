from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.client import Client
from tests.support.product import Product, make_template, open_product


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bashi.sqlite"
    make_template(path)
    return path


@pytest.fixture
async def product(tmp_path: Path, database_template: Path) -> AsyncIterator[Product]:
    async with open_product(tmp_path, database_template) as product:
        yield product


@pytest.fixture
async def client(product: Product) -> Client:
    """Somebody who is not signed in."""
    return product.client()
