"""Checkout sessions: made, paid, expired. Source: https://docs.stripe.com/api/checkout/sessions"""

from collections.abc import Mapping
from typing import Any

from bashi.sandbox import form, shapes
from bashi.sandbox.books import Books
from bashi.sandbox.errors import StripeError, invalid
from bashi.sandbox.form import Params
from bashi.sandbox.store import Document, new_id

AMOUNT_CENTS_MIN = 50
"""Stripe's least charge in US dollars: https://docs.stripe.com/currencies#minimum-and-maximum"""
LIFE_SECONDS_MIN = 30 * 60
LIFE_SECONDS_MAX = 24 * 60 * 60
LINES_MAX = 100
_PARAMS = (
    "adaptive_pricing",
    "allow_promotion_codes",
    "allowed_payment_method_types",
    "automatic_tax",
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "success_url",
)


def create(books: Books, params: Params) -> Document:
    form.only(params, _PARAMS)
    if form.required(params, "mode") != "payment":
        raise invalid("The sandbox knows the mode `payment` only.", "mode")
    if params.get("allowed_payment_method_types", ["card"]) != ["card"]:
        raise invalid("The sandbox takes cards only.", "allowed_payment_method_types")
    intent_data = form.nested(params, "payment_intent_data")
    form.only(intent_data, ("description", "metadata"), "payment_intent_data")
    now = books.seconds()
    lines = _lines(params, now)
    checked = _checked(params, lines, now)
    key = new_id("cs_test_", 58)
    url = f"{books.public_url}/pay/{key}"
    session = shapes.session(checked, now=now, url=url, key=key)
    books.store.add(session, label="open")
    for line in lines:
        books.store.add(line, parent=key)
    books.store.set(f"intent_data:{key}", intent_data)
    books.store.schedule(session["expires_at"], "expire", key)
    return session


def _checked(params: Params, lines: list[Document], now: int) -> dict[str, Any]:
    if form.flag(form.nested(params, "automatic_tax"), "enabled"):
        raise invalid("The sandbox has no automatic tax.", "automatic_tax")
    amount = sum(line["amount_total"] for line in lines)
    if amount < AMOUNT_CENTS_MIN:
        raise invalid(
            "The Checkout Session's total amount must convert to at least 50 cents.",
            code="amount_too_small",
        )
    email = params.get("customer_email")
    if email is not None and "@" not in email:
        raise invalid(f"Invalid email address: {email}", "customer_email", "email_invalid")
    return {
        "adaptive_pricing": form.flag(form.nested(params, "adaptive_pricing"), "enabled"),
        "allow_promotion_codes": form.flag(params, "allow_promotion_codes"),
        "amount": amount,
        "cancel_url": _url(params, "cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "currency": lines[0]["currency"],
        "customer_email": email,
        "expires_at": _expires_at(params, now),
        "locale": params.get("locale"),
        "metadata": form.metadata(params),
        "success_url": _url(params, "success_url"),
    }


def _lines(params: Params, now: int) -> list[Document]:
    items = form.required(params, "line_items")
    if not isinstance(items, list) or len(items) > LINES_MAX:
        raise invalid("line_items must be an array of at most 100 items", "line_items")
    lines = [_line(item, f"line_items[{index}]", now) for index, item in enumerate(items)]
    if len({line["currency"] for line in lines}) > 1:
        raise invalid("All line items must have the same currency.", "line_items")
    return lines


def _line(item: Any, name: str, now: int) -> Document:
    if not isinstance(item, dict):
        raise invalid("Invalid hash", name)
    form.only(item, ("price_data", "quantity"), name)
    price = form.nested(item, "price_data")
    form.only(price, ("currency", "product_data", "unit_amount"), f"{name}[price_data]")
    product = form.nested(price, "product_data")
    form.only(product, ("name", "description"), f"{name}[price_data][product_data]")
    unit_cents = form.integer(price, "unit_amount", f"{name}[price_data]")
    quantity = form.integer(item, "quantity", name)
    if unit_cents < 0 or quantity < 1:
        raise invalid("Invalid integer: amounts and quantities are positive", name)
    return shapes.line_item(
        name=form.required(product, "name", f"{name}[price_data][product_data]"),
        unit_cents=unit_cents,
        quantity=quantity,
        currency=form.required(price, "currency", f"{name}[price_data]").lower(),
        now=now,
    )


def _expires_at(params: Params, now: int) -> int:
    if "expires_at" not in params:
        return now + LIFE_SECONDS_MAX
    expires_at = form.integer(params, "expires_at")
    if not LIFE_SECONDS_MIN <= expires_at - now <= LIFE_SECONDS_MAX:
        raise invalid(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours after the "
            "creation of the Checkout Session.",
            "expires_at",
        )
    return expires_at


def _url(params: Mapping[str, Any], name: str) -> str:
    url = str(form.required(params, name))
    if not url.startswith(("http://", "https://")):
        raise invalid("Not a valid URL", name, "url_invalid")
    return url


def find(books: Books, key: str) -> Document:
    """The session as it is now: one whose time is over is expired first."""
    session = books.find("checkout.session", key, "session")
    if session["status"] == "open" and session["expires_at"] <= books.now():
        return close(books, session)
    return session


def expire(books: Books, key: str) -> Document:
    """Raises StripeError 400 unless the session is open."""
    session = find(books, key)
    if session["status"] != "open":
        raise StripeError(
            400,
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of `{session['status']}`.",
            saved=True,
        )
    return close(books, session)


def close(books: Books, session: Document) -> Document:
    session |= {"status": "expired", "url": None}
    books.store.update(session, label="expired")
    intent = session["payment_intent"] and books.store.get(
        "payment_intent", session["payment_intent"]
    )
    if intent:
        intent |= {
            "status": "canceled",
            "canceled_at": books.seconds(),
            "cancellation_reason": "abandoned",
            "next_action": None,
        }
        books.store.update(intent)
        books.emit("payment_intent.canceled", intent)
    books.emit("checkout.session.expired", session)
    return session


def expire_due(books: Books, key: str) -> None:
    """For the ticker: a session that has been paid or expired meanwhile is left alone."""
    session = books.store.get("checkout.session", key)
    if session is not None and session["status"] == "open":
        close(books, session)
