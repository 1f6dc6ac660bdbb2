"""What search engines may read, and where they find it."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import httpx
import pytest

from tests.events.organizer import Organizer
from tests.support.product import SITE, Product

SPACES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


async def pages(site: httpx.AsyncClient) -> dict[str, dict[str, str]]:
    """Address of each page in the sitemap → its address in each language."""
    answer = await site.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    assert answer.headers["cache-control"] == "public, max-age=5"
    found = {}
    for page in ET.fromstring(answer.content).findall("map:url", SPACES):
        links = page.findall("xhtml:link", SPACES)
        loc = page.findtext("map:loc", namespaces=SPACES)
        assert loc
        found[loc] = {link.attrib["hreflang"]: link.attrib["href"] for link in links}
    return found


async def test_the_sitemap_names_the_lists_and_each_event_to_come_in_both_languages(
    site: httpx.AsyncClient, organizer: Organizer
) -> None:
    await organizer.published()
    await organizer.create(slug="draft")
    await organizer.cancel(await organizer.published(slug="canceled", title="Canceled"))
    both = [
        {"en": f"{SITE}{path}", "bn": f"{SITE}/bn{path}"}
        for path in ("/", "/events/", "/events/durga-pujo/")
    ]
    assert await pages(site) == {url: each for each in both for url in each.values()}


async def test_a_published_event_is_in_the_sitemap_until_it_has_ended(
    product: Product, site: httpx.AsyncClient, organizer: Organizer
) -> None:
    url = f"{SITE}/events/durga-pujo/"
    assert url not in await pages(site)
    await organizer.published()
    assert url in await pages(site)
    product.clock.advance(hours=24 * 365)
    assert url not in await pages(site)


@pytest.mark.parametrize("prefix", ["", "/bn"])
async def test_robots_stay_out_of_what_is_private(site: httpx.AsyncClient, prefix: str) -> None:
    answer = await site.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in ("/admin/orders/", "/order/?id=1", "/tickets/", "/account/", "/scan/", "/t/"):
        assert not rules.can_fetch("*", f"{SITE}{prefix}{path}")
    for path in ("/", "/events/", "/events/durga-pujo/"):
        assert rules.can_fetch("*", f"{SITE}{prefix}{path}")
    assert not rules.can_fetch("*", f"{SITE}/api/me")
