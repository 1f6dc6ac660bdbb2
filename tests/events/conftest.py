from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.events.installation import Installation, install
from tests.events.organiser import Organiser


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    made = install(tmp_path)
    yield made
    await made.client.aclose()
    made.database.close()


@pytest.fixture
async def organiser(installation: Installation) -> Organiser:
    return Organiser(installation, await installation.bearer("admin"))
