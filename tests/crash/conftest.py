from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.tables import PostgresTables


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """An empty one, as `open_market` takes it."""
    if request.param == "sqlite":
        return {}
    url = request.getfixturevalue("postgres").database()
    return {"tables": PostgresTables(url), "BASHI_DATABASE_URL": url}
