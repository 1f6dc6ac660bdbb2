"""The sandbox Stripe in a process of its own, which lives on when the product dies."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bashi.sandbox.__main__ import SECRET_KEY, WEBHOOK_SECRET

READY_SECONDS = 60


@dataclass
class StripeAt:
    """A sandbox, wherever it runs."""

    url: str
    """Ends in /sandbox."""

    async def control(self, http: httpx.AsyncClient, action: str, **values: Any) -> httpx.Response:
        """What happens at Stripe without the product asking; a 4xx says why it did not."""
        return await http.post(f"{self.url}/control/{action}", json=values)

    async def pay(self, http: httpx.AsyncClient, page: str) -> bool:
        """As a buyer would with a good card. False when the page can't be paid any more."""
        answer = await self.control(http, "pay", session=page.rpartition("/")[2])
        return answer.is_success


@dataclass
class StripeProcess(StripeAt):
    port: int
    database: Path

    @property
    def settings(self) -> dict[str, str]:
        """What the product needs in order to use it."""
        return {
            "BASHI_STRIPE_API_URL": f"http://127.0.0.1:{self.port}/sandbox/stripe",
            "BASHI_STRIPE_API_KEY": SECRET_KEY,
            "BASHI_STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
            "BASHI_STRIPE_SESSIONS_PER_SECOND": "1000",
        }

    def objects(self, kind: str) -> list[dict[str, Any]]:
        """All of a kind, oldest first."""
        with closing(sqlite3.connect(self.database)) as books:
            rows = books.execute("SELECT body FROM document WHERE kind = ? ORDER BY seq", (kind,))
            return [json.loads(body) for (body,) in rows]

    def undelivered(self) -> int:
        with closing(sqlite3.connect(self.database)) as books:
            found = books.execute("SELECT COUNT(*) FROM delivery WHERE state = 'due'")
            return int(found.fetchone()[0])


@contextmanager
def running_stripe(folder: Path, port: int, webhook_url: str) -> Iterator[StripeProcess]:
    url = f"http://localhost:{port}/sandbox"
    stripe = StripeProcess(url, port, folder / "stripe.sqlite")
    command = [sys.executable, "-m", "bashi.sandbox", "--port", str(port)]
    command += ["--db", str(stripe.database), "--webhook-url", webhook_url]
    own = {name: value for name, value in os.environ.items() if not name.startswith("SANDBOX_")}
    log = folder / "stripe.log"
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=own, stdout=out, stderr=out)
    try:
        _wait_until_ready(stripe, process, log)
        yield stripe
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_ready(stripe: StripeProcess, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        try:
            httpx.get(f"{stripe.url}/control/state", timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
