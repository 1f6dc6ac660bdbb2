from collections.abc import AsyncIterator

import pytest

from tests.edge.harness import Edge
from tests.edge.visit import Visit


@pytest.fixture
async def visit(edge: Edge) -> AsyncIterator[Visit]:
    visit = Visit(edge)
    yield visit
    await visit.aclose()
