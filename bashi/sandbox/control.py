"""Everything that happens at Stripe without the product asking: over JSON, or from a small page.

POST /sandbox/control/{action} with a JSON object; the answer is the object that was touched, or a
Stripe error. GET /sandbox/control/state tells the faults and what is still to be delivered.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from bashi.sandbox import checkout, disputes, payment, refunds
from bashi.sandbox.books import Books
from bashi.sandbox.errors import StripeError, invalid
from bashi.sandbox.faults import Faults
from bashi.sandbox.store import Document

Values = Mapping[str, Any]
Action = Callable[[Books, Values], Document]


def change_faults(books: Books, values: Values) -> Document:
    """Fields of `Faults` by name; the others stay."""
    books.faults.change(values)
    books.wake()
    return asdict(books.faults)


def reset(books: Books, _: Values) -> Document:
    """No faults any more. What was paused is delivered."""
    books.faults.change(asdict(Faults()))
    books.wake()
    return asdict(books.faults)


def pay(books: Books, values: Values) -> Document:
    """{session, card?, slow?}: as a customer would; `slow` is settled later by `settle`."""
    card = str(values.get("card") or "4242424242424242")
    outcome = payment.pay(books, _text(values, "session"), card, slow=_flag(values, "slow"))
    return {"result": outcome.result, "message": outcome.message, "session": outcome.session}


def challenge(books: Books, values: Values) -> Document:
    """{session, passed}: ends the 3-D Secure step."""
    passed = _flag(values, "passed")
    outcome = payment.answer_challenge(books, _text(values, "session"), passed=passed)
    return {"result": outcome.result, "message": outcome.message, "session": outcome.session}


def settle(books: Books, values: Values) -> Document:
    """{session, succeeded}: ends a slow payment."""
    return payment.settle(books, _text(values, "session"), succeeded=_flag(values, "succeeded"))


def expire(books: Books, values: Values) -> Document:
    """{session}: as if its time were over."""
    return checkout.expire(books, _text(values, "session"))


def refund(books: Books, values: Values) -> Document:
    """{payment_intent, amount?, reason?}: made in Stripe's dashboard, so without metadata."""
    names = ("payment_intent", "amount", "reason")
    return refunds.create(books, {name: values[name] for name in names if values.get(name)})


def finish_refund(books: Books, values: Values) -> Document:
    """{refund, status: succeeded or failed, reason?}"""
    status = _text(values, "status")
    if status not in {"succeeded", "failed"}:
        raise invalid("succeeded or failed", "status")
    reason = str(values.get("reason") or "unknown")
    return refunds.finish(books, _text(values, "refund"), status=status, reason=reason)


def dispute(books: Books, values: Values) -> Document:
    """{payment_intent, amount?, reason?, inquiry?}"""
    amount = int(values["amount"]) if values.get("amount") else None
    reason = str(values.get("reason") or "general")
    intent, inquiry = _text(values, "payment_intent"), _flag(values, "inquiry")
    return disputes.create(books, intent, amount, reason, inquiry=inquiry)


def fraud_warning(books: Books, values: Values) -> Document:
    """{payment_intent}: the card's bank suspects fraud."""
    return disputes.warn(books, _text(values, "payment_intent"))


def close_dispute(books: Books, values: Values) -> Document:
    """{dispute, won}"""
    return disputes.close(books, _text(values, "dispute"), won=_flag(values, "won"))


def redeliver(books: Books, values: Values) -> Document:
    """{event?}: sends one event again, or every event that the endpoint subscribes to."""
    if values.get("event"):
        events = [books.find("event", _text(values, "event"))["id"]]
    else:
        rows = books.store.sql.execute(
            "SELECT id, label FROM document WHERE kind = 'event' ORDER BY seq"
        )
        events = [key for key, kind in rows if kind in books.enabled_events]
    for key in events:
        books.enqueue(key, Faults())
    return {"redelivered": len(events)}


ACTIONS: Mapping[str, Action] = {
    "faults": change_faults,
    "reset": reset,
    "pay": pay,
    "challenge": challenge,
    "settle": settle,
    "expire": expire,
    "refund": refund,
    "finish-refund": finish_refund,
    "dispute": dispute,
    "close-dispute": close_dispute,
    "fraud-warning": fraud_warning,
    "redeliver": redeliver,
}


def state(books: Books) -> Document:
    rows = books.store.sql.execute("SELECT state, count(*) FROM delivery GROUP BY state")
    counts: dict[str, int] = {"due": 0, "done": 0, "dropped": 0} | dict(rows.fetchall())
    return {"faults": asdict(books.faults), "deliveries": counts}


def run(books: Books, action: str, values: Values) -> Document:
    """Raises StripeError, 404 for an unknown action."""
    if action not in ACTIONS:
        raise StripeError(404, f"No such action: {action}. There are: {', '.join(ACTIONS)}")
    with books.store.transaction():
        return ACTIONS[action](books, values)


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value:
        raise invalid(f"Missing: {name}", name)
    return value.strip()


def _flag(values: Values, name: str) -> bool:
    return values.get(name) in (True, "true", "on", "1")
