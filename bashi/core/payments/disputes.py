"""Follow a bank's dispute: freeze what was paid for, book what the bank takes, raise an alarm.

Events come late and in any order, so each makes us ask Stripe how the dispute stands now, and come
to that, whatever we had heard before. Source: https://docs.stripe.com/disputes/how-disputes-work
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bashi.core.alarms import end_alarm, raise_alarm
from bashi.core.audit import audit
from bashi.core.batch import Query, Refused, Statement
from bashi.core.claims import dispute_booking
from bashi.core.payments.attempts import Attempt
from bashi.core.payments.by_intent import attempt_of_intent
from bashi.core.payments.ledger import DISPUTES, Movement, book
from bashi.core.payments.parts import Facts, Part, PaymentSubject, share
from bashi.core.payments.provider import DisputeResult, FraudWarning
from bashi.core.payments.record import RECORD, PaymentOutcome
from bashi.core.ports import Ports

TRIES = 3
INQUIRY, OPENED, LOST = "dispute.inquiry", "dispute.opened", "dispute.lost"
WARNED = "payment.fraud_warning"
"""The kinds of alarms."""

STATUS = Query("SELECT status FROM dispute WHERE id = :id")
INSERT = Query(
    "INSERT INTO dispute (id, attempt_id, intent_id, status, reason, amount_cents, currency,"
    " due_at, created_at, updated_at) VALUES (:id, :attempt, :intent, :status, :reason, :amount,"
    " :currency, :due_at, :now, :now)"
)
MOVE = Query(
    "UPDATE dispute SET status = :status, due_at = :due_at, updated_at = :now"
    " WHERE id = :id AND status = :was"
)
BOOKED = Query("SELECT DISTINCT movement FROM ledger WHERE movement IN :movements[]")


class Stage(StrEnum):
    INQUIRY = "inquiry"  # the bank asks; no money has moved
    OVER = "over"  # an inquiry that came to nothing
    OPEN = "open"
    WON = "won"
    LOST = "lost"


def stage(status: str) -> Stage:
    """A status that Stripe may add one day is one to look at, and moves nothing."""
    stages = {
        "needs_response": Stage.OPEN,
        "under_review": Stage.OPEN,
        "won": Stage.WON,
        "lost": Stage.LOST,
        "warning_closed": Stage.OVER,
        "prevented": Stage.OVER,
    }
    return stages.get(status, Stage.INQUIRY)


@dataclass(frozen=True, slots=True)
class Disputed:
    part: Part
    subject: PaymentSubject[Facts]
    facts: Facts


async def hear_dispute(ports: Ports, heard: DisputeResult, claim: str, kind: str) -> PaymentOutcome:
    """Harmless to repeat and to race. Raises PaymentsUnavailable."""
    attempt = await attempt_of_intent(ports, heard.intent_id)
    if attempt is None:
        return PaymentOutcome.IGNORED
    for _ in range(TRIES):
        result = await ports.payments.retrieve_dispute(heard.id)
        rows = await ports.database.fetch(STATUS(id=result.id))
        was: str | None = rows[0]["status"] if rows else None
        batch = await _statements(ports, attempt, result, was)
        if not batch:
            return PaymentOutcome.ALREADY
        record = _record(ports, attempt, result, claim, kind)
        try:
            await ports.database.batch([record, *batch])
        except Refused as refused:
            if refused.name == "payment_event.id":
                return PaymentOutcome.ALREADY
            continue  # another event of this dispute was quicker: look again
        return PaymentOutcome.SETTLED
    return PaymentOutcome.LATER


async def _statements(
    ports: Ports, attempt: Attempt, result: DisputeResult, was: str | None
) -> list[Statement]:
    """What brings us to where the dispute stands; nothing when we are there."""
    now = ports.clock.now()
    parts = [await _read(ports, part) for part in attempt.parts]
    batch = await _bookings(ports, parts, result, now)
    if was == result.status:
        return batch
    if was is None:
        row = INSERT(
            id=result.id,
            attempt=attempt.id,
            intent=result.intent_id,
            status=result.status,
            reason=result.reason,
            amount=result.amount_cents,
            currency=result.currency,
            due_at=result.due_at,
            now=now,
        )
    else:
        row = MOVE(
            1,
            "dispute_as_seen",
            status=result.status,
            due_at=result.due_at,
            now=now,
            id=result.id,
            was=was,
        )
    trail = audit(
        entry_id=ports.ids.uuid(),
        at=now,
        person=None,
        action=f"dispute.{stage(result.status)}",
        subject=attempt.reference,
        detail=f"{result.id}: {result.status}, {result.reason}",
    )
    return [row, *batch, *_effects(parts, result), *_alarms(attempt, result, now), trail]


def _effects(parts: Sequence[Disputed], result: DisputeResult) -> list[Statement]:
    batch: list[Statement] = []
    for one in parts:
        match stage(result.status):
            case Stage.OPEN:
                batch += one.subject.on_disputed(one.facts)
            case Stage.WON:
                batch += one.subject.on_dispute_ended(one.facts, won=True)
            case Stage.LOST:
                batch += one.subject.on_dispute_ended(one.facts, won=False)
    return batch


def _alarms(attempt: Attempt, result: DisputeResult, now: int) -> list[Statement]:
    """One kind is open at a time."""
    shown = {Stage.INQUIRY: INQUIRY, Stage.OPEN: OPENED, Stage.LOST: LOST}
    kind = shown.get(stage(result.status))
    others = [name for name in (INQUIRY, OPENED, LOST) if name != kind]
    batch = [end_alarm(name, result.id, now) for name in others]
    if kind is not None:
        subject = f"{attempt.parts[0].subject_kind} {attempt.reference}"
        money = f"{result.amount_cents} {result.currency}"
        words = f"{subject}: {result.status}, {result.reason}, {money} in minor units"
        batch.append(raise_alarm(kind, result.id, words, now))
    return batch


async def _read(ports: Ports, part: Part) -> Disputed:
    subject = ports.subjects[part.subject_kind]
    facts = await subject.read(ports, part.subject_id)
    assert facts is not None
    return Disputed(part, subject, facts)


async def _bookings(
    ports: Ports, parts: Sequence[Disputed], result: DisputeResult, now: int
) -> list[Statement]:
    """Each change of our balance once, whichever event told of it."""
    names = {dispute_booking(change.id): change for change in result.changes if change.amount_cents}
    found = await ports.database.fetch(BOOKED(movements=list(names)))
    booked = {row["movement"] for row in found}
    batch: list[Statement] = []
    for name, change in names.items():
        if name in booked:
            continue
        movement = Movement(name, result.currency, result.id, now)
        sign = 1 if change.amount_cents > 0 else -1
        shares = share(abs(change.amount_cents), [one.part.amount_cents for one in parts])
        for one, cents in zip(parts, shares, strict=True):
            part = Part(one.part.subject_kind, one.part.subject_id, sign * cents)
            batch += book(movement, part, DISPUTES, one.facts.event_id)
    return batch


def _record(
    ports: Ports, attempt: Attempt, result: DisputeResult, claim: str, kind: str
) -> Statement:
    return RECORD(
        id=claim,
        type=kind,
        outcome=PaymentOutcome.SETTLED.value,
        reference=attempt.reference,
        session=attempt.session_id,
        detail=f"dispute {result.id} is {result.status}",
        now=ports.clock.now(),
    )


async def hear_warning(ports: Ports, warning: FraudWarning) -> PaymentOutcome:
    """The card's bank suspects fraud: a refund now may spare us the dispute and its fee."""
    attempt = await attempt_of_intent(ports, warning.intent_id)
    if attempt is None:
        return PaymentOutcome.IGNORED
    now = ports.clock.now()
    subject = f"{attempt.parts[0].subject_kind} {attempt.reference}"
    words = f"{subject}: {warning.fraud_type}; a refund now may spare a dispute"
    alarm = raise_alarm(WARNED, warning.id, words, now, final=True)
    seen = alarm if warning.actionable else end_alarm(WARNED, warning.id, now)
    await ports.database.batch([seen])
    return PaymentOutcome.SETTLED
