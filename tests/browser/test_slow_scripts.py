"""A slow phone: the page is there seconds before its scripts are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Route, expect

from tests.browser.marks import BROWSER
from tests.browser.steps import newcomer
from tests.browser.visitor import Visitor, Visits
from tests.support.client import PASSWORD
from tests.support.server import Server

pytestmark = BROWSER


@asynccontextmanager
async def before_scripts(visitor: Visitor, path: str) -> AsyncIterator[None]:
    """The page as it was written by the server; on leaving, its scripts arrive."""
    arrived = asyncio.Event()

    async def hold(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await visitor.page.route("**/*.js", hold)
    await visitor.page.goto(visitor.server.url + path, wait_until="commit")
    yield
    arrived.set()


async def test_a_form_sent_before_the_scripts_came_is_sent_when_they_have(
    visit: Visits, server: Server
) -> None:
    await newcomer(server, "hasty@example.org")
    visitor = await visit()
    async with before_scripts(visitor, "/login/"):
        await visitor.field("Email address").fill("hasty@example.org")
        await visitor.field("Password").fill(PASSWORD)
        await visitor.button("Log in").click()
        await visitor.button("Log in").click()
    await expect(visitor.heading("My tickets")).to_be_visible()


async def test_a_button_pressed_before_the_scripts_came_is_pressed_once(visit: Visits) -> None:
    visitor = await visit()
    async with before_scripts(visitor, "/events/"):
        for _ in range(2):  # it looks as if nothing happened
            await visitor.button("Menu").click()
    await expect(visitor.button("Menu")).to_have_attribute("aria-expanded", "true")
    await visitor.link("Log in").click()
    await expect(visitor.field("Password")).to_be_visible()
