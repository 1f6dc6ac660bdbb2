"""A page from the cache, answered before the framework, is the answer that the framework gives."""

import re
from typing import Any

import httpx
import pytest

from bashi.core import limits
from bashi.entry.describe import describe
from bashi.http.app import create_app
from bashi.http.cached_route import CachedPages, KeptRoute
from bashi.http.gateway import Gateway
from bashi.http.metrics import Metrics
from bashi.http.root import Root
from tests.events.organizer import Organizer
from tests.support.client import Client
from tests.support.product import OPTIONS, SITE, Product

CHANCE = ("x-request-id",)
CHANCES = re.compile(rb',"request_id":"\w+"')
TOO_LONG = {"content-length": str(limits.BODY_BYTES + 1)}


class Broken:
    """A framework that must not be asked."""

    def __call__(self, *_: Any) -> Any:
        raise AssertionError("the framework was asked")


def browser(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"{SITE}/api")


def seen(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    headers = [pair for pair in answer.headers.multi_items() if pair[0] not in CHANCE]
    return answer.status_code, sorted(headers), CHANCES.sub(b"", answer.content)


@pytest.fixture
async def slug(product: Product) -> str:
    organizer = Organizer(await product.staff(), product.clock.now)
    event = await organizer.create()
    await organizer.add_type(event)
    published: str = (await organizer.publish(event))["slug"]
    return published


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/events/{slug}", {}),
        ("HEAD", "/events/{slug}", {}),
        ("GET", "/events/{slug}", {"accept-encoding": "gzip"}),
        ("GET", "/events/{slug}", {"accept-encoding": "identity"}),
        ("GET", "/events/{slug}", {"if-none-match": "TAG"}),
        ("GET", "/events/{slug}", {"if-none-match": 'W/"other"'}),
        ("GET", "/events/{slug}", {"authorization": "Bearer nonsense", "cookie": 'a="b"'}),
        ("GET", "/events/{slug}", TOO_LONG),
        ("GET", "/events/{slug}", {"content-length": "2"}),
        ("GET", "/events/{slug}?x=1", {}),
        ("GET", "/events/{slug}/", {}),
        ("GET", "/events/no-such", {}),
        ("GET", "/events/%00", {}),
        ("POST", "/events/{slug}", {}),
        ("OPTIONS", "/events/{slug}", {}),
        ("GET", "/events", {}),
        ("GET", "/events?when=upcoming&limit=50", {}),
        ("GET", "/events?limit=0", {}),
        ("GET", "/events?cursor=x", {}),
    ],
)
async def test_nobody_sees_which_of_both_answered(
    product: Product, slug: str, method: str, path: str, headers: dict[str, str]
) -> None:
    metrics = Metrics()
    api = create_app(product.ports, metrics)
    plain = browser(Gateway(Root(api, api, "", {}), OPTIONS, metrics))
    first = browser(Gateway(Root(CachedPages(api, api), api, "", {}), OPTIONS, metrics))
    page = await plain.get(f"/events/{slug}")
    await plain.get("/events")
    tag = page.headers["etag"]
    sent = {name: tag if value == "TAG" else value for name, value in headers.items()}
    url = path.format(slug=slug)
    by_framework = await plain.request(method, url, headers=sent)
    routes = metrics.text()
    by_cache = await first.request(method, url, headers=sent)
    assert seen(by_cache) == seen(by_framework)
    assert labels(metrics.text()) == labels(routes)


def labels(text: str | bytes) -> set[str]:
    """Of which routes answers were counted."""
    lines = (text.decode() if isinstance(text, bytes) else text).splitlines()
    return {line.partition("}")[0] for line in lines if "route=" in line}


async def test_a_kept_page_asks_nothing_of_the_framework(
    client: Client, product: Product, slug: str
) -> None:
    assert (await client.get(f"events/{slug}")).status_code == 200
    assert (await client.get("events")).status_code == 200
    pages = CachedPages(create_app(product.ports, None), Broken())
    first = browser(Gateway(Root(pages, pages, "", {}), OPTIONS, Metrics()))
    for path in (f"/events/{slug}", "/events"):
        assert (await first.get(path)).status_code == 200
    with pytest.raises(AssertionError):
        await pages({"type": "http", "method": "GET", "path": "/site", "headers": []}, None, None)  # type: ignore[arg-type]


def test_only_public_reads_are_kept_and_all_are_in_the_document(product: Product) -> None:
    api = create_app(product.ports, None)
    kept = [route for route in api.routes if isinstance(route, KeptRoute)]
    assert {route.path_format for route in kept} == {"/events", "/events/{slug}"}
    for route in kept:
        assert route.methods == {"GET"}
        operation = describe()["paths"][route.path_format]["get"]
        assert operation["operationId"] == route.name
        assert "security" not in operation
        assert not route.dependant.dependencies
