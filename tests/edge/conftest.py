from collections.abc import AsyncIterator, Iterator

import pytest

from tests.edge.harness import Edge, edge_installation
from tests.edge.visit import Visit


@pytest.fixture(scope="session")
def edge() -> Iterator[Edge]:
    """One for the whole run: use names that no other test uses."""
    with edge_installation() as edge:
        yield edge


@pytest.fixture
async def visit(edge: Edge) -> AsyncIterator[Visit]:
    visit = Visit(edge)
    yield visit
    await visit.aclose()
