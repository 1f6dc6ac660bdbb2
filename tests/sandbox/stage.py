"""A sandbox behind a real server, with the adapter before it and a webhook endpoint behind it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bashi.core.payments.provider import CheckoutLine, CheckoutRequest, PaymentEvent
from bashi.engines.http_httpx import HttpxHttp
from bashi.engines.stripe.client import StripePayments
from bashi.sandbox import Sandbox, sandbox_app
from tests.support.server import free_port

SECRET_KEY = "sk_test_of_the_tests"
WEBHOOK_SECRET = "whsec_of_the_tests"
APPROVED, DECLINED, POOR, CHALLENGED = (
    "4242424242424242",
    "4000000000000002",
    "4000000000009995",
    "4000002500003155",
)
REFUND_PENDING, REFUND_FAILS = "4000000000007726", "4000000000005126"


@dataclass
class Clock:
    ahead_seconds: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead_seconds


@dataclass
class Endpoint:
    """What the product's webhook route would be: it notes, and answers as it is told."""

    received: list[tuple[bytes, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """The next answers; 200 when there are none left."""

    async def __call__(self, request: Request) -> Response:
        self.received.append((await request.body(), request.headers["stripe-signature"]))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


@dataclass
class Stage:
    sandbox: Sandbox
    payments: StripePayments
    client: httpx.AsyncClient
    """Its base is where the sandbox is mounted; it follows no redirect."""
    clock: Clock
    endpoint: Endpoint
    pauses: list[float]
    """What the adapter would have slept between its tries."""
    database: Path

    async def api(self, method: str, path: str, data: Any = None, **headers: str) -> httpx.Response:
        headers = {"authorization": f"Bearer {SECRET_KEY}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return await self.client.request(method, f"stripe/v1/{path}", data=data, headers=headers)

    async def control(self, action: str, **values: Any) -> Any:
        answer = await self.client.post(f"control/{action}", json=values)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def paid(self, name: str = "1", card: str = APPROVED) -> Any:
        """A session that a customer has paid, as the API gives it."""
        session = await self.payments.create_checkout(f"checkout-{name}", request(name))
        return (await self.control("pay", session=session.id, card=card))["session"]

    def events(self) -> list[PaymentEvent]:
        """What the endpoint received, signatures verified by the adapter."""
        now = int(time.time() * 1000)
        return [
            self.payments.read_event(body, signature, now)
            for body, signature in self.endpoint.received
        ]

    async def wait_for(self, happened: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not happened():  # noqa: ASYNC110 -- what happens is in a file, too
                await asyncio.sleep(0.01)


def request(name: str = "1", *, cents: int = 2500, minutes: int = 40) -> CheckoutRequest:
    return CheckoutRequest(
        reference=f"order-{name}",
        attempt_id=f"attempt-{name}",
        description=f"N{name}",
        email="buyer@example.org",
        locale="bn",
        currency="USD",
        lines=[CheckoutLine("সাধারণ / General", cents, 2), CheckoutLine("Gift & more", 500, 1)],
        expires_at=int((time.time() + minutes * 60) * 1000),
        success_url="http://localhost:8000/order/?id=1&s={CHECKOUT_SESSION_ID}",
        cancel_url="http://localhost:8000/order/?id=1&canceled=1",
    )


@contextlib.asynccontextmanager
async def open_stage(database: Path) -> AsyncIterator[Stage]:
    port, clock, endpoint, pauses = free_port(), Clock(), Endpoint(), list[float]()
    base = f"http://127.0.0.1:{port}/sandbox"
    sandbox = sandbox_app(
        database=database,
        secret_key=SECRET_KEY,
        webhook_secret=WEBHOOK_SECRET,
        webhook_url=f"http://127.0.0.1:{port}/hook",
        public_url=base,
        organization="Bashi & friends",
        now=clock,
    )

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    routes = [Mount("/sandbox", sandbox), Route("/hook", endpoint.__call__, methods=["POST"])]
    async with (
        _served(Starlette(routes=routes), port),
        _running(sandbox),
        HttpxHttp() as http,
        httpx.AsyncClient(base_url=base, trust_env=False) as client,
    ):
        payments = StripePayments(
            http, SECRET_KEY, [WEBHOOK_SECRET], api_url=f"{base}/stripe", sleep=sleep
        )
        yield Stage(sandbox, payments, client, clock, endpoint, pauses, database)
    sandbox.close()


@contextlib.asynccontextmanager
async def _served(app: Starlette, port: int) -> AsyncIterator[None]:
    server = Server(app, "127.0.0.1", port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    try:
        await _answers(port)
        yield
    finally:
        server.stop()  # type: ignore[no-untyped-call]
        await serving


@contextlib.asynccontextmanager
async def _running(sandbox: Sandbox) -> AsyncIterator[None]:
    running = asyncio.create_task(sandbox.run())
    try:
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def _answers(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                await writer.wait_closed()
                return
            await asyncio.sleep(0.01)
