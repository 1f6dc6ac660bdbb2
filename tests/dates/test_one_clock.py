"""All programs of a run agree on the date; `make test-dates` moves it for each of them."""

import os
import subprocess
import time
from datetime import datetime
from pathlib import Path

import httpx
import psycopg
import pytest
import valkey
from playwright.async_api import async_playwright

from tests.browser.camera import Camera
from tests.browser.chromium import launch
from tests.edge.harness import Edge
from tests.support.client import registration
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.valkey import valkey_url
from tools.npm import machine_npm, wheel_npm

pytestmark = pytest.mark.slow
HOUR = 3_600


def agrees(seconds: float) -> bool:
    return abs(seconds - time.time()) < HOUR


def test_this_process(tmp_path: Path) -> None:
    """Files keep the machine's own date."""
    file = tmp_path / "file"
    file.touch()
    assert agrees(file.stat().st_mtime + int(os.environ.get("MOVED_SECONDS", "0")))


def test_node() -> None:
    node = Path((machine_npm() or wheel_npm())[0]).with_name("node")
    said = subprocess.run(
        [node, "-e", "console.log(Date.now())"], capture_output=True, text=True, check=True
    )
    assert agrees(int(said.stdout) / 1000)


def test_postgresql(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url) as connection:
        row = connection.execute("SELECT extract(epoch FROM now())::float8").fetchone()
    assert row is not None
    assert agrees(row[0])


def test_valkey() -> None:
    with valkey_url() as url, valkey.Valkey.from_url(url) as client:
        assert agrees(client.time()[0])


async def test_chromium(tmp_path: Path) -> None:
    async with async_playwright() as playwright:
        browser = await launch(playwright, Camera(tmp_path / "camera.mjpeg"))
        page = await browser.new_page()
        assert agrees(await page.evaluate("Date.now()") / 1000)
        await browser.close()


async def test_the_server(server: Server) -> None:
    client = server.client()
    await client.register("clock@example.org")
    assert agrees(datetime.fromisoformat(client.person["created_at"]).timestamp())


def test_the_edge(edge: Edge) -> None:
    """Its Python in Node, and the database in workerd."""
    form = registration("clock@example.org")
    assert httpx.post(f"{edge.base_url}/api/auth/register", json=form, timeout=60).is_success
    find = "SELECT created_at, unixepoch() AS now FROM person WHERE email = 'clock@example.org'"
    [person] = edge.sql(find)
    assert agrees(person["created_at"] / 1000)
    assert agrees(person["now"])
