"""The home page and the list of events: the next events stand in them."""

import json
from typing import Any

import httpx
import pytest

from bashi.core.batch import Unavailable
from tests.events.organizer import Organizer
from tests.events.test_cover import picture
from tests.site.test_event_pages import EVIL, Head, head
from tests.support.client import Client
from tests.support.product import SITE, Product

PAGES = [("/", 3), ("/events/", 12), ("/bn/", 3), ("/bn/events/", 12)]


def data(found: Head) -> Any:
    return json.loads(found.text("script", id="__events", type="application/json"))


@pytest.mark.parametrize(("path", "limit"), PAGES)
async def test_they_carry_the_list_as_the_api_tells_it(
    site: httpx.AsyncClient, organizer: Organizer, client: Client, path: str, limit: int
) -> None:
    await organizer.published()
    page = await site.get(path)
    assert page.headers["content-security-policy"].endswith(f"'sha256-{path}'")
    assert data(Head(page.text)) == (await client.get(f"events?limit={limit}")).json()
    again = await site.get(path, headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/", "/events/"])
async def test_their_heads_tell_search_engines_and_messengers(
    site: httpx.AsyncClient, organizer: Organizer, path: str
) -> None:
    event = await organizer.published()
    await organizer.call("PUT", f"/{event['id']}/cover", content=picture(), params={"alt": "Drums"})
    found = await head(site, f"/bn{path}")
    assert found.links("canonical") == [f"{SITE}/bn{path}"]
    assert found.links("alternate") == [f"{SITE}{path}", f"{SITE}/bn{path}"]
    assert found.named("og:title") == found.text("title") == "পাতা & <আরও>"
    assert found.named("og:description") == found.named("description") == 'সব "অনুষ্ঠান"'
    assert (found.named("og:locale"), found.named("og:image:alt")) == ("bn_BD", "Drums")
    [preload] = [each for tag, each in found.tags if each.get("rel") == "preload"]
    assert (preload["as"], preload["fetchpriority"]) == ("image", "high")
    graph = json.loads(found.text("script", type="application/ld+json"))["@graph"]
    assert ("Organization" in [each["@type"] for each in graph]) == (path == "/")
    [entry] = graph[-1]["itemListElement"]
    assert entry["url"] == f"{SITE}/bn/events/durga-pujo/"


async def test_without_events_there_is_an_empty_list(site: httpx.AsyncClient) -> None:
    found = await head(site, "/")
    assert data(found) == {"items": [], "next_cursor": None}
    assert found.named("og:image") is None


async def test_a_change_shows_at_once(site: httpx.AsyncClient, organizer: Organizer) -> None:
    await head(site, "/events/")
    event = await organizer.published()
    found = await head(site, "/events/")
    assert [each["id"] for each in data(found)["items"]] == [event["id"]]
    changed = await organizer.edit(await organizer.read(event), title={"en": EVIL})
    assert changed.status_code == 200
    found = await head(site, "/events/")
    assert [name for name, _ in found.tags].count("script") == 2
    assert [each["title"] for each in data(found)["items"]] == [{"en": EVIL}]


@pytest.mark.parametrize("query", ["when=past", "q=drums", "utm_source=x&when=past"])
async def test_another_list_is_for_the_script_to_ask(
    site: httpx.AsyncClient, organizer: Organizer, query: str
) -> None:
    await organizer.published()
    assert "__events" not in (await site.get(f"/events/?{query}")).text
    assert "__events" in (await site.get("/events/?utm_source=q=1")).text


@pytest.mark.parametrize("path", ["/", "/bn/events/"])
async def test_without_the_database_the_page_is_there_all_the_same(
    site: httpx.AsyncClient, product: Product, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(product.ports.database, "fetch", gone)
    page = await site.get(path)
    assert page.status_code == 200
    assert "<title>" in page.text
    assert "__events" not in page.text


async def test_without_the_database_an_events_page_asks_again(
    site: httpx.AsyncClient, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product.ports.database, "fetch", gone)
    page = await site.get("/events/durga-pujo/")
    assert page.status_code == 503
    assert "text/html" in page.headers["content-type"]
    assert "__event" not in page.text


async def gone(*_: object) -> Any:
    raise Unavailable("gone")
