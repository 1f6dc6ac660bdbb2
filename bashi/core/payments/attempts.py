"""Payment attempts: one row for each Checkout session requested from Stripe."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from bashi.core.batch import Query, Row
from bashi.core.payments.provider import CheckoutLine, CheckoutRequest


class AttemptStatus(StrEnum):
    OPENING = "opening"  # asked for, or about to be; nobody has a link
    OPEN = "open"  # the buyer has the link
    PAID = "paid"  # settled the order
    RETURNED = "returned"  # paid, but settled nothing: the money goes back
    EXPIRED = "expired"  # Stripe says that nobody can pay it any more
    ABANDONED = "abandoned"  # no link was ever given out


@dataclass(frozen=True, slots=True)
class Attempt:
    id: str
    order_id: str
    number: int
    state: AttemptStatus
    request: str
    amount_cents: int
    currency: str
    livemode: bool
    slot_at: int
    busy_until: int
    session_id: str | None
    url: str | None
    intent_id: str | None
    opened_at: int | None
    expires_at: int
    created_at: int


_COLUMNS = (
    "SELECT id, order_id, number, status, request, amount_cents, currency, livemode, slot_at,"
    " busy_until, session_id, url, intent_id, opened_at, expires_at, created_at"
    " FROM payment_attempt"
)
OF_ORDER = Query(f"{_COLUMNS} WHERE order_id = :order ORDER BY number DESC")
BY_ID = Query(f"{_COLUMNS} WHERE id = :id")
BY_SESSION = Query(f"{_COLUMNS} WHERE session_id = :session")
BY_INTENT = Query(f"{_COLUMNS} WHERE intent_id = :intent")
BY_SESSIONS = Query(f"{_COLUMNS} WHERE session_id IN :sessions[]")

INSERT = Query(
    "INSERT INTO payment_attempt (id, order_id, number, status, request, amount_cents, currency,"
    " livemode, slot_at, busy_until, expires_at, created_at) VALUES (:id, :order, :number,"
    " 'opening', :request, :amount, :currency, :livemode, :slot_at, :busy_until, :expires_at,"
    " :now)"
)
PROLONG_ORDER = Query(
    "UPDATE orders SET expires_at = :expires_at WHERE id = :order AND status = 'pending'"
)
LEASE = Query(
    "UPDATE payment_attempt SET busy_until = :until"
    " WHERE id = :id AND status = 'opening' AND busy_until = :seen"
)
ATTACH = Query(
    "UPDATE payment_attempt SET status = 'open', session_id = :session, url = :url,"
    " opened_at = :now WHERE id = :id AND status = 'opening'"
)
ABANDON = Query(
    "UPDATE payment_attempt SET status = 'abandoned' WHERE id = :id AND status = 'opening'"
)
EXPIRE = Query("UPDATE payment_attempt SET status = 'expired' WHERE id = :id AND status = 'open'")
PAY = Query(
    "UPDATE payment_attempt SET status = :status, session_id = :session, intent_id = :intent"
    " WHERE id = :id AND status NOT IN ('paid', 'returned')"
)


def attempt(row: Row) -> Attempt:
    return Attempt(
        id=row["id"],
        order_id=row["order_id"],
        number=row["number"],
        state=AttemptStatus(row["status"]),
        request=row["request"],
        amount_cents=row["amount_cents"],
        currency=row["currency"],
        livemode=bool(row["livemode"]),
        slot_at=row["slot_at"],
        busy_until=row["busy_until"],
        session_id=row["session_id"],
        url=row["url"],
        intent_id=row["intent_id"],
        opened_at=row["opened_at"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
    )


def write_request(request: CheckoutRequest) -> str:
    return json.dumps(asdict(request), ensure_ascii=False)


def read_request(text: str) -> CheckoutRequest:
    """Byte for byte what was stored, as Stripe's idempotency demands."""
    stored = json.loads(text)
    lines = [CheckoutLine(**line) for line in stored.pop("lines")]
    return CheckoutRequest(**stored, lines=lines)
