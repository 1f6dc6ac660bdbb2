"""What a customer does on the payment page, and what becomes of a payment that takes its time."""

from dataclasses import dataclass
from typing import Literal

from bashi.sandbox import balance, cards, checkout, shapes
from bashi.sandbox.books import Books
from bashi.sandbox.cards import Card
from bashi.sandbox.errors import StripeError, invalid
from bashi.sandbox.store import Document


@dataclass(frozen=True, slots=True)
class CardOutcome:
    result: Literal["paid", "processing", "challenge", "declined"]
    session: Document
    message: str | None = None


def pay(books: Books, key: str, number: str, *, slow: bool = False) -> CardOutcome:
    """`slow` is a payment that completes the session and is settled later, as a bank debit is.

    Raises StripeError 400 when the session is not open.
    """
    session = _open(books, key)
    card = cards.find(number)
    intent = _intent(books, session)
    if card.decline_code is not None:
        return _decline(books, session, intent, card)
    intent |= {"payment_method": f"pm_card_{card.number}", "last_payment_error": None}
    if card.challenge:
        intent |= {
            "status": "requires_action",
            "next_action": {
                "type": "redirect_to_url",
                "redirect_to_url": {"return_url": session["url"], "url": session["url"]},
            },
        }
        books.store.update(intent)
        books.emit("payment_intent.requires_action", intent)
        return CardOutcome("challenge", session)
    if slow:
        return _begin(books, session, intent)
    return _succeed(books, session, intent, card)


def answer_challenge(books: Books, key: str, *, passed: bool) -> CardOutcome:
    """Raises StripeError 400 when no card is waiting for a 3-D Secure step."""
    session = _open(books, key)
    intent = _intent(books, session)
    if intent["status"] != "requires_action":
        raise invalid("No card is waiting for authentication.", code="payment_intent_unexpected")
    card = _card(intent)
    if passed:
        return _succeed(books, session, intent, card)
    message = "We are unable to authenticate your payment method. Please try another one."
    return _refuse(books, session, intent, "payment_intent_authentication_failure", message)


def settle(books: Books, key: str, *, succeeded: bool) -> Document:
    """Ends a payment that was begun with `slow`. Raises StripeError 400 when there is none."""
    session = books.find("checkout.session", key, "session")
    intent = _intent(books, session)
    if intent["status"] != "processing":
        raise invalid("This payment is not processing.", code="payment_intent_unexpected_state")
    if not succeeded:
        intent |= {"status": "requires_payment_method", "processing": None}
        books.store.update(intent)
        books.emit("payment_intent.payment_failed", intent)
        books.emit("checkout.session.async_payment_failed", session)
        return session
    _charge(books, session, intent, _card(intent))
    session["payment_status"] = "paid"
    books.store.update(session)
    books.emit("checkout.session.async_payment_succeeded", session)
    return session


def _open(books: Books, key: str) -> Document:
    session = checkout.find(books, key)
    if session["status"] != "open":
        raise StripeError(400, f"This Checkout Session is {session['status']}.")
    return session


def _intent(books: Books, session: Document) -> Document:
    """The session's payment intent, made when the customer confirms for the first time."""
    if session["payment_intent"] is not None:
        return books.find("payment_intent", session["payment_intent"])
    extra = books.store.setting(f"intent_data:{session['id']}", {})
    intent = shapes.intent(session, extra, now=books.seconds())
    books.store.add(intent)
    session["payment_intent"] = intent["id"]
    books.store.update(session, parent=intent["id"])
    books.emit("payment_intent.created", intent)
    return intent


def _card(intent: Document) -> Card:
    return cards.find(intent["payment_method"].removeprefix("pm_card_"))


def _decline(books: Books, session: Document, intent: Document, card: Card) -> CardOutcome:
    charge = shapes.charge(intent, card, session["customer_email"], now=books.seconds())
    charge = shapes.failed_charge(charge, card)
    books.store.add(charge, label="failed", parent=intent["id"])
    intent["latest_charge"] = charge["id"]
    books.emit("charge.failed", charge)
    return _refuse(books, session, intent, "card_declined", card.message or "", card.decline_code)


def _refuse(
    books: Books,
    session: Document,
    intent: Document,
    code: str,
    message: str,
    decline_code: str | None = None,
) -> CardOutcome:
    """The session stays open: the customer may try another card."""
    error = {"type": "card_error", "code": code, "message": message}
    if decline_code is not None:
        error["decline_code"] = decline_code
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "next_action": None,
        "last_payment_error": error,
    }
    books.store.update(intent)
    books.emit("payment_intent.payment_failed", intent)
    return CardOutcome("declined", session, message)


def _begin(books: Books, session: Document, intent: Document) -> CardOutcome:
    intent["status"] = "processing"
    books.store.update(intent)
    _complete(books, session, "unpaid")
    return CardOutcome("processing", session)


def _succeed(books: Books, session: Document, intent: Document, card: Card) -> CardOutcome:
    _charge(books, session, intent, card)
    _complete(books, session, "paid")
    return CardOutcome("paid", session)


def _charge(books: Books, session: Document, intent: Document, card: Card) -> None:
    charge = shapes.charge(intent, card, session["customer_email"], now=books.seconds())
    moved = balance.move(
        books,
        charge,
        kind="charge",
        category="charge",
        amount=charge["amount"],
        fee=balance.charge_fee_cents(charge["amount"]),
    )
    charge["balance_transaction"] = moved["id"]
    books.store.add(charge, label="succeeded", parent=intent["id"])
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge["id"],
        "next_action": None,
        "processing": None,
    }
    books.store.update(intent)
    books.emit("charge.succeeded", charge)
    books.emit("payment_intent.succeeded", intent)


def _complete(books: Books, session: Document, payment_status: str) -> None:
    email = session["customer_email"]
    session |= {
        "status": "complete",
        "payment_status": payment_status,
        "url": None,
        "customer_details": {
            "address": None,
            "email": email,
            "name": None,
            "phone": None,
            "tax_exempt": "none",
            "tax_ids": [],
        },
    }
    books.store.update(session, label="complete")
    books.emit("checkout.session.completed", session)
