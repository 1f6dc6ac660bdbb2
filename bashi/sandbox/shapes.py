"""Stripe's objects as JSON, with every field that Stripe always sends.

Source: https://docs.stripe.com/api, in the version below.
"""

from collections.abc import Mapping
from typing import Any

from bashi.sandbox.blanks import CHARGE, INTENT, SESSION
from bashi.sandbox.cards import Card
from bashi.sandbox.store import Document, new_id

API_VERSION = "2026-10-28.endive"

_NO_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))


def session(params: Mapping[str, Any], *, now: int, url: str, key: str) -> Document:
    """`params` are checked ones: amount, currency, expires_at and so on by Stripe's names."""
    return SESSION | {
        "id": key,
        "adaptive_pricing": {"enabled": params["adaptive_pricing"]},
        "allow_promotion_codes": params["allow_promotion_codes"],
        "amount_subtotal": params["amount"],
        "amount_total": params["amount"],
        "cancel_url": params["cancel_url"],
        "client_reference_id": params["client_reference_id"],
        "created": now,
        "currency": params["currency"],
        "customer_email": params["customer_email"],
        "expires_at": params["expires_at"],
        "locale": params["locale"],
        "metadata": params["metadata"],
        "success_url": params["success_url"],
        "url": url,
    }


def line_item(*, name: str, unit_cents: int, quantity: int, currency: str, now: int) -> Document:
    return {
        "id": new_id("li_"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": unit_cents * quantity,
        "amount_tax": 0,
        "amount_total": unit_cents * quantity,
        "currency": currency,
        "description": name,
        "price": {
            "id": new_id("price_"),
            "object": "price",
            "active": False,
            "billing_scheme": "per_unit",
            "created": now,
            "currency": currency,
            "custom_unit_amount": None,
            "livemode": False,
            "lookup_key": None,
            "metadata": {},
            "nickname": None,
            "product": new_id("prod_", 14),
            "recurring": None,
            "tax_behavior": "unspecified",
            "tiers_mode": None,
            "transform_quantity": None,
            "type": "one_time",
            "unit_amount": unit_cents,
            "unit_amount_decimal": str(unit_cents),
        },
        "quantity": quantity,
    }


def intent(session: Document, extra: Mapping[str, Any], *, now: int) -> Document:
    """`extra` is the session's payment_intent_data: description and metadata."""
    key = new_id("pi_")
    return INTENT | {
        "id": key,
        "amount": session["amount_total"],
        "client_secret": f"{key}_secret_{new_id('')}",
        "created": now,
        "currency": session["currency"],
        "description": extra.get("description"),
        "metadata": extra.get("metadata") or {},
    }


def charge(intent: Document, card: Card, email: str | None, *, now: int) -> Document:
    """A charge that went well; `failed_charge` turns it into one that did not."""
    return CHARGE | {
        "id": new_id("ch_"),
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "billing_details": {"address": _NO_ADDRESS, "email": email, "name": None, "phone": None},
        "created": now,
        "currency": intent["currency"],
        "description": intent["description"],
        "metadata": intent["metadata"],
        "payment_intent": intent["id"],
        "payment_method": intent["payment_method"],
        "payment_method_details": {"card": _card_details(card), "type": "card"},
    }


def failed_charge(charge: Document, card: Card) -> Document:
    return charge | {
        "amount_captured": 0,
        "captured": False,
        "failure_code": "card_declined",
        "failure_message": card.message,
        "outcome": {
            "network_status": "declined_by_network",
            "reason": card.decline_code,
            "risk_level": "normal",
            "risk_score": 12,
            "seller_message": "The bank did not return any further details with this decline.",
            "type": "issuer_declined",
        },
        "paid": False,
        "status": "failed",
    }


def _card_details(card: Card) -> dict[str, Any]:
    return {
        "brand": "visa",
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "pass",
        },
        "country": "US",
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": "SandboxCard" + card.number[-4:],
        "funding": "credit",
        "installments": None,
        "last4": card.number[-4:],
        "mandate": None,
        "network": "visa",
        "three_d_secure": None,
        "wallet": None,
    }


def refund(charge: Document, *, amount: int, reason: str | None, now: int) -> Document:
    return {
        "id": new_id("re_"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "destination_details": {"card": {"type": "refund"}, "type": "card"},
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def dispute(charge: Document, *, amount: int, reason: str, now: int) -> Document:
    return {
        "id": new_id("dp_"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {
            "due_by": now + 7 * 86400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "status": "needs_response",
    }


def fraud_warning(intent: Document, *, actionable: bool, now: int) -> Document:
    return {
        "id": new_id("issfr_"),
        "object": "radar.early_fraud_warning",
        "actionable": actionable,
        "charge": intent["latest_charge"],
        "created": now,
        "fraud_type": "made_with_stolen_card",
        "livemode": False,
        "payment_intent": intent["id"],
    }


def balance_transaction(
    *, kind: str, category: str, amount: int, fee: int, source: Document, now: int
) -> Document:
    details = {
        "amount": fee,
        "application": None,
        "currency": source["currency"],
        "description": "Stripe processing fees" if category == "charge" else "Dispute fee",
        "type": "stripe_fee",
    }
    return {
        "id": new_id("txn_"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now + 2 * 86400,
        "balance_type": "payments",
        "created": now,
        "currency": source["currency"],
        "description": source.get("description"),
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [details] if fee else [],
        "net": amount - fee,
        "reporting_category": category,
        "source": source["id"],
        "status": "pending",
        "type": kind,
    }


def event(kind: str, subject: Document, *, now: int) -> Document:
    return {
        "id": new_id("evt_"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": {"object": subject},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }


def page(url: str, data: list[Document], *, more: bool) -> Document:
    return {"object": "list", "data": data, "has_more": more, "url": url}
