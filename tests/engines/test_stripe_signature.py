"""Webhook signatures, held to the official library's."""

import hmac
import time
from hashlib import sha256

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from bashi.core.payments.provider import BadSignature
from bashi.core.ports import Http
from bashi.engines.http_httpx import HttpxHttp
from bashi.engines.stripe.client import StripePayments
from bashi.engines.stripe.signature import verify

SECRET, OTHER = "whsec_now", "whsec_before"
BODY = '{"id":"evt_1","name":"টিকিট"}'.encode()
NOW = 1_800_000_000


def mac(body: bytes, timestamp: int, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()


def header(timestamp: int = NOW, body: bytes = BODY, secret: str = SECRET) -> str:
    return f"t={timestamp},v1={mac(body, timestamp, secret)}"


def test_what_the_official_library_signs_is_accepted() -> None:
    now = int(time.time())
    theirs = stripe.WebhookSignature.generate_signature_header(BODY.decode(), SECRET, now)
    verify(BODY, theirs, [SECRET], now)


@pytest.mark.parametrize("secret", [SECRET, OTHER])
def test_each_secret_is_accepted_while_one_replaces_the_other(secret: str) -> None:
    verify(BODY, header(secret=secret), [SECRET, OTHER], NOW)


def test_one_good_signature_among_several_is_enough() -> None:
    good = mac(BODY, NOW)
    verify(BODY, f"t={NOW},v1={'0' * 64},v0={'1' * 64},v1={good}", [SECRET], NOW)


@pytest.mark.parametrize("age_seconds", [-60, 0, 300])
def test_a_signature_is_good_for_five_minutes(age_seconds: int) -> None:
    verify(BODY, header(), [SECRET], NOW + age_seconds)


@pytest.mark.parametrize("age_seconds", [-61, 301, 10_000_000])
def test_a_signature_from_the_past_or_the_future_is_refused(age_seconds: int) -> None:
    with pytest.raises(BadSignature):
        verify(BODY, header(), [SECRET], NOW + age_seconds)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "t=,v1=",
        f"t={NOW}",
        f"v1={mac(BODY, NOW)}",
        f"t={NOW},v0={mac(BODY, NOW)}",
        f"t={NOW + 1},v1={mac(BODY, NOW)}",
        f"t={NOW},t={NOW},v1={mac(BODY, NOW)}",
        f"t=x{NOW},v1={mac(BODY, NOW)}",
        f"t=١٨٠٠٠٠٠٠٠٠,v1={mac(BODY, NOW)}",
        f"t={'9' * 5000},v1={mac(BODY, NOW)}",
        f"t={NOW},v1=é",
        header(secret="whsec_of_another"),
        header(body=BODY + b" "),
    ],
)
def test_a_forged_or_broken_header_is_refused(forged: str) -> None:
    with pytest.raises(BadSignature):
        verify(BODY, forged, [SECRET, OTHER], NOW)


@given(body=st.binary(max_size=200), at=st.integers(0, 200), flip=st.integers(1, 255))
def test_changing_any_byte_of_the_body_breaks_the_signature(
    body: bytes, at: int, flip: int
) -> None:
    signed = header(body=body)
    verify(body, signed, [SECRET], NOW)
    changed = bytearray(body or b"\x00")
    changed[at % len(changed)] ^= flip
    with pytest.raises(BadSignature):
        verify(bytes(changed), signed, [SECRET], NOW)


async def test_a_signed_body_that_cannot_be_read_is_an_event_about_nothing() -> None:
    async with HttpxHttp() as http:
        port: Http = http
        payments = StripePayments(port, "sk_test_x", [SECRET])
        for body in (b"", b"[]", b"{}", b'{"id":"evt_1"}', b"\xff", b'{"data":{"object":[]}}'):
            event = payments.read_event(body, header(body=body), NOW * 1000)
            assert (event.type, event.session, event.refund) == ("unreadable", None, None)
            assert event.id.startswith("unreadable_")


async def test_a_forged_body_is_not_even_read() -> None:
    async with HttpxHttp() as http:
        payments = StripePayments(http, "sk_test_x", [SECRET])
        with pytest.raises(BadSignature):
            payments.read_event(b"not json", header(), NOW * 1000)
