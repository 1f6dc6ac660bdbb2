from collections.abc import Iterator

import pytest

from tests.support.valkey import valkey_url


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """The address of a real one."""
    with valkey_url() as url:
        yield url
