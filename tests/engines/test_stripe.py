"""The adapter over an Http port that answers as told: what it sends, and what it makes of answers.

Over real HTTP, against the sandbox: tests/sandbox.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import pytest
import stripe

from bashi.core.payments.provider import (
    HANDLED_EVENTS,
    CheckoutLine,
    CheckoutRequest,
    PaymentsRefused,
    PaymentsUnavailable,
)
from bashi.core.ports import HttpAnswer, HttpFailed
from bashi.engines.stripe.client import API_VERSION, SOON_SECONDS, StripePayments

KEY, WEBHOOK_SECRET = "sk_test_of_nobody", "whsec_of_nobody"
REQUEST = CheckoutRequest(
    reference="order",
    attempt_id="attempt",
    description="N1",
    email="buyer+tag@example.org",
    locale="bn",
    currency="USD",
    lines=[CheckoutLine("টিকিট & more", 2500, 2)],
    expires_at=1_800_000_000_999,
    success_url="https://example.org/?s={CHECKOUT_SESSION_ID}",
    cancel_url="https://example.org/",
)
SESSION = {
    "id": "cs_test_1",
    "object": "checkout.session",
    "status": "open",
    "payment_status": "unpaid",
    "client_reference_id": "order",
    "metadata": {"attempt_id": "attempt"},
    "amount_total": 5000,
    "currency": "usd",
    "payment_intent": None,
    "url": "https://checkout.stripe.com/c/pay/cs_test_1",
    "livemode": False,
    "created": 1_800_000_000,
}
REFUND = {
    "id": "re_1",
    "object": "refund",
    "status": "pending",
    "payment_intent": "pi_1",
    "amount": 100,
    "currency": "usd",
    "metadata": {},
}


@dataclass
class Sent:
    method: str
    url: str
    headers: Mapping[str, str]
    params: dict[str, str]


@dataclass
class Wire:
    """Gives its answers in turn and keeps what was sent. Time passes when none comes."""

    answers: list[HttpAnswer | HttpFailed]
    sent: list[Sent] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    seconds: float = 0

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_seconds: float,
    ) -> HttpAnswer:
        assert timeout_seconds > 0
        params = dict(parse_qsl((body or b"").decode() or url.partition("?")[2]))
        self.sent.append(Sent(method, url, headers, params))
        answer = self.answers.pop(0)
        if isinstance(answer, HttpFailed):
            self.seconds += timeout_seconds
            raise answer
        return answer

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds

    def payments(self, key: str = KEY) -> StripePayments:
        return StripePayments(
            self, key, [WEBHOOK_SECRET], sleep=self.sleep, seconds=lambda: self.seconds
        )


def answer(status: int, content: Any, **headers: str) -> HttpAnswer:
    return HttpAnswer(
        status,
        {name.replace("_", "-"): value for name, value in headers.items()},
        content if isinstance(content, bytes) else json.dumps(content).encode(),
    )


def error(status: int, **fields: str) -> HttpAnswer:
    return answer(status, {"error": {"type": "invalid_request_error", "message": "no", **fields}})


def test_the_version_is_the_one_that_the_official_library_was_written_for() -> None:
    assert stripe.api_version == API_VERSION


async def test_a_checkout_is_asked_for_in_stripes_form() -> None:
    wire = Wire([answer(200, SESSION)])
    session = await wire.payments().create_checkout("the-key", REQUEST)
    (sent,) = wire.sent
    assert (sent.method, sent.url) == ("POST", "https://api.stripe.com/v1/checkout/sessions")
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.headers["idempotency-key"] == "the-key"
    assert sent.headers["stripe-version"] == API_VERSION
    assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert sent.params == {
        "mode": "payment",
        "allowed_payment_method_types[0]": "card",
        "adaptive_pricing[enabled]": "false",
        "allow_promotion_codes": "false",
        "automatic_tax[enabled]": "false",
        "client_reference_id": "order",
        "customer_email": "buyer+tag@example.org",
        "locale": "auto",
        "expires_at": "1800000000",
        "success_url": "https://example.org/?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://example.org/",
        "metadata[reference]": "order",
        "metadata[attempt_id]": "attempt",
        "payment_intent_data[description]": "N1",
        "payment_intent_data[metadata][reference]": "order",
        "payment_intent_data[metadata][attempt_id]": "attempt",
        "line_items[0][quantity]": "2",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "2500",
        "line_items[0][price_data][product_data][name]": "টিকিট & more",
    }
    assert session.created_at == 1_800_000_000_000
    assert session.currency == "USD"


async def test_lists_ask_from_a_time_on_and_for_what_is_handled() -> None:
    page = {"object": "list", "data": [], "has_more": False}
    wire = Wire([answer(200, page), answer(200, page)])
    await wire.payments().list_events(1_800_000_000_999, "evt_9")
    await wire.payments().list_checkouts(0, None)
    events, sessions = wire.sent
    assert events.params == {
        "created[gte]": "1800000000",
        "limit": "100",
        "starting_after": "evt_9",
        **{f"types[{index}]": name for index, name in enumerate(HANDLED_EVENTS)},
    }
    assert sessions.params == {"created[gte]": "0", "limit": "100"}
    assert "idempotency-key" not in sessions.headers


@pytest.mark.parametrize(
    "trouble",
    [
        HttpFailed(sent=True),
        HttpFailed(sent=False),
        error(409, code="idempotency_key_in_use"),
        error(429, code="rate_limit"),
        error(500),
        answer(502, b"<html>"),
    ],
)
async def test_trouble_is_tried_again_with_the_same_bytes(trouble: HttpAnswer | HttpFailed) -> None:
    wire = Wire([trouble, trouble, answer(200, SESSION)])
    assert (await wire.payments().create_checkout("key", REQUEST)).id == "cs_test_1"
    first, second, third = wire.sent
    assert first == second == third
    assert wire.pauses[0] < wire.pauses[1] <= 1.0


async def test_after_three_tries_there_is_no_definite_answer() -> None:
    wire = Wire([HttpFailed(sent=True), error(500), error(409), answer(200, SESSION)])
    with pytest.raises(PaymentsUnavailable, match="409"):
        await wire.payments().create_checkout("key", REQUEST)
    assert len(wire.sent) == 3


async def test_all_calls_for_somebody_who_waits_share_a_few_seconds() -> None:
    wire = Wire([HttpFailed(sent=True)] * 10)
    payments = wire.payments()
    soon = payments.soon()
    for _ in range(3):
        with pytest.raises(PaymentsUnavailable):
            await soon.create_checkout("key", REQUEST)
    assert wire.seconds <= SOON_SECONDS + sum(wire.pauses)
    assert len(wire.sent) >= 2
    tried = len(wire.sent)
    with pytest.raises(PaymentsUnavailable):
        await payments.create_checkout("key", REQUEST)
    assert len(wire.sent) == tried + 3


async def test_stripe_may_say_that_trying_again_is_useless() -> None:
    wire = Wire([answer(500, {}, stripe_should_retry="false")])
    with pytest.raises(PaymentsUnavailable):
        await wire.payments().retrieve_refund("re_1")
    assert wire.pauses == []


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (error(400, code="amount_too_small"), "amount_too_small"),
        (error(400, type="idempotency_error"), "idempotency_error"),
        (error(402, code="card_declined"), "card_declined"),
        (error(404, code="resource_missing"), "resource_missing"),
    ],
)
async def test_a_definite_no_is_not_tried_again(refusal: HttpAnswer, code: str) -> None:
    wire = Wire([refusal])
    with pytest.raises(PaymentsRefused) as caught:
        await wire.payments().create_refund("key", "pi_1", 100, {})
    assert caught.value.code == code


@pytest.mark.parametrize(
    "strange",
    [
        answer(200, b"<html>"),
        answer(200, []),
        answer(200, {}),
        answer(200, {**SESSION, "object": "charge"}),
        answer(200, {name: SESSION[name] for name in SESSION if name != "payment_status"}),
        answer(200, {**SESSION, "created": None}),
        answer(302, b""),
        answer(403, b"blocked by a proxy"),
    ],
)
async def test_what_is_not_stripes_word_is_no_definite_answer(strange: HttpAnswer) -> None:
    with pytest.raises(PaymentsUnavailable):
        await Wire([strange]).payments().create_checkout("key", REQUEST)


async def test_a_session_that_is_not_ours_can_be_read() -> None:
    foreign = {**SESSION, "client_reference_id": None, "metadata": {}, "amount_total": None}
    session = await Wire([answer(200, foreign)]).payments().retrieve_checkout("cs_test_1")
    assert (session.reference, session.attempt_id, session.amount_cents) == (None, None, 0)


async def test_a_refund_carries_its_failure_and_our_id() -> None:
    failed = {
        **REFUND,
        "status": "failed",
        "failure_reason": "lost_or_stolen_card",
        "metadata": {"refund_id": "ours"},
    }
    wire = Wire([answer(200, failed)])
    refund = await wire.payments().create_refund("key", "pi_1", 100, {"refund_id": "ours"})
    assert (refund.status, refund.failure) == ("failed", "lost_or_stolen_card")
    assert refund.refund_id == "ours"
    assert wire.sent[0].params == {
        "payment_intent": "pi_1",
        "amount": "100",
        "metadata[refund_id]": "ours",
    }


@pytest.mark.parametrize(
    ("key", "livemode", "per_second"),
    [
        ("sk_test_1", False, 20),
        ("rk_test_1", False, 20),
        ("sk_live_1", True, 80),
        ("rk_live_1", True, 80),
    ],
)
def test_the_key_tells_the_mode_and_the_pace(key: str, livemode: bool, per_second: int) -> None:
    payments = Wire([]).payments(key)
    assert (payments.livemode, payments.sessions_per_second) == (livemode, per_second)
    assert StripePayments(Wire([]), key, [], sessions_per_second=3).sessions_per_second == 3


async def test_no_secret_is_shown(caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire([HttpFailed(sent=True)] * 3)
    payments = wire.payments()
    with pytest.raises(PaymentsUnavailable) as caught:
        await payments.create_checkout("key", REQUEST)
    shown = repr(payments) + repr(caught.value) + str(caught.value.__context__) + caplog.text
    assert KEY not in shown
    assert WEBHOOK_SECRET not in shown
