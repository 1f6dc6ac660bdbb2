"""Stripe's JSON to our words and back. Readers raise Unreadable for a shape that is not Stripe's.

Shapes: https://docs.stripe.com/api/checkout/sessions, /refunds, /events
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bashi.core.languages import LANGUAGES
from bashi.core.payments.provider import (
    BalanceChange,
    CheckoutRequest,
    CheckoutSession,
    DisputeResult,
    FraudWarning,
    PaymentEvent,
    RefundResult,
)
from bashi.engines.stripe.form import Value

Json = Mapping[str, Any]


class Unreadable(Exception):
    """An object without a field that Stripe always sends, or of another kind."""


def checkout_params(request: CheckoutRequest) -> dict[str, Value]:
    """Card only, and nothing that could change the amount that we agreed on."""
    currency = request.currency.lower()
    metadata = {"reference": request.reference, "attempt_id": request.attempt_id}
    return {
        "mode": "payment",
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},
        "allow_promotion_codes": False,
        "automatic_tax": {"enabled": False},
        "client_reference_id": request.reference,
        "customer_email": request.email,
        "locale": LANGUAGES[request.locale].payment_page if request.locale in LANGUAGES else "auto",
        "expires_at": request.expires_at // 1000,
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "metadata": metadata,
        "payment_intent_data": {"description": request.description, "metadata": metadata},
        "line_items": [
            {
                "quantity": line.quantity,
                "price_data": {
                    "currency": currency,
                    "unit_amount": line.unit_cents,
                    "product_data": {"name": line.name},
                },
            }
            for line in request.lines
        ],
    }


def read_session(data: Json) -> CheckoutSession:
    metadata = _expect(data, "checkout.session").get("metadata") or {}
    try:
        return CheckoutSession(
            id=_text(data["id"]),
            status=_text(data["status"]),
            payment_status=_text(data["payment_status"]),
            reference=data["client_reference_id"] or metadata.get("reference"),
            attempt_id=metadata.get("attempt_id"),
            amount_cents=int(data["amount_total"] or 0),
            currency=(data["currency"] or "").upper(),
            intent_id=data["payment_intent"],
            url=data["url"],
            livemode=bool(data["livemode"]),
            created_at=data["created"] * 1000,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable("checkout.session") from problem


def read_refund(data: Json) -> RefundResult:
    metadata = _expect(data, "refund").get("metadata") or {}
    try:
        return RefundResult(
            id=_text(data["id"]),
            status=_text(data["status"]),
            intent_id=_text(data["payment_intent"]),
            amount_cents=int(data["amount"]),
            currency=data["currency"].upper(),
            refund_id=metadata.get("refund_id"),
            failure=data.get("failure_reason"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable("refund") from problem


def read_dispute(data: Json) -> DisputeResult:
    _expect(data, "dispute")
    try:
        due_by = (data.get("evidence_details") or {}).get("due_by")
        return DisputeResult(
            id=_text(data["id"]),
            status=_text(data["status"]),
            intent_id=_text(data["payment_intent"]),
            amount_cents=int(data["amount"]),
            currency=data["currency"].upper(),
            reason=_text(data["reason"]),
            due_at=due_by * 1000 if due_by else None,
            changes=[
                BalanceChange(_text(one["id"]), int(one["amount"]))
                for one in data["balance_transactions"]
            ],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable("dispute") from problem


def read_warning(data: Json) -> FraudWarning:
    _expect(data, "radar.early_fraud_warning")
    try:
        return FraudWarning(
            id=_text(data["id"]),
            intent_id=_text(data["payment_intent"]),
            fraud_type=_text(data["fraud_type"]),
            actionable=bool(data["actionable"]),
        )
    except (KeyError, TypeError) as problem:
        raise Unreadable("radar.early_fraud_warning") from problem


def read_event(data: Json) -> PaymentEvent:
    """What the event is about: a session, or a refund, dispute or warning of a payment intent."""
    try:
        subject = data["data"]["object"]
        kind = subject.get("object")
        identity = _text(data["id"]), _text(data["type"])
        livemode, created_at = bool(data["livemode"]), data["created"] * 1000
    except (KeyError, TypeError, AttributeError) as problem:
        raise Unreadable("event") from problem
    try:
        session = read_session(subject) if kind == "checkout.session" else None
        refund = read_refund(subject) if kind == "refund" else None
        dispute = read_dispute(subject) if kind == "dispute" else None
        warning = read_warning(subject) if kind == "radar.early_fraud_warning" else None
    except Unreadable:
        session = refund = dispute = warning = None
    return PaymentEvent(*identity, livemode, created_at, session, refund, dispute, warning)


def read_event_body(body: bytes) -> PaymentEvent:
    """For a body whose signature is right: what cannot be read is kept as an event about nothing.

    Answering it with an error would only make Stripe send the same bytes for three days.
    """
    try:
        return read_event(json.loads(body))
    except (Unreadable, ValueError):
        return PaymentEvent(f"unreadable_{sha256(body).hexdigest()}", "unreadable", False, 0)


def _expect(data: Any, kind: str) -> Json:
    if not isinstance(data, Mapping) or data.get("object") != kind:
        raise Unreadable(kind)
    return data


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
