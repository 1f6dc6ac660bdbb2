"""Name, colors and texts of an organization are settings, served without a rebuild."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bashi.core.brand import Brand, Colors, Name, contrast
from bashi.core.mail.emails import Organization
from bashi.engines.renderer.inline import InlineRenderer
from bashi.entry.setting_groups.brand import BrandSettings
from bashi.http.site import Site
from bashi.http.site_files import SiteFiles
from tests.events.organizer import organizer_of
from tests.support.database import Template
from tests.support.product import POLICY, SITE, Product, open_product
from tests.support.stand_ins import tickets

TULSA = Brand(
    {"en": Name("Tulsa Friends"), "bn": Name("টুলসাবাসী", "টুলসাবাসীর", "টুলসাবাসীতে")},
    Colors("#0b5d4e", "#06382f", "#ffd166"),
    {"headline": {"en": "Meet in Tulsa"}},
)


@pytest.fixture
async def tulsa(tmp_path: Path, database_template: Template) -> AsyncIterator[Product]:
    renderer = InlineRenderer(Organization(TULSA, SITE, "help@example.org"), tickets)
    policy = replace(POLICY, brand=TULSA)
    async with open_product(
        tmp_path, database_template, policy=policy, renderer=renderer
    ) as opened:
        yield opened


@pytest.fixture
async def browser(tulsa: Product, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Site(SiteFiles(folder), tulsa.ports))
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
        yield client


async def test_the_site_says_who_runs_it(tulsa: Product) -> None:
    site = (await tulsa.client().get("site")).json()
    assert site["name"] == "Tulsa Friends"
    assert site["names"] == {"en": "Tulsa Friends", "bn": "টুলসাবাসী"}
    assert site["home"] == {"headline": {"en": "Meet in Tulsa"}}


async def test_colors_are_a_style_sheet(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/brand.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "--color-brand:#0b5d4e;--color-brand-dark:#06382f;" in answer.text
    assert "--color-gold:#ffd166;" in answer.text


async def test_the_manifest_names_the_organization(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/site.webmanifest")
    manifest = answer.json()
    assert (manifest["name"], manifest["theme_color"]) == ("Tulsa Friends", "#06382f")
    assert (manifest["lang"], manifest["start_url"]) == ("en", "/")


async def test_an_event_s_page_is_titled_in_its_language(
    tulsa: Product, browser: httpx.AsyncClient
) -> None:
    await (await organizer_of(tulsa)).published()
    assert (
        "<title>Durga Pujo – Tulsa Friends</title>"
        in (await browser.get("/events/durga-pujo/")).text
    )
    page = (await browser.get("/bn/events/durga-pujo/")).text
    assert "<title>দুর্গাপূজা – টুলসাবাসী</title>" in page


async def test_emails_are_in_the_organization_s_name_and_colors(tulsa: Product) -> None:
    await tulsa.client().register("rina@example.org", locale="bn")
    await tulsa.client().register("tom@example.org")
    bangla, english = await tulsa.deliver()
    assert bangla.subject == "টুলসাবাসীতে স্বাগতম"
    assert english.subject == "Welcome to Tulsa Friends"
    assert "#0b5d4e" in english.email.html
    assert "#8f1230" not in english.email.html


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("color_main", "#ff9999", "BASHI_COLOR_MAIN: white text on #ff9999 has a contrast of 2.0"),
        ("color_dark", "#888888", "BASHI_COLOR_DARK"),
        ("color_accent", "#5e0a20", "BASHI_COLOR_ACCENT"),
        ("names", '{"fr": {"name": "Amis"}}', "BASHI_NAMES and BASHI_HOME: this build has en, bn"),
        ("names", "Amis", "BASHI_NAMES: set JSON"),
        ("home", '{"footer": {"en": "x"}}', "BASHI_HOME: set headline or lead"),
    ],
)
def test_what_nobody_could_read_is_refused_at_start(setting: str, value: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        BrandSettings.model_validate({setting: value})


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#ffffff", "#000000"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
