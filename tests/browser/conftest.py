from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bashi.engines.system import SystemClock
from tests.browser.camera import Camera
from tests.browser.chromium import launch
from tests.browser.visitor import PATIENCE_MS, Visits
from tests.events.organizer import Organizer
from tests.support.server import Server, running_server

expect.set_options(timeout=PATIENCE_MS)

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = report.failed
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """`bashi serve` with demo data and the built site, for all browser tests: use new names."""
    with running_server(tmp_path_factory.mktemp("browsed")) as server:
        yield server
        while server.clients:
            await server.clients.pop().aclose()


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    return Camera(tmp_path_factory.mktemp("camera") / "ticket.mjpeg")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(camera: Camera) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await launch(playwright, camera)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(
    browser: Browser, server: Server, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Visits]:
    """Whatever went wrong in a browser fails the test, besides what it looks at itself."""
    visits = Visits(browser, server)
    yield visits
    if request.node.stash[_FAILED]:
        for number, visitor in enumerate(visits.visitors):
            picture = tmp_path / f"visitor-{number}.png"
            shown = f"{visitor.page.url}\n{picture}\n{await visitor.look(picture)}"
            print(shown)  # noqa: T201 - pytest shows it with the failure
    assert await visits.end() == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def organizer(server: Server) -> Organizer:
    return Organizer(await server.demo(), SystemClock().now)
