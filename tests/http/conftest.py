from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.support.server import Server, free_port, running

METRICS_TOKEN = "a token that the tests' Prometheus knows"


@pytest.fixture(scope="package")
def guarded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """No proxy is trusted, every request is logged, and 127.0.0.1 is the host of the API alone."""
    port = free_port()
    settings = {
        "BASHI_TRUSTED_PROXIES": "",
        "BASHI_API_HOST": "127.0.0.1",
        "BASHI_STRIPE_API_URL": f"http://localhost:{port}/sandbox/stripe",
        "BASHI_METRICS_TOKEN": METRICS_TOKEN,
        "BASHI_ACCESS_LOG": "all",
    }
    server = Server(tmp_path_factory.mktemp("guarded"), port, settings)
    with running(server):
        yield server


@pytest.fixture
async def guarded(guarded_server: Server) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=guarded_server.url, timeout=30) as client:
        yield client


@pytest.fixture
async def site(server: Server) -> httpx.AsyncClient:
    """A browser at the site's root, behind the proxy that the shared server trusts."""
    client = server.client()
    client.base_url = httpx.URL(server.url)
    return client
