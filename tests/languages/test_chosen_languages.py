"""BASHI_LANGUAGES chooses among the languages of the build, and which one is the main one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bashi.entry.setting_groups.brand import BrandSettings
from bashi.http.site import Site
from bashi.http.site_files import SiteFiles
from tests.events.organizer import organizer_of
from tests.site.conftest import FILES
from tests.support.client import faults
from tests.support.database import Template
from tests.support.product import POLICY, SITE, Product, open_product


@pytest.fixture
async def bangla(tmp_path: Path, database_template: Template) -> AsyncIterator[Product]:
    """A product whose only language is Bangla."""
    policy = replace(POLICY, locales=("bn",))
    async with open_product(tmp_path, database_template, policy=policy) as opened:
        yield opened


async def test_texts_are_needed_in_the_main_language_alone(bangla: Product) -> None:
    organizer = await organizer_of(bangla)
    texts = {name: {"bn": "পূজা"} for name in ("title", "summary", "description", "refund_policy")}
    event = await organizer.create(**texts)
    assert event["title"] == {"bn": "পূজা"}
    assert list(faults(await organizer.edit(event, title={"en": "Pujo", "bn": "পূজা"}))) == [
        "title.en"
    ]


async def test_people_are_written_to_in_a_language_that_is_on(bangla: Product) -> None:
    client = bangla.client()
    person = {"email": "rina@example.org", "name": "Rina", "password": "a long password"}
    asked = person | {"locale": "en", "terms_version": POLICY.terms_version}
    answer = await client.post("auth/register", json=asked)
    assert list(faults(answer)) == ["locale"]
    assert (await client.get("site")).json()["locales"] == ["bn"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "/bn/"),
        ("/events/", "/bn/events/"),
        ("/events/pujo/?ticket_type=1", "/bn/events/pujo/?ticket_type=1"),
        ("/events", "/bn/events"),
    ],
)
async def test_pages_of_a_language_that_is_off_lead_to_the_main_one(
    bangla: Product, tmp_path: Path, path: str, location: str
) -> None:
    folder = tmp_path / "site"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    (folder / "csp.json").write_text("{}", "utf-8")
    transport = httpx.ASGITransport(Site(SiteFiles(folder), bangla.ports))
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as browser:
        answer = await browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (302, location)
        assert (await browser.get("/icon.svg")).status_code == 200
        assert (await browser.get("/_next/static/chunks/0a1b2c.js")).status_code == 200


@pytest.mark.parametrize("languages", ["fr", "en,en", ",", "bn,xx"])
def test_a_language_that_the_build_lacks_is_refused_at_start(languages: str) -> None:
    with pytest.raises(ValueError, match="BASHI_LANGUAGES: this build has en, bn"):
        BrandSettings.model_validate({"languages": languages})


def test_the_first_language_is_the_main_one() -> None:
    assert BrandSettings.model_validate({"languages": "bn, en"}).languages == ("bn", "en")


@pytest.mark.parametrize("zone", ["localtime", "posix/UTC", "Oklahoma"])
def test_a_time_zone_that_browsers_refuse_is_refused_at_start(zone: str) -> None:
    with pytest.raises(ValueError, match="BASHI_TIME_ZONE"):
        BrandSettings.model_validate({"time_zone": zone})
