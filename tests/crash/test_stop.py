"""SIGTERM: out of the balancer first, then everything that runs is finished, then the end."""

import asyncio
import signal
import socket
from pathlib import Path

import httpx
import pytest

from tests.support.market import open_market, visit
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow
BUYERS = 20
STRIPE_SECONDS = 1.5


async def test_requests_under_way_are_answered(tmp_path: Path) -> None:
    # Hardly anybody has to wait in line: only who comes in the same millisecond as another.
    with open_market(tmp_path, BASHI_STRIPE_SESSIONS_PER_SECOND="1000") as market:
        async with visit(market) as here:
            sale = await here.event(seats=BUYERS)
            people = await here.crowd(BUYERS)
            orders = [(await buyer.hold(sale, 1)).json()["id"] for buyer in people]
            await market.stripe.control(
                here.http,
                "faults",
                api_match="POST /v1/checkout/sessions",
                api_delay_seconds=STRIPE_SECONDS,
            )
            asking = []
            for buyer, order_id in zip(people, orders, strict=True):
                ask = buyer.call("POST", f"orders/{order_id}/payment")
                asking.append(asyncio.create_task(ask))
                await asyncio.sleep(0.02)
            stopping = asyncio.create_task(asyncio.to_thread(market.server.stop))
            await expect_drain(here.http, market.server)
            answers = await asyncio.gather(*asking)
            assert all(answer.is_success for answer in answers)
            assert "ready" in {answer.json()["status"] for answer in answers}
            assert await stopping == 0
            assert "Traceback" not in market.server.log.read_text()
            market.server.start()
            assert await people[0].pay(orders[0]), "the first of all never waits"


async def expect_drain(http: httpx.AsyncClient, server: Server) -> None:
    """A balancer hears that we are going while we still answer it and everybody else."""
    async with asyncio.timeout(5):
        while (await http.get(f"{server.url}/readyz")).status_code != 503:
            pass
    assert (await http.get("site")).status_code == 200
    assert (await http.get(f"{server.url}/healthz")).status_code == 200


def test_nobody_holds_the_end_up(tmp_path: Path) -> None:
    """Ctrl-C ends an idle server at once; a body that never comes delays SIGTERM for a while."""
    with running_server(tmp_path) as server:
        assert server.stop(signal.SIGINT) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.url}/healthz")
        server.start()
        address = ("127.0.0.1", server.port)
        with socket.create_connection(address) as slow, socket.create_connection(address):
            slow.send(
                b"POST /api/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{"
            )
            assert httpx.get(f"{server.url}/healthz").status_code == 200
            assert server.stop() == 0


def test_a_port_in_use_is_refused(tmp_path: Path, shared_server: Server) -> None:
    other = Server(tmp_path, shared_server.port)
    other.launch()
    assert other.process is not None
    assert other.process.wait(timeout=60) == 2
    said = other.log.read_text()
    assert "in use" in said
    assert "BASHI_PORT" in said
    assert "Traceback" not in said
