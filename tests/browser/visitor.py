"""Somebody with a browser of their own, who notices whatever goes wrong on the way."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
    WebError,
)

from tests.support.client import Client
from tests.support.server import Server

PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)
PATIENCE_MS = 20_000

# Chromium's line for an answer ≥ 400 or a lost one; the answer itself is looked at instead.
_LOAD_FAILED = "Failed to load resource"
# A page that is left takes its open requests with it.
_LEFT = "net::ERR_ABORTED"


@dataclass
class Visitor:
    server: Server
    context: BrowserContext
    page: Page
    expected: set[str] = field(default_factory=set)
    """How faults begin that are right here, such as `409 /api/orders`."""
    faults: list[str] = field(default_factory=list)

    async def open(self, path: str) -> None:
        await self.page.goto(self.server.url + path)

    async def tab(self) -> Page:
        """Another one of the same browser."""
        return await self.context.new_page()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, exact=True)

    @property
    def alert(self) -> Locator:
        """Next.js keeps one of its own outside of the page's content."""
        return self.page.locator("main").get_by_role("alert")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    async def look(self, picture: Path) -> str:
        """The page as a screen reader finds it, and as a picture."""
        await self.page.screenshot(path=picture)
        return await self.page.locator("body").aria_snapshot()

    def watch(self) -> None:
        self.context.on("console", self._hear)
        self.context.on("weberror", self._break)
        self.context.on("request", self._ask)
        self.context.on("response", self._answer)
        self.context.on("requestfailed", self._lose)

    def _note(self, fault: str) -> None:
        if not fault.startswith(tuple(self.expected)):
            self.faults.append(fault)

    def _hear(self, message: ConsoleMessage) -> None:
        """Also what the Content-Security-Policy refuses is told on the console."""
        if message.type == "error" and not message.text.startswith(_LOAD_FAILED):
            self._note(f"console: {message.text}")

    def _break(self, error: WebError) -> None:
        self._note(f"page: {error.error}")

    def _ask(self, request: Request) -> None:
        if not request.url.startswith((f"{self.server.url}/", "data:", "blob:")):
            self._note(f"off-origin: {request.url}")

    def _answer(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} {urlsplit(response.url).path}")

    def _lose(self, request: Request) -> None:
        if request.failure != _LEFT:
            self._note(f"lost {urlsplit(request.url).path}: {request.failure}")


@dataclass
class Visits:
    """Opens browsers for people, and keeps them until the test is over."""

    browser: Browser
    server: Server
    visitors: list[Visitor] = field(default_factory=list)

    async def __call__(
        self, person: Client | None = None, viewport: ViewportSize = PHONE, **options: Any
    ) -> Visitor:
        """`person` is signed in already. `options` are those of a Playwright context."""
        context = await self.browser.new_context(
            viewport=viewport,
            timezone_id="America/Chicago",
            storage_state=self._signed_in(person) if person else None,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        visitor = Visitor(self.server, context, await context.new_page())
        visitor.watch()
        self.visitors.append(visitor)
        return visitor

    async def end(self) -> list[str]:
        """What went wrong in any of them."""
        for visitor in self.visitors:
            await visitor.context.close()
        return [fault for visitor in self.visitors for fault in visitor.faults]

    def _signed_in(self, person: Client) -> Any:
        token = person.headers["authorization"].removeprefix("Bearer ")
        session = json.dumps({"token": token, "person": person.person})
        stored = [{"name": "bashi.session", "value": session}]
        return {"cookies": [], "origins": [{"origin": self.server.url, "localStorage": stored}]}
