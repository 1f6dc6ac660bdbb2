from collections.abc import AsyncIterator, Iterator

import pytest

from tests.edge.market import open_edge_market
from tests.support.market import Market, Visit, open_market, open_scaled_market, visit

POSTGRES = ("postgres", "postgres without its lane")


@pytest.fixture(scope="session", params=["sqlite", *POSTGRES, "d1"])
def market(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Market]:
    """One process on SQLite; two on PostgreSQL, with its lane and without; the edge on D1."""
    folder = tmp_path_factory.mktemp("market")
    if request.param == "sqlite":
        with open_market(folder) as market:
            yield market
        return
    if request.param == "d1":
        with open_edge_market(folder) as market:
            yield market
        return
    url = request.getfixturevalue("postgres").database()
    with open_scaled_market(folder, url, lane=request.param == "postgres") as market:
        yield market


@pytest.fixture
async def here(market: Market) -> AsyncIterator[Visit]:
    async with visit(market) as visitor:
        yield visitor
