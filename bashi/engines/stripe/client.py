"""The Payments port on Stripe's API, over the Http port and the standard library only.

The official package is too big and too slow to load for the edge; the tests hold this file to it.
"""

import asyncio
import copy
import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from math import inf
from typing import Any, Self, TypeVar

from bashi.core.backoff import Backoff
from bashi.core.payments.provider import (
    HANDLED_EVENTS,
    CheckoutRequest,
    CheckoutSession,
    DisputeResult,
    ListPage,
    PaymentEvent,
    PaymentsRefused,
    PaymentsUnavailable,
    RefundResult,
)
from bashi.core.ports import Http, HttpAnswer, HttpFailed
from bashi.engines.breaker import uneven
from bashi.engines.stripe import shapes
from bashi.engines.stripe import signature as stripe_signature
from bashi.engines.stripe.form import Value, encode
from bashi.engines.stripe.time import StripeTime

API_VERSION = "2026-10-28.endive"
"""The version that answers and events must have; the webhook endpoint is made with it too."""
SESSIONS_PER_SECOND_TEST = 20
SESSIONS_PER_SECOND_LIVE = 80
"""Below Stripe's limits for a whole account, 25 and 100 requests a second. One endpoint gets 25 by
default, in live mode too, unless Stripe raised it; above that come 429s, which only take longer.
Source: https://docs.stripe.com/rate-limits"""
RETRIES = 2
"""Within one call; whoever waits longer repeats the call with the same key."""
PAUSES = Backoff(first_ms=500, most_ms=2_000)
ANSWER_SECONDS = 15.0
SOON_SECONDS = 12.0
"""All calls together that somebody waits for; a second try, on another connection, fits in."""
PAGE_SIZE = 100
_NOT_THE_REQUEST = (401, 403)
"""The key is wrong, or may not do this. An operator mends it, and no refund is given up for it."""

Read = TypeVar("Read")


