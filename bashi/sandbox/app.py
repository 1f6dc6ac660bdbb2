"""The sandbox as one ASGI app, and the task that makes time pass in it."""

import asyncio
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from bashi.core.payments.provider import HANDLED_EVENTS
from bashi.sandbox import checkout, guard, refunds
from bashi.sandbox.api import Api
from bashi.sandbox.books import Books
from bashi.sandbox.delivery import Deliveries
from bashi.sandbox.faults import Faults
from bashi.sandbox.pages import Pages
from bashi.sandbox.store import Store

TICK_SECONDS = 0.25


class Sandbox:
    """Mount it at /sandbox, run `run()` beside it in the same event loop, and `close()` at last."""

    def __init__(self, books: Books, api: Api, pages: Pages, deliveries: Deliveries | None) -> None:
        self.books = books
        self._deliveries = deliveries
        self._app = Starlette(routes=[*api.routes(), *pages.routes()])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = guard.refusal(scope) if scope["type"] == "http" else None
        await (self._app if refusal is None else refusal)(scope, receive, send)

    def tick(self) -> None:
        """Does what is due: sessions whose time is over, refunds that end later."""
        with self.books.store.transaction():
            for action, key in self.books.store.take_due(self.books.now()):
                match action:
                    case "expire":
                        checkout.expire_due(self.books, key)
                    case "refund_fails":
                        refunds.finish(self.books, key, status="failed")
                    case "refund_succeeds":
                        refunds.finish(self.books, key, status="succeeded")

    async def run(self) -> None:
        """Ticks and delivers webhooks until it is canceled."""
        async with asyncio.TaskGroup() as group:
            if self._deliveries is not None:
                group.create_task(self._deliveries.run())
            while True:
                self.tick()
                await asyncio.sleep(TICK_SECONDS)

    def close(self) -> None:
        self.books.store.close()


def sandbox_app(
    *,
    database: Path | str,
    secret_key: str,
    webhook_secret: str,
    webhook_url: str | None,
    public_url: str,
    organization: str,
    enabled_events: Iterable[str] = HANDLED_EVENTS,
    now: Callable[[], float] = time.time,
) -> Sandbox:
    """`public_url` is where it is mounted, as a browser sees it: http://localhost:8000/sandbox.

    The API is at `public_url`/stripe. `secret_key` starts with sk_test_: the sandbox is never
    live. Without `webhook_url` nothing is delivered, and events can only be listed.
    """
    if not secret_key.startswith("sk_test_"):
        raise ValueError("the sandbox's key starts with sk_test_")
    public_url = public_url.rstrip("/")
    events = frozenset(enabled_events) if webhook_url else frozenset()
    books = Books(Store(database), now, public_url, events, Faults())
    deliveries = Deliveries(books, webhook_url, webhook_secret) if webhook_url else None
    return Sandbox(books, Api(books, secret_key), Pages(books, organization), deliveries)
