"""The log of a whole journey, every request in it, holds nothing that opens a door."""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

import pytest

from bashi.engines.system import SystemClock
from bashi.entry.demo.data import PASSWORD as DEMO_PASSWORD
from bashi.http.fields import rfc3339
from tests.http.conftest import METRICS_TOKEN
from tests.support.client import Client, problem
from tests.support.market import order_in, until
from tests.support.server import Server

pytestmark = pytest.mark.slow
EMAIL = "secretive@example.org"
FIRST, SECOND, WRONG = "a first pass phrase", "a second pass phrase", "a wrong pass phrase"


@pytest.fixture
async def browser(guarded_server: Server) -> AsyncIterator[Client]:
    async with Client(base_url=f"{guarded_server.url}/api", timeout=30) as client:
        yield client


async def test_no_secret_is_logged(guarded_server: Server, browser: Client) -> None:
    secrets = {FIRST, SECOND, WRONG, DEMO_PASSWORD, METRICS_TOKEN, EMAIL}
    secrets |= await account(guarded_server, browser)
    secrets |= await tickets(guarded_server, browser)
    with broken(guarded_server):
        problem(
            await browser.post("auth/login", json={"email": EMAIL, "password": SECOND}),
            500,
            "internal_error",
        )
    await until(lambda: "Traceback" in guarded_server.log.read_text("utf-8"))
    made = json.loads((guarded_server.folder / "demo-secrets.json").read_text("utf-8"))
    log = guarded_server.log.read_text("utf-8").partition("control")[2]
    assert "POST /auth/login" in log
    assert "POST /webhooks/stripe" in log
    leaked = {secret for secret in secrets | set(made.values()) if secret in log}
    assert not leaked


async def account(server: Server, browser: Client) -> set[str]:
    """Registers, mistypes, forgets, chooses anew and renews. Returns the secrets of the way."""
    await browser.register(EMAIL, password=FIRST)
    await browser.post("auth/login", json={"email": EMAIL, "password": WRONG})
    await browser.post("auth/login", content=json.dumps({"email": EMAIL, "pass": WRONG})[:-1])
    secrets = bearers(browser)
    verify = await server.link("verify", EMAIL)
    browser.take(await browser.post("auth/verify-email", json={"token": verify}))
    await browser.post("auth/forgot-password", json={"email": EMAIL})
    reset = await server.link("reset", EMAIL, "password")
    form = {"token": reset, "new_password": SECOND}
    browser.take(await browser.post("auth/reset-password", json=form))
    secrets |= bearers(browser)
    browser.take(await browser.post("auth/refresh"))
    secrets |= bearers(browser)
    await browser.post("auth/login-link", json={"email": EMAIL})
    link = await server.link("login-link", EMAIL, "log in")
    browser.take(await browser.post("auth/login-by-link", json={"token": link}))
    return secrets | bearers(browser) | {verify, reset, link}


def bearers(browser: Client) -> set[str]:
    cookies = {cookie.value for cookie in browser.cookies.jar if cookie.value}
    return cookies | {browser.headers["authorization"].partition(" ")[2]}


async def tickets(server: Server, browser: Client) -> set[str]:
    """Buys, opens the mailed link, and is scanned. Returns what the email and the QR hold."""
    event = await event_on_sale(browser)
    order = (await browser.post("orders", json=order_in(event, 1))).json()
    page = (await browser.post(f"orders/{order['id']}/payment")).json()["url"]
    paid = await browser.post(
        f"{server.url}/sandbox/control/pay", json={"session": page.rpartition("/")[2]}
    )
    assert paid.is_success, paid.text
    await until(lambda: "settled" in outcomes(server, order["id"]))
    order = (await browser.get(f"orders/{order['id']}")).json()
    (ticket,) = order["tickets"]
    key = order["link"].rpartition(".")[2]
    await browser.get(f"orders/{order['id']}", headers={"order-key": key})
    code = ticket["link"].rpartition("#")[2]
    async with Client(base_url=browser.base_url) as staff:
        await staff.login("volunteer@example.org", DEMO_PASSWORD)
        for seen in ({"code": code}, {"typed_code": ticket["typed_code"]}):
            scan = {
                "scan_id": str(uuid4()),
                "gate": "A",
                "scanned_at": rfc3339(SystemClock().now()),
            }
            answer = await staff.post(f"door/{event['id']}/scans", json=scan | seen)
            assert answer.status_code == 200, answer.text
    return {key, code, code.rpartition(".")[2], ticket["typed_code"]}


async def event_on_sale(browser: Client) -> Any:
    """With its dearest ticket type first."""
    cards = (await browser.get("events")).json()["items"]
    slug = next(card["slug"] for card in cards if card["availability"] == "available")
    event = (await browser.get(f"events/{slug}")).json()
    event["ticket_types"].sort(key=lambda kind: -kind["price_cents"])
    return event


def outcomes(server: Server, order_id: str) -> set[str]:
    with closing(sqlite3.connect(server.folder / "bashi.sqlite")) as database:
        found = database.execute(
            "SELECT outcome FROM payment_event WHERE reference = ?", (order_id,)
        )
        return {outcome for (outcome,) in found}


@contextmanager
def broken(server: Server) -> Iterator[None]:
    """A table is missing for a while, so that reading it is a mistake of ours."""
    with closing(sqlite3.connect(server.folder / "bashi.sqlite", timeout=30)) as database:
        database.execute("ALTER TABLE person RENAME TO nobody")
        try:
            yield
        finally:
            database.execute("ALTER TABLE nobody RENAME TO person")
