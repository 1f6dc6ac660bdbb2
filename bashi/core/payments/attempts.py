"""Payment attempts: one row for each Checkout session requested from Stripe, and its parts."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from bashi.core.batch import Query, Row, Statement
from bashi.core.columns import beside, read, select
from bashi.core.moves import Move
from bashi.core.payments.parts import Part
from bashi.core.payments.provider import CheckoutLine, CheckoutRequest
from bashi.core.ports import Database


class AttemptStatus(StrEnum):
    OPENING = "opening"  # asked for, or about to be; nobody has a link
    OPEN = "open"  # the buyer has the link
    PAID = "paid"  # settled all of its parts
    RETURNED = "returned"  # paid, but settled nothing: the money goes back
    EXPIRED = "expired"  # Stripe says that nobody can pay it any more
    ABANDONED = "abandoned"  # no link was ever given out


_OPENING, _OPEN = {AttemptStatus.OPENING}, {AttemptStatus.OPEN}
_UNPAID = frozenset(AttemptStatus) - {AttemptStatus.PAID, AttemptStatus.RETURNED}
HAND_OUT = Move(_OPENING, _OPEN)
GIVE_UP = Move(_OPENING, {AttemptStatus.ABANDONED})
END_PAGE = Move(_OPEN, {AttemptStatus.EXPIRED})
# Whatever we believed: Stripe's word on money counts.
BE_PAID = Move(_UNPAID, {AttemptStatus.PAID, AttemptStatus.RETURNED})
ATTEMPT_MOVES = (HAND_OUT, GIVE_UP, END_PAGE, BE_PAID)


@dataclass(frozen=True, slots=True)
class Attempt:
    id: str
    reference: str
    """The id of the first part's subject, by which Stripe's objects name it."""
    number: int
    status: AttemptStatus
    request: str
    amount_cents: int
    currency: str
    livemode: bool
    slot_at: int
    busy_until: int
    session_id: str | None
    url: str | None
    intent_id: str | None
    failure: str | None
    """Stripe's code and words when it refused the session."""
    opened_at: int | None
    expires_at: int
    created_at: int
    parts: Sequence[Part] = beside()


_JOINED = (
    f"SELECT {select(Attempt, 'a')}, p.subject_kind, p.subject_id,"  # noqa: S608 - of constants
    " p.amount_cents AS part_cents FROM payment_attempt a"
    " JOIN payment_part p ON p.attempt_id = a.id"
)
_ORDER = "ORDER BY a.created_at DESC, a.number DESC, a.id, p.position"
_OURS = "SELECT attempt_id FROM payment_part WHERE subject_id = :id AND subject_kind = :kind"
OF_SUBJECT = Query(f"{_JOINED} WHERE a.id IN ({_OURS}) {_ORDER}")
BY_ID = Query(f"{_JOINED} WHERE a.id = :id {_ORDER}")
BY_SESSION = Query(f"{_JOINED} WHERE a.session_id = :session {_ORDER}")
BY_INTENT = Query(f"{_JOINED} WHERE a.intent_id = :intent {_ORDER}")
STATES = Query("SELECT session_id, status FROM payment_attempt WHERE session_id IN :sessions[]")

INSERT = Query(
    "INSERT INTO payment_attempt (id, reference, number, status, request, amount_cents, currency,"
    " livemode, slot_at, busy_until, expires_at, created_at) VALUES (:id, :reference, :number,"
    " 'opening', :request, :amount, :currency, :livemode, :slot_at, :busy_until, :expires_at,"
    " :now)"
)
INSERT_PART = Query(
    "INSERT INTO payment_part (attempt_id, position, subject_kind, subject_id, amount_cents)"
    " VALUES (:attempt, :position, :kind, :subject, :amount)"
)
LEASE = Query(
    "UPDATE payment_attempt SET busy_until = :until"
    " WHERE id = :id AND status = 'opening' AND busy_until = :seen"
)
_ATTACH = (
    "UPDATE payment_attempt SET status = 'open', session_id = :session, url = :url,"
    " opened_at = :now WHERE id = :id"
)
ATTACH = Query(f"{_ATTACH} AND {HAND_OUT.guard}")
_ABANDON = "UPDATE payment_attempt SET status = 'abandoned' WHERE id = :id"
ABANDON = Query(f"{_ABANDON} AND {GIVE_UP.guard}")
_REFUSE = "UPDATE payment_attempt SET status = 'abandoned', failure = :failure WHERE id = :id"
REFUSE = Query(f"{_REFUSE} AND {GIVE_UP.guard}")
_EXPIRE = "UPDATE payment_attempt SET status = 'expired' WHERE id = :id"
EXPIRE = Query(f"{_EXPIRE} AND {END_PAGE.guard}")
_PAY = (
    "UPDATE payment_attempt SET status = :status, session_id = :session, intent_id = :intent"
    " WHERE id = :id"
)
PAY = Query(f"{_PAY} AND {BE_PAID.guard}")


async def of_subject(database: Database, kind: str, subject_id: str) -> list[Attempt]:
    """The newest first."""
    return _attempts(await database.fetch(OF_SUBJECT(kind=kind, id=subject_id)))


async def find(database: Database, statement: Statement) -> Attempt | None:
    """By one of the queries above that name one attempt."""
    found = _attempts(await database.fetch(statement))
    return found[0] if found else None


def insert_parts(attempt_id: str, parts: Sequence[Part]) -> list[Statement]:
    return [
        INSERT_PART(
            attempt=attempt_id,
            position=position,
            kind=part.subject_kind,
            subject=part.subject_id,
            amount=part.amount_cents,
        )
        for position, part in enumerate(parts, 1)
    ]


def _attempts(rows: Sequence[Row]) -> list[Attempt]:
    """Rows of one attempt, a part each, come together."""
    parts: dict[str, list[Part]] = {}
    firsts: list[Row] = []
    for row in rows:
        if row["id"] not in parts:
            firsts.append(row)
        part = Part(row["subject_kind"], row["subject_id"], row["part_cents"])
        parts.setdefault(row["id"], []).append(part)
    return [read(Attempt, row, parts=parts[row["id"]]) for row in firsts]


def write_request(request: CheckoutRequest) -> str:
    return json.dumps(asdict(request), ensure_ascii=False)


def read_request(text: str) -> CheckoutRequest:
    """Byte for byte what was stored, as Stripe's idempotency demands."""
    stored = json.loads(text)
    lines = [CheckoutLine(**line) for line in stored.pop("lines")]
    return CheckoutRequest(**stored, lines=lines)