class StripePayments:
    """`webhook_secrets` are all accepted, so that a secret can be rotated without a gap."""

    def __init__(
        self,
        http: Http,
        api_key: str,
        webhook_secrets: Sequence[str],
        *,
        api_url: str = "https://api.stripe.com",
        sessions_per_second: int | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._authorization = f"Bearer {api_key}"
        self._webhook_secrets = tuple(webhook_secrets)
        self._api_url = api_url.rstrip("/")
        self._answer_seconds = ANSWER_SECONDS
        self._until = inf
        self._sleep = sleep
        self._seconds = seconds
        self._time = StripeTime(seconds)
        self.livemode = api_key.startswith(("sk_live_", "rk_live_"))
        usual = SESSIONS_PER_SECOND_LIVE if self.livemode else SESSIONS_PER_SECOND_TEST
        self.sessions_per_second = sessions_per_second or usual

    def now(self, ours: int) -> int:
        return self._time.now(ours)

    def soon(self) -> Self:
        hurried = copy.copy(self)
        hurried._answer_seconds = SOON_SECONDS / 2  # noqa: SLF001 - it is one of us
        hurried._until = self._seconds() + SOON_SECONDS  # noqa: SLF001
        return hurried

    async def create_checkout(self, key: str, request: CheckoutRequest) -> CheckoutSession:
        params = shapes.checkout_params(request)
        return _read(shapes.read_session, await self._post("checkout/sessions", params, key))

    async def retrieve_checkout(self, session_id: str) -> CheckoutSession:
        return _read(shapes.read_session, await self._get(f"checkout/sessions/{session_id}"))

    async def expire_checkout(self, session_id: str) -> CheckoutSession:
        try:
            answer = await self._post(f"checkout/sessions/{session_id}/expire", {})
        except PaymentsRefused as refusal:
            # Stripe refuses to expire what is complete or expired, without a code of its own.
            session = await self.retrieve_checkout(session_id)
            if session.status == "open":
                raise PaymentsUnavailable("still open, yet not to be expired") from refusal
            return session
        return _read(shapes.read_session, answer)

    async def list_checkouts(
        self, created_from: int, after: str | None
    ) -> ListPage[CheckoutSession]:
        params: dict[str, Value] = {"created": {"gte": created_from // 1000}}
        return await self._list("checkout/sessions", params, after, shapes.read_session)

    async def find_checkout(self, intent_id: str) -> CheckoutSession | None:
        params: dict[str, Value] = {"payment_intent": intent_id}
        page = await self._list("checkout/sessions", params, None, shapes.read_session)
        return page.items[0] if page.items else None

    async def list_events(self, created_from: int, after: str | None) -> ListPage[PaymentEvent]:
        """Stripe keeps events for 30 days."""
        params: dict[str, Value] = {
            "created": {"gte": created_from // 1000},
            "types": HANDLED_EVENTS,
        }
        return await self._list("events", params, after, shapes.read_event)

    async def create_refund(
        self, key: str, intent_id: str, amount_cents: int, metadata: Mapping[str, str]
    ) -> RefundResult:
        params: dict[str, Value] = {
            "payment_intent": intent_id,
            "amount": amount_cents,
            "metadata": metadata,
        }
        return _read(shapes.read_refund, await self._post("refunds", params, key))

    async def list_refunds(self, intent_id: str, after: str | None) -> ListPage[RefundResult]:
        params: dict[str, Value] = {"payment_intent": intent_id}
        return await self._list("refunds", params, after, shapes.read_refund)

    async def retrieve_refund(self, refund_id: str) -> RefundResult:
        return _read(shapes.read_refund, await self._get(f"refunds/{refund_id}"))

    async def retrieve_dispute(self, dispute_id: str) -> DisputeResult:
        return _read(shapes.read_dispute, await self._get(f"disputes/{dispute_id}"))

    def read_event(self, body: bytes, signature: str, now: int) -> PaymentEvent:
        there = self._time.now(now) // 1000
        stripe_signature.verify(body, signature, self._webhook_secrets, there)
        return shapes.read_event_body(body)

    async def _list(
        self,
        path: str,
        params: dict[str, Value],
        after: str | None,
        read: Callable[[shapes.Json], Read],
    ) -> ListPage[Read]:
        params |= {"limit": PAGE_SIZE, "starting_after": after}
        answer = await self._get(f"{path}?{encode(params)}")

        def read_page(page: shapes.Json) -> ListPage[Read]:
            data = page.get("data")
            if not isinstance(data, list):
                raise shapes.Unreadable("list")
            items = [read(item) for item in data]
            return ListPage(items, data[-1]["id"] if page.get("has_more") and data else None)

        return _read(read_page, answer)

    async def _get(self, path: str) -> Any:
        return await self._call("GET", path, {}, None)

    async def _post(self, path: str, params: Mapping[str, Value], key: str | None = None) -> Any:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        if key is not None:
            headers["idempotency-key"] = key
        return await self._call("POST", path, headers, encode(params).encode())

    async def _call(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Any:
        headers = {
            **headers,
            "authorization": self._authorization,
            "stripe-version": API_VERSION,
        }
        url = f"{self._api_url}/v1/{path}"
        problem = "no time left"
        for attempt in range(RETRIES + 1):
            if attempt:
                await self._sleep(PAUSES.wait_ms(attempt - 1, uneven()) / 1000)
            seconds = min(self._answer_seconds, self._until - self._seconds())
            if seconds <= 0:
                break
            try:
                answer = await self._http.request(method, url, headers, body, seconds)
            except HttpFailed as failure:
                problem = str(failure)
                continue
            self._time.hear(answer.headers.get("date"))
            if answer.status < 500 and answer.status not in {409, 429}:
                return _content(answer)
            problem = f"status {answer.status}"
            if answer.headers.get("stripe-should-retry") == "false":
                break
        raise PaymentsUnavailable(f"{method} {path.partition('?')[0]}: {problem}")


def _content(answer: HttpAnswer) -> Any:
    """The answer's JSON. Raises PaymentsRefused for a definite no."""
    try:
        content = json.loads(answer.body)
    except ValueError:
        content = None
    if answer.status == 200 and isinstance(content, dict):
        return content
    if answer.status in _NOT_THE_REQUEST:
        raise PaymentsUnavailable(f"Stripe does not take our key: status {answer.status}")
    error = content.get("error") if isinstance(content, dict) else None
    if 400 <= answer.status < 500 and isinstance(error, dict):
        code = error.get("code") or error.get("type") or "unknown"
        raise PaymentsRefused(str(code), str(error.get("message") or ""))
    # A proxy's page, a redirect, half an answer: whatever it is, it is not Stripe's word.
    raise PaymentsUnavailable(f"status {answer.status}, not in Stripe's form")


def _read(read: Callable[[shapes.Json], Read], content: Any) -> Read:
    try:
        return read(content)
    except shapes.Unreadable as problem:
        raise PaymentsUnavailable(f"unreadable {problem}") from problem
