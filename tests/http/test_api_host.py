"""The API at a host of its own, however its name is written (RFC 9110 §4.2.3)."""

import httpx
import pytest
from starlette.responses import PlainTextResponse

from bashi.http.app import create_app
from bashi.http.gateway import Gateway
from bashi.http.metrics import Metrics
from bashi.http.root import Root
from tests.support.product import OPTIONS, SITE, Product


@pytest.mark.parametrize("host", ["api.example.org", "API.example.org:443"])
@pytest.mark.parametrize("setting", ["api.example.org", "Api.Example.org"])
async def test_a_host_has_no_case(product: Product, setting: str, host: str) -> None:
    metrics = Metrics()
    site = PlainTextResponse("the site", 404)
    root = Root(create_app(product.ports, metrics), site, setting, {}, site_url=SITE)
    transport = httpx.ASGITransport(Gateway(root, OPTIONS, metrics))
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
        answer = await client.get("/events", headers={"host": host})
    assert answer.json()["items"] == []
