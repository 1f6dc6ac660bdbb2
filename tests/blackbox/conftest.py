from collections.abc import AsyncIterator, Iterator

import pytest

from tests.blackbox.installation import Installation
from tests.blackbox.installations import INSTALLATIONS
from tests.blackbox.site import Site


@pytest.fixture(scope="session", params=INSTALLATIONS)
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """One for the whole run: use names that no other test uses."""
    engine: str = request.param
    with INSTALLATIONS[engine](request) as installation:
        yield installation


@pytest.fixture
async def site(installation: Installation) -> AsyncIterator[Site]:
    site = Site(installation)
    try:
        await site.open()
        yield site
    finally:
        await site.close()
