"""Refunds, from the API or the dashboard. Source: https://docs.stripe.com/refunds"""

from typing import Any

from bashi.sandbox import balance, cards, form, shapes
from bashi.sandbox.books import Books
from bashi.sandbox.errors import StripeError, invalid
from bashi.sandbox.form import Params
from bashi.sandbox.store import Document

_PARAMS = ("amount", "charge", "metadata", "payment_intent", "reason")
_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
LATER_SECONDS = 1.0
"""How long a refund takes that does not end at once; days at a bank."""


def create(books: Books, params: Params) -> Document:
    form.only(params, _PARAMS)
    reason = params.get("reason")
    if reason is not None and reason not in _REASONS:
        raise invalid(f"Invalid reason: must be one of {', '.join(_REASONS)}", "reason")
    metadata = form.metadata(params)
    charge = _charge(books, params)
    left = charge["amount"] - charge["amount_refunded"]
    amount = form.integer(params, "amount") if "amount" in params else left
    _check(charge, amount, left)
    refund = shapes.refund(charge, amount=amount, reason=reason, now=books.seconds())
    refund["metadata"] = metadata
    fate = _fate(books, charge)
    if fate == "pending":
        refund["status"] = "pending"
    _book(books, refund, charge)
    if fate != "succeeded":
        action = "refund_fails" if fate == "fails" else "refund_succeeds"
        books.store.schedule(books.now() + LATER_SECONDS, action, refund["id"])
    return refund


def finish(books: Books, key: str, *, status: str, reason: str = "unknown") -> Document:
    """Moves a refund to `succeeded` or `failed`; a failed one gives the money back to us."""
    refund = books.find("refund", key)
    if refund["status"] == "failed" or refund["status"] == status:
        return refund
    refund["status"] = status
    if status == "failed":
        charge = books.find("charge", refund["charge"])
        _count(charge, -refund["amount"])
        books.store.update(charge)
        back = balance.move(
            books,
            refund,
            kind="refund_failure",
            category="refund_failure",
            amount=refund["amount"],
        )
        refund |= {"failure_reason": reason, "failure_balance_transaction": back["id"]}
    books.store.update(refund)
    books.emit("refund.updated", refund)
    if status == "failed":
        books.emit("refund.failed", refund)
    return refund


def _charge(books: Books, params: Params) -> Document:
    if "charge" in params:
        return books.find("charge", params["charge"], "charge")
    key = form.required(params, "payment_intent")
    intent = books.find("payment_intent", key, "payment_intent")
    if intent["status"] != "succeeded":
        raise invalid(
            f"This PaymentIntent ({key}) does not have a successful charge to refund.",
            "payment_intent",
        )
    return books.find("charge", intent["latest_charge"])


def _check(charge: Document, amount: int, left: int) -> None:
    if left == 0:
        raise StripeError(
            400,
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
            saved=True,
        )
    if charge["disputed"]:
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise StripeError(400, message, code="charge_disputed", saved=True)
    if amount < 1:
        raise invalid("This value must be greater than or equal to 1.", "amount")
    if amount > left:
        message = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        raise StripeError(400, message, param="amount", saved=True)


def _fate(books: Books, charge: Document) -> Any:
    if books.faults.spend("refund_fail_next"):
        return "fails"
    if books.faults.spend("refund_pending_next"):
        return "pending"
    return cards.find((charge["payment_method"] or "").removeprefix("pm_card_")).refund


def _book(books: Books, refund: Document, charge: Document) -> None:
    """Stripe keeps its fee for the charge, so a refund costs nothing and gives none back."""
    moved = balance.move(books, refund, kind="refund", category="refund", amount=-refund["amount"])
    refund["balance_transaction"] = moved["id"]
    books.store.add(refund, label=refund["status"], parent=refund["payment_intent"])
    _count(charge, refund["amount"])
    books.store.update(charge)
    books.emit("refund.created", refund)
    books.emit("charge.refunded", charge)


def _count(charge: Document, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
