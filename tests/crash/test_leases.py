"""An email that was being sent when its server was killed goes out at the next start."""

import signal
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests.support.market import open_market, until, visit
from tests.support.server import free_port

pytestmark = pytest.mark.slow

LEASED = "SELECT COUNT(*) FROM outbox WHERE leased = 1"
QUEUED = "SELECT COUNT(*) FROM outbox WHERE status = 'queued'"
NEVER_BY_ITSELF = "UPDATE outbox SET due_at = due_at + 86400000 WHERE leased = 1"


async def test_a_server_that_starts_alone_gives_the_leases_of_the_dead_back(
    tmp_path: Path, database: Mapping[str, Any]
) -> None:
    port = free_port()
    settings: dict[str, Any] = {
        **database,
        "BASHI_MAIL": "smtp",
        "BASHI_SMTP_HOST": "127.0.0.1",
        "BASHI_SMTP_PORT": str(port),
        "BASHI_SMTP_SECURITY": "none",
    }
    with open_market(tmp_path, **settings) as market:
        with socket.create_server(("127.0.0.1", port)):  # says nothing to whoever connects
            async with visit(market) as here:
                await here.buyer()  # a new account gets an email
                await until(lambda: market.number(LEASED) > 0)
                market.server.stop(signal.SIGKILL)
        await market.change(NEVER_BY_ITSELF)
        working = Controller(Sink(), hostname="127.0.0.1", port=port)
        working.start()
        try:
            market.server.start()
            await market.until_none(QUEUED)
        finally:
            working.stop()
