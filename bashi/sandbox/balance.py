"""The account's balance: what each charge, refund and dispute moves, and Stripe's fee for it."""

from bashi.sandbox import shapes
from bashi.sandbox.books import Books
from bashi.sandbox.store import Document

FEE_THOUSANDTHS = 29
FEE_FIXED_CENTS = 30
"""2.9 % + 30 ¢, the standard price of a US card: https://stripe.com/pricing"""
DISPUTE_FEE_CENTS = 1500


def charge_fee_cents(amount_cents: int) -> int:
    return (amount_cents * FEE_THOUSANDTHS + 500) // 1000 + FEE_FIXED_CENTS


def move(
    books: Books, source: Document, *, kind: str, category: str, amount: int, fee: int = 0
) -> Document:
    transaction = shapes.balance_transaction(
        kind=kind, category=category, amount=amount, fee=fee, source=source, now=books.seconds()
    )
    return books.store.add(transaction, label=kind, parent=source["id"])


def total(books: Books) -> Document:
    """Everything is pending: the sandbox pays nothing out."""
    rows = books.store.sql.execute(
        "SELECT body ->> 'currency', sum(body ->> 'net') FROM document"
        " WHERE kind = 'balance_transaction' GROUP BY 1"
    ).fetchall()
    pending = [{"amount": net, "currency": currency, "source_types": {}} for currency, net in rows]
    return {"object": "balance", "available": [], "livemode": False, "pending": pending}
