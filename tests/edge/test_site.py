"""The static site at the edge, and the pages that the Worker fills in."""

import json
import re

import httpx
import pytest

from tests.edge.harness import Edge
from tests.edge.visit import Visit

pytestmark = pytest.mark.slow

SAID_ON_EVERY_ANSWER = (
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
)


async def test_an_events_page_says_what_it_is_about(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer, title="Drums & <Lights>")
    url = f"{visit.edge.base_url}/events/{event['slug']}/"
    async with httpx.AsyncClient() as browser:
        page = await browser.get(url)
        bangla = await browser.get(f"{visit.edge.base_url}/bn/events/{event['slug']}/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<title>Drums &amp; &lt;Lights&gt; – OKLAHOMABASHI</title>" in page.text
    assert f'<meta property="og:url" content="{url}"/>' in page.text
    assert '<meta name="description" content="Five days of drums."/>' in page.text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert json.loads(data)["name"] == "Drums & <Lights>"
    assert "<title>দুর্গাপূজা" in bangla.text


def test_pages_of_no_event(edge: Edge) -> None:
    for path in ("/events/of-nobody/", "/nothing", "/events/_/"):
        answer = httpx.get(f"{edge.base_url}{path}")
        assert answer.status_code == 404, path
        assert "text/html" in answer.headers["content-type"]


def test_static_pages_come_without_the_worker(edge: Edge) -> None:
    for path in ("/login/", "/bn/login/", "/scan/"):
        answer = httpx.get(f"{edge.base_url}{path}")
        assert answer.status_code == 200, path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "x-request-id" not in answer.headers
    assert httpx.get(f"{edge.base_url}/login").headers["location"] == "/login/"


async def test_the_next_events_stand_in_home_and_list(visit: Visit) -> None:
    await visit.event(await visit.organizer(), title="Drums & <Lights>")
    async with httpx.AsyncClient(base_url=visit.edge.base_url) as browser:
        for path, limit in (("/", 3), ("/bn/", 3), ("/events/", 12), ("/bn/events/", 12)):
            page = await browser.get(path)
            assert "default-src 'none'" in page.headers["content-security-policy"]
            (data,) = re.findall(r'<script type="application/json" id="__events">(.*?)<', page.text)
            told = await browser.get("/api/events", params={"limit": limit})
            found, wanted = (
                [event["id"] for event in each["items"]] for each in (json.loads(data), told.json())
            )
            assert wanted
            assert found == wanted, path


@pytest.mark.parametrize("path", ["/privacy/", "/login/", "/bn/terms/", "/icon.svg"])
def test_what_the_platform_serves_is_said_to_be_as_safe(edge: Edge, path: str) -> None:
    worker, static = (httpx.get(f"{edge.base_url}{where}").headers for where in ("/healthz", path))
    assert [static.get(name) for name in SAID_ON_EVERY_ANSWER] == [
        worker[name] for name in SAID_ON_EVERY_ANSWER
    ]
    assert static["strict-transport-security"] == "max-age=31536000"


def test_what_the_worker_answers_beside_the_api(edge: Edge) -> None:
    for path in ("/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/events/"):
        answer = httpx.get(f"{edge.base_url}{path}")
        assert answer.status_code == 200, path
        assert "x-request-id" in answer.headers
    assert httpx.get(f"{edge.base_url}/metrics").status_code == 404
