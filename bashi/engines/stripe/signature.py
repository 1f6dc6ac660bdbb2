"""The `Stripe-Signature` header: `t=<seconds>,v1=<HMAC-SHA256 of "t.body">[,v1=…]`.

Source: https://docs.stripe.com/webhooks#verify-manually
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from bashi.core.payments.provider import BadSignature

AGE_SECONDS_MAX = 300
"""Stripe's own default; a recorded webhook is worthless afterwards."""
SKEW_SECONDS_MAX = 60
"""How far our clock may be behind Stripe's."""


def verify(body: bytes, header: str, secrets: Sequence[str], now_seconds: int) -> None:
    """Any v1 signature by any of the secrets will do. Raises BadSignature."""
    timestamp, signatures = _parse(header)
    age_seconds = now_seconds - int(timestamp)
    if age_seconds > AGE_SECONDS_MAX:
        raise BadSignature("signed too long ago")
    if age_seconds < -SKEW_SECONDS_MAX:
        raise BadSignature("signed in the future")
    payload = timestamp.encode() + b"." + body
    expected = [hmac.new(secret.encode(), payload, sha256).hexdigest() for secret in secrets]
    # Every pair is compared, so that the time taken tells nothing.
    matches = [_equal(ours, theirs) for ours in expected for theirs in signatures]
    if not any(matches):
        raise BadSignature("no signature of ours")


def _equal(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode())


def _parse(header: str) -> tuple[str, list[str]]:
    items = [item.strip().partition("=") for item in header.split(",")]
    timestamps = [value for name, _, value in items if name == "t"]
    signatures = [value for name, _, value in items if name == "v1"]
    if len(timestamps) != 1 or not signatures:
        raise BadSignature("no timestamp or no v1 signature")
    if not (timestamps[0].isascii() and timestamps[0].isdigit() and len(timestamps[0]) <= 12):
        raise BadSignature("timestamp is no number")
    return timestamps[0], signatures
