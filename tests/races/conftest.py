from collections.abc import AsyncIterator, Iterator

import pytest

from tests.support.market import Market, Visit, open_market, visit


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    with open_market(tmp_path_factory.mktemp("market")) as market:
        yield market


@pytest.fixture
async def here(market: Market) -> AsyncIterator[Visit]:
    async with visit(market) as visitor:
        yield visitor
