"""Every page, in both languages, on a narrow phone: no barrier that axe knows, nothing cut off."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.marks import BROWSER
from tests.browser.steps import event_tonight, free_order, newcomer, start_order
from tests.browser.visitor import Visitor, Visits
from tests.events.organizer import Organizer
from tests.support.client import Client
from tests.support.server import Server

pytestmark = BROWSER

WEB = Path(__file__).parents[2] / "web"
AXE = (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
TABS = 3
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async (tags) => {
  const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags } });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.target.join(' ')} ${node.html.slice(0, 150)} ${node.failureSummary}`));
}"""
# Whatever sticks out to the right of a screen of this width.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 150));
}"""

EVERYBODY = (
    "/",
    "/events/",
    "/events/?when=past",
    "/events/?q=zzz",
    "/events/durga-pujo/",
    "/checkout/",
    "/checkout/?event=durga-pujo",
    "/login/",
    "/register/",
    "/forgot/",
    "/login-link/",
    "/login-link/#secret",
    "/reset/",
    "/reset/#secret",
    "/verify/",
    "/order/",
    "/tickets/",
    "/t/",
    "/terms/",
    "/privacy/",
)
NOT_THERE = ("/nowhere/", "/events/nowhere/")
BUYER = ("/tickets/", "/order/?id={order}", "/account/", "/t/#{code}", "/admin/")
VOLUNTEER = ("/scan/", "/t/#{code}")
ADMIN = (
    "/admin/",
    "/admin/events/",
    "/admin/events/edit/",
    "/admin/events/edit/?id={event}",
    "/admin/orders/",
    "/admin/orders/?id={order}",
    "/admin/tickets/",
    "/admin/tickets/?event_id={event}",
    "/admin/people/",
    "/admin/audit/",
)
LANGUAGES = pytest.mark.parametrize("language", ["", "/bn"], ids=["en", "bn"])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def buyer(server: Server) -> Client:
    return await newcomer(server, "axe@example.org", name="Dilruba Yasmin")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def volunteer(server: Server) -> Client:
    return await server.demo("volunteer")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ids(organizer: Organizer, buyer: Client) -> dict[str, str]:
    """What the addresses of pages name."""
    event = await event_tonight(organizer, "Measured Evening", price_cents=0)
    order = await free_order(buyer, event, "Dilruba Yasmin", "Her Mother")
    ticket = order["tickets"][0]
    return {"event": event["id"], "order": order["id"], "code": ticket["link"].partition("#")[2]}


@LANGUAGES
async def test_pages_for_everybody(visit: Visits, language: str) -> None:
    assert await look_at_all(await visit(), EVERYBODY, language) == {}


@LANGUAGES
async def test_pages_that_are_not_there(visit: Visits, language: str) -> None:
    visitor = await visit()
    visitor.expected |= {f"404 {language}{path}" for path in NOT_THERE}
    assert await look_at_all(visitor, NOT_THERE, language) == {}


@LANGUAGES
async def test_pages_of_somebody_with_tickets(
    visit: Visits, buyer: Client, ids: dict[str, str], language: str
) -> None:
    assert await look_at_all(await visit(buyer), BUYER, language, ids) == {}


@LANGUAGES
async def test_pages_of_the_door(
    visit: Visits, volunteer: Client, ids: dict[str, str], language: str
) -> None:
    assert await look_at_all(await visit(volunteer), VOLUNTEER, language, ids) == {}


@LANGUAGES
async def test_pages_of_organizers(
    visit: Visits, organizer: Organizer, ids: dict[str, str], language: str
) -> None:
    assert await look_at_all(await visit(organizer.client), ADMIN, language, ids) == {}


async def test_a_form_with_errors_and_an_open_menu(visit: Visits) -> None:
    visitor = await visit()
    await visitor.open("/checkout/?event=durga-pujo")
    await visitor.button("Get tickets").click()
    await expect(visitor.alert).to_be_visible()
    await visitor.button("Menu").click()
    assert await barriers(visitor.page) == []


async def test_the_payment_page_and_an_order_that_is_not_paid(
    visit: Visits, buyer: Client, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Evening to be Paid")
    visitor = await visit(buyer)
    await start_order(visitor, event)
    assert await barriers(visitor.page) == []
    await visitor.link("Cancel and go back").click()
    await visitor.button("Cancel the order").click()
    assert await barriers(visitor.page) == []


@LANGUAGES
async def test_what_the_door_answers(
    visit: Visits, volunteer: Client, buyer: Client, organizer: Organizer, language: str
) -> None:
    event = await event_tonight(organizer, f"Answers {language}", price_cents=0)
    order = await free_order(buyer, event, "Dilruba Yasmin")
    code = order["tickets"][0]["typed_code"]
    visitor = await visit(volunteer)
    await visitor.open(f"{language}/scan/")
    await visitor.page.locator("select").select_option(event["id"])
    await visitor.page.locator("form button[type=submit]").click()
    for typed, look in ((code, "admit"), (code, "used"), ("0000000000", "refuse")):
        await visitor.page.locator("#typed").fill(typed)
        await visitor.page.locator("#typed").press("Enter")
        verdict = visitor.page.locator(f"[data-verdict={look}]")
        await expect(verdict).to_be_visible()
        assert await measure(visitor.page) == []
        await expect(verdict).to_be_hidden()  # by itself


async def look_at_all(
    visitor: Visitor, paths: Sequence[str], language: str, ids: dict[str, str] | None = None
) -> dict[str, list[str]]:
    """The pages with barriers, and which."""
    room = asyncio.Semaphore(TABS)

    async def look(path: str) -> list[str]:
        async with room:
            tab = await visitor.tab()
            await tab.goto(visitor.server.url + language + path.format(**ids or {}))
            found = await barriers(tab)
            await tab.close()
            return found

    found = await asyncio.gather(*(look(path) for path in paths))
    return {path: barriers for path, barriers in zip(paths, found, strict=True) if barriers}


async def barriers(page: Page) -> list[str]:
    """Once nothing is loading any more."""
    await expect(page.get_by_role("heading", level=1).first).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await expect(page.locator(".animate-spin")).to_have_count(0)
    return await measure(page)


async def measure(page: Page) -> list[str]:
    await page.evaluate(AXE)
    found: list[str] = await page.evaluate(RUN_AXE, RULES)
    sticking_out: list[str] = await page.evaluate(STICKING_OUT)
    return found + sticking_out
