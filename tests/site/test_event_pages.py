"""Event pages: one shell, filled with the event that the address names."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from tests.events.organizer import Organizer, write
from tests.events.test_cover import picture
from tests.support.client import Client
from tests.support.product import SITE, Product

EVIL = "</script><script>alert(1)</script><!--'\"&"


class Head(HTMLParser):
    """What a browser finds: every tag with its attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        at = len(self.tags) - 1
        self.texts[at] = self.texts.get(at, "") + data

    def named(self, name: str) -> str | None:
        """Content of a meta tag."""
        for tag, attributes in self.tags:
            if tag == "meta" and name in (attributes.get("name"), attributes.get("property")):
                return attributes["content"]
        return None

    def links(self, rel: str) -> list[str | None]:
        return [each["href"] for tag, each in self.tags if tag == "link" and each["rel"] == rel]

    def text(self, tag: str, **attributes: str) -> str:
        [at] = [
            at
            for at, (name, found) in enumerate(self.tags)
            if name == tag and attributes.items() <= found.items()
        ]
        return self.texts[at]


async def head(site: httpx.AsyncClient, path: str) -> Head:
    page = await site.get(path)
    assert page.status_code == 200, page.text
    return Head(page.text)


async def test_the_page_carries_the_event_as_the_api_tells_it(
    site: httpx.AsyncClient, organizer: Organizer, client: Client
) -> None:
    await organizer.published()
    page = await site.get("/events/durga-pujo/")
    assert page.headers["content-security-policy"].endswith("'sha256-/events/_/'")
    data = Head(page.text).text("script", id="__event", type="application/json")
    assert json.loads(data) == (await client.get("events/durga-pujo")).json()
    again = await site.get("/events/durga-pujo/", headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("prefix", "title", "summary", "locale"),
    [
        ("", "Durga Pujo", "Five days of drums.", "en_US"),
        ("/bn", "দুর্গাপূজা", "পাঁচ দিনের ঢাক।", "bn_BD"),
    ],
)
async def test_the_head_tells_search_engines_and_messengers(
    site: httpx.AsyncClient,
    organizer: Organizer,
    prefix: str,
    title: str,
    summary: str,
    locale: str,
) -> None:
    await organizer.published()
    found = await head(site, f"{prefix}/events/durga-pujo/")
    url = f"{SITE}{prefix}/events/durga-pujo/"
    assert found.text("title") == f"{title} – OKLAHOMABASHI"
    assert found.named("description") == found.named("og:description") == summary
    assert (found.named("og:title"), found.named("og:locale")) == (title, locale)
    assert found.named("og:url") == url
    assert found.links("canonical") == [url]
    both = [f"{SITE}/events/durga-pujo/", f"{SITE}/bn/events/durga-pujo/"]
    assert found.links("alternate") == both


async def test_the_event_is_linked_data(site: httpx.AsyncClient, organizer: Organizer) -> None:
    event = await organizer.published()
    await organizer.call("PUT", f"/{event['id']}/cover", content=picture(), params={"alt": "Drums"})

    async def data() -> dict[str, Any]:
        found = await head(site, "/events/durga-pujo/")
        assert found.named("og:image:alt") == "Drums"
        linked = json.loads(found.text("script", type="application/ld+json"))
        assert linked["image"][-1] == found.named("og:image")
        return dict(linked)

    linked = await data()
    assert (linked["@type"], linked["name"]) == ("Event", "Durga Pujo")
    assert linked["startDate"] == "2026-11-30T06:00:00-06:00"
    assert linked["eventStatus"] == "https://schema.org/EventScheduled"
    assert linked["location"]["name"] == "Riverside Hall"
    [offer] = linked["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("15.00", "USD")
    assert offer["availability"] == "https://schema.org/InStock"
    await organizer.cancel(await organizer.read(event))
    linked = await data()
    assert linked["eventStatus"] == "https://schema.org/EventCancelled"
    assert linked["offers"][0]["availability"] == "https://schema.org/SoldOut"


async def test_a_price_in_linked_data_is_in_the_currency_itself(
    product: Product, site: httpx.AsyncClient, organizer: Organizer
) -> None:
    await organizer.published()
    await write(product, "UPDATE event SET currency = 'JPY'")
    found = await head(site, "/events/durga-pujo/")
    [offer] = json.loads(found.text("script", type="application/ld+json"))["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("1500", "JPY")


async def test_the_cover_is_loaded_early(site: httpx.AsyncClient, organizer: Organizer) -> None:
    event = await organizer.published()
    answer = await organizer.call("PUT", f"/{event['id']}/cover", content=picture())
    base = answer.json()["cover"]["srcset_base"]
    found = await head(site, "/events/durga-pujo/")
    [preload] = [each for tag, each in found.tags if each.get("rel") == "preload"]
    candidates = ", ".join(f"{base}-{width}.webp {width}w" for width in (360, 640, 960, 1280))
    assert preload["imagesrcset"] == candidates


async def test_no_word_of_an_organizer_becomes_markup(
    site: httpx.AsyncClient, organizer: Organizer
) -> None:
    await organizer.published(slug="evil", title=EVIL, summary=EVIL, venue=EVIL)
    page = await site.get("/events/evil/")
    found = Head(page.text)
    scripts = [attributes.get("type") for tag, attributes in found.tags if tag == "script"]
    assert scripts == ["application/ld+json", "application/json"]
    assert found.text("title").startswith(EVIL)
    assert found.named("description") == EVIL
    for kind in scripts:
        assert kind is not None
        text = found.text("script", type=kind)
        assert "<" not in text
        assert EVIL in json.dumps(json.loads(text), ensure_ascii=False).replace('\\"', '"')
    assert re.findall(r"<body>.*", page.text) == ["<body></body></html>"]


async def test_an_edit_shows_at_once_in_both_languages(
    site: httpx.AsyncClient, organizer: Organizer
) -> None:
    event = await organizer.published()
    for path in ("/events/durga-pujo/", "/bn/events/durga-pujo/"):
        await site.get(path)
    await organizer.edit(event, title={"en": "Kali Pujo", "bn": "কালীপূজা"})
    for path, title in (("", "Kali Pujo"), ("/bn", "কালীপূজা")):
        found = await head(site, f"{path}/events/durga-pujo/")
        assert found.text("title").startswith(title)


async def test_sales_show_within_five_seconds(
    product: Product, site: httpx.AsyncClient, organizer: Organizer
) -> None:
    await organizer.published()
    await site.get("/events/durga-pujo/")
    await write(product, "UPDATE ticket_type SET sold = capacity")
    product.clock.advance(seconds=5)
    assert "sold_out" in (await site.get("/events/durga-pujo/")).text


async def test_unknown_events_and_drafts_are_the_404_page(
    site: httpx.AsyncClient, organizer: Organizer
) -> None:
    await organizer.create()
    for path in ("/events/durga-pujo/", "/bn/events/durga-pujo/", "/events/nope/"):
        page = await site.get(path)
        assert (page.status_code, "Nothing here" in page.text) == (404, True)


async def test_paths_below_an_event(site: httpx.AsyncClient, organizer: Organizer) -> None:
    await organizer.published()
    bare = await site.get("/bn/events/durga-pujo?ticket_type=1")
    assert bare.headers["location"] == "/bn/events/durga-pujo/?ticket_type=1"
    assert (await site.get("/events/durga-pujo/payload.txt")).text == "soft"
    for path in ("index.html", "nope.txt", "../../../outside.html", "a/b/"):
        assert (await site.get(f"/events/durga-pujo/{path}")).status_code == 404
