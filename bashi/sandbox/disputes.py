"""Disputes, which only a customer's bank can open. Source: https://docs.stripe.com/disputes"""

from bashi.sandbox import balance, shapes
from bashi.sandbox.books import Books
from bashi.sandbox.errors import invalid
from bashi.sandbox.store import Document


def create(
    books: Books, intent_id: str, amount: int | None, reason: str, *, inquiry: bool = False
) -> Document:
    """Takes the money and a fee at once; an inquiry only asks. Raises StripeError when there is no
    such payment."""
    intent = books.find("payment_intent", intent_id, "payment_intent")
    if intent["status"] != "succeeded":
        raise invalid("Only a payment that succeeded can be disputed.", "payment_intent")
    charge = books.find("charge", intent["latest_charge"])
    if charge["disputed"]:
        raise invalid("This charge is disputed already.", "payment_intent")
    disputed = charge["amount"] if amount is None else amount
    dispute = shapes.dispute(charge, amount=disputed, reason=reason, now=books.seconds())
    if inquiry:
        dispute |= {"status": "warning_needs_response", "is_charge_refundable": True}
        books.store.add(dispute, label=dispute["status"], parent=intent_id)
        books.emit("charge.dispute.created", dispute)
        return dispute
    taken = balance.move(
        books,
        dispute,
        kind="adjustment",
        category="dispute",
        amount=-disputed,
        fee=balance.DISPUTE_FEE_CENTS,
    )
    dispute["balance_transactions"].append(taken)
    books.store.add(dispute, label="needs_response", parent=intent_id)
    charge["disputed"] = True
    books.store.update(charge)
    books.emit("charge.dispute.created", dispute)
    books.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close(books: Books, key: str, *, won: bool) -> Document:
    """A won dispute brings the money back, but not the fee."""
    dispute = books.find("dispute", key)
    if dispute["status"] == "warning_needs_response":
        dispute["status"] = "warning_closed"
        books.store.update(dispute, label="warning_closed")
        books.emit("charge.dispute.closed", dispute)
        return dispute
    if dispute["status"] != "needs_response":
        raise invalid(f"This dispute is {dispute['status']} already.", "dispute")
    dispute["status"] = "won" if won else "lost"
    if won:
        returned = balance.move(
            books,
            dispute,
            kind="adjustment",
            category="dispute_reversal",
            amount=dispute["amount"],
        )
        dispute["balance_transactions"].append(returned)
        books.emit("charge.dispute.funds_reinstated", dispute)
    books.store.update(dispute, label=dispute["status"])
    books.emit("charge.dispute.closed", dispute)
    return dispute


def warn(books: Books, intent_id: str, *, actionable: bool = True) -> Document:
    """The card's bank suspects fraud. Raises StripeError when there is no such payment."""
    intent = books.find("payment_intent", intent_id, "payment_intent")
    warning = shapes.fraud_warning(intent, actionable=actionable, now=books.seconds())
    books.store.add(warning, parent=intent_id)
    books.emit("radar.early_fraud_warning.created", warning)
    return warning
