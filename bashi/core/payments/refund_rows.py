"""Refund rows, one a part: requested by an organizer, by us, or made in Stripe's dashboard."""

from dataclasses import dataclass
from enum import StrEnum

from bashi.core.batch import Query, Statement
from bashi.core.columns import reader, select
from bashi.core.moves import Move
from bashi.core.ports import Ports


class RefundKind(StrEnum):
    ASKED = "asked"  # an organizer gives a subject, or a part of it, back
    RETURN = "return"  # the payment settled nothing
    DASHBOARD = "dashboard"  # made at Stripe, found by its event


class RefundStatus(StrEnum):
    ASKED = "asked"  # Stripe was not told yet, or its answer was lost
    PENDING = "pending"  # Stripe works on it
    SUCCEEDED = "succeeded"
    FAILED = "failed"


_OPEN = {RefundStatus.ASKED, RefundStatus.PENDING}
WAIT = Move(_OPEN, {RefundStatus.PENDING})
END = Move(_OPEN, {RefundStatus.SUCCEEDED, RefundStatus.FAILED})
COME_BACK = Move({RefundStatus.SUCCEEDED}, {RefundStatus.FAILED})
REFUND_MOVES = (WAIT, END, COME_BACK)


@dataclass(frozen=True, slots=True)
class Refund:
    id: str
    kind: RefundKind
    subject_kind: str
    subject_id: str
    intent_id: str
    amount_cents: int
    currency: str
    status: RefundStatus
    provider_id: str | None
    reason: str
    content_hash: str
    failure: str | None
    attempts: int
    due_at: int
    created_at: int
    finished_at: int | None


refund = reader(Refund)

_COLUMNS = f"SELECT {select(Refund)} FROM refund"  # noqa: S608 - of constants
BY_ID = Query(f"{_COLUMNS} WHERE id = :id")
BY_PROVIDER = Query(f"{_COLUMNS} WHERE provider_id = :provider ORDER BY id")
OF_SUBJECT = Query(
    f"{_COLUMNS} WHERE subject_id = :id AND subject_kind = :kind ORDER BY created_at, id"
)
DUE = Query(
    f"{_COLUMNS} WHERE status IN ('asked', 'pending') AND due_at >= 0 AND due_at <= :now"
    " ORDER BY due_at LIMIT 20"
)
INSERT = Query(
    "INSERT INTO refund (id, kind, subject_kind, subject_id, intent_id, amount_cents, currency,"
    " status, provider_id, reason, content_hash, asked_by, attempts, due_at, created_at) VALUES"
    " (:id, :kind, :subject_kind, :subject, :intent, :amount, :currency, 'asked', :provider,"
    " :reason, :hash, :by, 0, :now, :now)",
    leaves_work=True,
)
LEASE = Query(
    "UPDATE refund SET due_at = :until, attempts = attempts + 1 WHERE id = :id AND due_at = :seen"
    " AND status IN ('asked', 'pending')"
)
_PEND = (
    "UPDATE refund SET status = 'pending', provider_id = :provider, due_at = :due WHERE id = :id"
)
PEND = Query(f"{_PEND} AND {WAIT.guard}")
_FINISH = (
    "UPDATE refund SET status = :status, provider_id = :provider, failure = :failure,"
    " finished_at = :now WHERE id = :id"
)
FINISH = Query(f"{_FINISH} AND {END.guard}")
WAKE = Query(
    "UPDATE refund SET due_at = :now WHERE subject_id = :id AND subject_kind = :kind"
    " AND status = 'pending'",
    leaves_work=True,
)
_UNDO = "UPDATE refund SET status = 'failed', failure = :failure, finished_at = :now WHERE id = :id"
UNDO = Query(f"{_UNDO} AND {COME_BACK.guard}")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a new refund is made of."""

    id: str
    kind: RefundKind
    subject_kind: str
    subject_id: str
    intent_id: str
    amount_cents: int
    currency: str
    reason: str
    asked_by: str | None = None
    content: str = ""
    provider_id: str | None = None


def ask(asked: Ask, now: int) -> Statement:
    """The claim of one refund; the worker carries it to Stripe with its id as idempotency key."""
    return INSERT(
        id=asked.id,
        kind=asked.kind.value,
        subject_kind=asked.subject_kind,
        subject=asked.subject_id,
        intent=asked.intent_id,
        amount=asked.amount_cents,
        currency=asked.currency,
        provider=asked.provider_id,
        reason=asked.reason,
        hash=asked.content,
        by=asked.asked_by,
        now=now,
    )


async def of_subject(ports: Ports, kind: str, subject_id: str) -> list[Refund]:
    """Oldest first."""
    return [refund(row) for row in await ports.database.fetch(OF_SUBJECT(kind=kind, id=subject_id))]
