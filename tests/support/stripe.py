"""The sandbox Stripe in this process: it shares the clock and delivers webhooks when told to."""

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bashi.core.ports import Http, HttpAnswer, HttpFailed, Payments
from bashi.engines.stripe.client import StripePayments
from bashi.sandbox import Sandbox, control, sandbox_app
from bashi.sandbox.delivery import sign
from tests.support.database import Template
from tests.support.product import Product, open_product

KEY = "sk_test_of_the_tests"
WEBHOOK_SECRET = "whsec_of_the_tests"
URL = "http://localhost/sandbox"
APPROVED, DECLINED = "4242424242424242", "4000000000000002"


@dataclass
class SandboxHttp:
    """An Http port whose only network is the sandbox."""

    sandbox: Sandbox | None = None
    down: bool = False
    """No connection is made at all."""
    requests: list[str] = field(default_factory=list)
    """"METHOD path" of each request that left."""
    keys: list[str] = field(default_factory=list)

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_seconds: float,  # noqa: ARG002
    ) -> HttpAnswer:
        if self.down or self.sandbox is None:
            raise HttpFailed(sent=False)
        self.requests.append(f"{method} {httpx.URL(url).path.partition('/stripe')[2]}")
        if "idempotency-key" in headers:
            self.keys.append(headers["idempotency-key"])
        transport = httpx.ASGITransport(self.sandbox)
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.request(
                method, url.replace("/sandbox", "", 1), headers=headers, content=body
            )
        if int(answer.headers.get("content-length", "0")) != len(answer.content):
            raise HttpFailed(sent=True)
        return HttpAnswer(answer.status_code, answer.headers, answer.content)


@dataclass
class Stripe:
    product: Product
    sandbox: Sandbox
    http: SandboxHttp

    def control(self, action: str, **values: Any) -> dict[str, Any]:
        """As at /sandbox/control. Raises StripeError."""
        return control.run(self.sandbox.books, action, values)

    def faults(self, **values: Any) -> None:
        self.control("faults", **values)

    def pay(self, url: str, card: str = APPROVED, **more: Any) -> str:
        """As a buyer would at that payment page. Returns the session's id."""
        session = url.rpartition("/")[2]
        self.control("pay", session=session, card=card, **more)
        return session

    def objects(self, kind: str) -> list[dict[str, Any]]:
        """Oldest first."""
        rows = self.sandbox.books.store.sql.execute(
            "SELECT body FROM document WHERE kind = ? ORDER BY seq", (kind,)
        )
        return [json.loads(body) for (body,) in rows]

    def sessions(self, order_id: str) -> list[dict[str, Any]]:
        sessions = self.objects("checkout.session")
        return [one for one in sessions if one["client_reference_id"] == order_id]

    def balance_cents(self) -> int:
        """All charges less all refunds; Stripe's fees are not in our books yet."""
        return sum(int(one["amount"]) for one in self.objects("balance_transaction"))

    def waiting(self) -> list[dict[str, Any]]:
        """Takes the events that wait to be delivered: oldest first, then nobody else will."""
        store = self.sandbox.books.store
        with store.transaction():
            rows = store.sql.execute(
                "UPDATE delivery SET state = 'done' WHERE state = 'due' RETURNING id, event"
            ).fetchall()
        found = [store.get("event", event) for _, event in sorted(rows)]
        return [event for event in found if event is not None]

    async def send(
        self, event: Mapping[str, Any], *, secret: str = WEBHOOK_SECRET, signed_ago_seconds: int = 0
    ) -> httpx.Response:
        """One webhook, signed now or some time ago."""
        body = json.dumps(event).encode()
        at = int(self.product.clock.seconds()) - signed_ago_seconds
        headers = {"stripe-signature": sign(body, secret, at)}
        client = self.product.client()
        return await client.post("webhooks/stripe", content=body, headers=headers)

    async def deliver(self) -> Sequence[str]:
        """All that waits, in order. Returns what the product made of each."""
        outcomes: list[str] = []
        self.sandbox.tick()
        for event in self.waiting():
            answer = await self.send(event)
            assert answer.status_code == 200, answer.text
            outcomes.append(answer.json()["outcome"])
        return outcomes

    def forget(self) -> None:
        """The webhooks that wait are lost."""
        self.waiting()


async def _no_sleep(_: float) -> None:
    return


@asynccontextmanager
async def open_shop(
    folder: Path,
    database_template: Template,
    *,
    sessions_per_second: int = 20,
    wrap: Callable[[Http], Http] = lambda http: http,
    **ports: Any,
) -> AsyncIterator[Stripe]:
    """A product whose payments go to a sandbox of its own. `wrap` stands between the two."""
    http = SandboxHttp()
    payments: Payments = StripePayments(
        wrap(http),
        KEY,
        [WEBHOOK_SECRET],
        api_url=f"{URL}/stripe",
        sessions_per_second=sessions_per_second,
        sleep=_no_sleep,
    )
    async with open_product(
        folder, database_template, **({"payments": payments} | ports)
    ) as product:
        http.sandbox = sandbox_app(
            database=":memory:",
            secret_key=KEY,
            webhook_secret=WEBHOOK_SECRET,
            webhook_url="http://localhost/webhooks/stripe",
            public_url=URL,
            organization="OKLAHOMABASHI",
            now=product.clock.seconds,
        )
        try:
            yield Stripe(product, http.sandbox, http)
        finally:
            http.sandbox.close()
