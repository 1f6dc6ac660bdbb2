"""`python -m bashi.sandbox`: a process of its own that survives being killed."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bashi.engines.http_httpx import HttpxHttp
from bashi.engines.stripe.client import StripePayments
from tests.sandbox.stage import request

pytestmark = pytest.mark.slow
PORT = 8139
BASE = f"http://localhost:{PORT}/sandbox"


@contextlib.asynccontextmanager
async def alone(database: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bashi.sandbox", "--port", str(PORT), "--db", str(database)
    )
    try:
        async with asyncio.timeout(20):
            while not _listens():  # noqa: ASYNC110 -- it is another process
                await asyncio.sleep(0.05)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _listens() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", PORT)) == 0


async def test_what_was_answered_outlives_kill_9(tmp_path: Path) -> None:
    database, asked = tmp_path / "stripe.db", request()
    async with (
        HttpxHttp() as http,
        httpx.AsyncClient(base_url=BASE, trust_env=False) as client,
    ):
        payments = StripePayments(
            http, "sk_test_sandbox", ["whsec_sandbox"], api_url=f"{BASE}/stripe"
        )
        async with alone(database) as process:
            session = await payments.create_checkout("key", asked)
            assert session.url == f"{BASE}/pay/{session.id}"
            await client.post("control/pay", json={"session": session.id})
            process.kill()
        async with alone(database):
            paid = await payments.retrieve_checkout(session.id)
            assert paid.payment_status == "paid"
            assert await payments.create_checkout("key", asked) == session
            events = (await payments.list_events(0, None)).items
            assert [event.type for event in events] == ["checkout.session.completed"]


async def test_it_ends_cleanly_when_asked_to(tmp_path: Path) -> None:
    async with alone(tmp_path / "stripe.db") as process:
        process.terminate()
        assert await process.wait() == 0
