"""Stripe's objects, reduced to what a decision needs, and the two ways a call fails.

Amounts are minor units; times are UTC epoch milliseconds. Source: https://docs.stripe.com/api
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

HANDLED_EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "radar.early_fraud_warning.created",
    "radar.early_fraud_warning.updated",
)
"""What the webhook endpoint subscribes to and the sweep asks for (Stripe lists at most 20 types).

`refund.*` tells of every refund, those made in Stripe's dashboard too, so `charge.refunded`
would only repeat it.
"""


@dataclass(frozen=True, slots=True)
class CheckoutLine:
    name: str
    unit_cents: int
    quantity: int


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """Stored with the attempt before it is sent, so that a repeat is byte-equal."""

    reference: str
    attempt_id: str
    description: str
    email: str
    locale: str
    currency: str
    lines: Sequence[CheckoutLine]
    expires_at: int
    success_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class CheckoutSession:
    id: str
    status: str
    """open, complete or expired"""
    payment_status: str
    """paid, unpaid or no_payment_required"""
    reference: str | None
    attempt_id: str | None
    amount_cents: int
    currency: str
    intent_id: str | None
    url: str | None
    livemode: bool
    created_at: int


@dataclass(frozen=True, slots=True)
class RefundResult:
    id: str
    status: str
    """pending, requires_action, succeeded, failed or canceled"""
    intent_id: str
    amount_cents: int
    currency: str
    refund_id: str | None
    """Our own id, when we asked for it; None for one made in Stripe's dashboard."""
    failure: str | None


@dataclass(frozen=True, slots=True)
class BalanceChange:
    """What a dispute took from our balance (less than 0) or brought back, without Stripe's fee."""

    id: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class DisputeResult:
    id: str
    status: str
    """warning_needs_response, warning_under_review, warning_closed, needs_response, under_review,
    won or lost"""
    intent_id: str
    amount_cents: int
    currency: str
    reason: str
    due_at: int | None
    """Until when evidence may be sent."""
    changes: Sequence[BalanceChange]


@dataclass(frozen=True, slots=True)
class FraudWarning:
    id: str
    intent_id: str
    fraud_type: str
    actionable: bool
    """False: it was refunded, or is a dispute by now."""


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    id: str
    type: str
    livemode: bool
    created_at: int
    session: CheckoutSession | None = None
    refund: RefundResult | None = None
    dispute: DisputeResult | None = None
    warning: FraudWarning | None = None


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    items: Sequence[T]
    next_after: str | None
    """Pass as `after` for the next page; None on the last."""


class PaymentsUnavailable(Exception):
    """No definite answer (lost reply, 409, 429, 5xx): repeat with the same key."""


class PaymentsRefused(Exception):
    """A definite no. `code` is Stripe's error code; nothing was done."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class BadSignature(Exception):
    """A webhook that Stripe did not sign, or signed too long ago or in the future."""
