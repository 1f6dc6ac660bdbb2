from collections.abc import Iterator

import pytest

from tests.support.valkey import valkey_url


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """The address of a real one."""
    with valkey_url() as url:
        yield url


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may answer later than the product waits for a cache."""
    monkeypatch.setattr("bashi.engines.valkey.link.TIMEOUT_SECONDS", 30.0)
