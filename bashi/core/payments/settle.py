"""Settle a paid Checkout session: all of its parts, or a refund in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import claims
from bashi.core.alarms import raise_alarm
from bashi.core.audit import audit
from bashi.core.batch import Refused, Statement
from bashi.core.payments import attempts, ledger
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.payments.ledger import Movement, book
from bashi.core.payments.parts import Facts, Part, PaymentSubject
from bashi.core.payments.provider import CheckoutSession
from bashi.core.payments.record import MISMATCH, RECORD, PaymentOutcome
from bashi.core.payments.refund_rows import Ask, RefundKind, ask
from bashi.core.ports import Ports

TRIES = 3


@dataclass(frozen=True, slots=True)
class Plan:
    outcome: PaymentOutcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One that is what we asked for. `claim` and `kind` name the event that says so."""

    session: CheckoutSession
    attempt: Attempt
    claim: str
    kind: str
    now: int

    @property
    def movement(self) -> Movement:
        session = self.session
        charge = claims.charge_booking(session.intent_id or session.id)
        return Movement(charge, self.attempt.currency, session.intent_id, self.now)


@dataclass(frozen=True, slots=True)
class Settled:
    """A part, and what its kind knows of it."""

    part: Part
    subject: PaymentSubject[Facts]
    facts: Facts


def plan(session: CheckoutSession, attempt: Attempt | None, *, livemode: bool) -> Plan | None:
    """What a session means for us; None when it is a payment that we asked for and have not dealt
    with. Pure."""
    if session.payment_status != "paid":
        return Plan(PaymentOutcome.IGNORED, f"payment is {session.payment_status}")
    if attempt is None:
        if session.attempt_id is None:
            return Plan(PaymentOutcome.IGNORED, "not one of our sessions")
        return Plan(PaymentOutcome.MISMATCH, f"no attempt {session.attempt_id}")
    if attempt.status in (AttemptStatus.PAID, AttemptStatus.RETURNED):
        return Plan(PaymentOutcome.ALREADY)
    wrong = _differences(session, attempt, livemode=livemode)
    return Plan(PaymentOutcome.MISMATCH, wrong) if wrong else None


def _differences(session: CheckoutSession, attempt: Attempt, *, livemode: bool) -> str:
    checks = (
        ("mode", session.livemode, livemode and attempt.livemode),
        ("reference", session.reference, attempt.reference),
        ("session", session.id, attempt.session_id or session.id),
        ("amount", session.amount_cents, attempt.amount_cents),
        ("currency", session.currency.upper(), attempt.currency),
    )
    return "; ".join(
        f"{name} is {got}, expected {wanted}" for name, got, wanted in checks if got != wanted
    )


async def settle(ports: Ports, session: CheckoutSession, claim: str, kind: str) -> PaymentOutcome:
    """`claim` is the Stripe event's id, or the sweep's own for a session found by asking.

    Safe to repeat and to race: the claim and the guarded state let one batch through.
    """
    refused: set[str] = set()
    for _ in range(TRIES):
        attempt = await _find_attempt(ports, session)
        decided = plan(session, attempt, livemode=ports.payments.livemode)
        if decided is not None:
            return await _end(ports, session, decided)
        assert attempt is not None
        payment = Payment(session, attempt, claim, kind, ports.clock.now())
        parts = await _read(ports, attempt)
        if len(parts) < len(attempt.parts):
            gone = Plan(PaymentOutcome.MISMATCH, f"what {attempt.id} pays for is not here")
            return await _end(ports, session, gone)
        outcome, batch = settle_statements(ports, payment, parts, refused)
        try:
            await ports.database.batch(batch)
        except Refused as no:
            if no.name == "payment_event.id":
                return PaymentOutcome.ALREADY
            # Otherwise a subject or the attempt moved meanwhile, or seats are sold: look again.
            refused.add(no.name)
        else:
            return outcome
    return PaymentOutcome.LATER


async def _end(ports: Ports, session: CheckoutSession, decided: Plan) -> PaymentOutcome:
    if decided.outcome is PaymentOutcome.MISMATCH:
        now = ports.clock.now()
        alarm = raise_alarm(MISMATCH, session.id, decided.detail, now, final=True)
        await ports.database.batch([alarm])
    return decided.outcome


async def _find_attempt(ports: Ports, session: CheckoutSession) -> Attempt | None:
    """By session; by our own reference when Stripe's reply with the session's id was lost."""
    found = await attempts.find(ports.database, attempts.BY_SESSION(session=session.id))
    if found is None and session.attempt_id is not None:
        found = await attempts.find(ports.database, attempts.BY_ID(id=session.attempt_id))
    return found


async def _read(ports: Ports, attempt: Attempt) -> list[Settled]:
    found: list[Settled] = []
    for part in attempt.parts:
        subject = ports.subjects[part.subject_kind]
        facts = await subject.read(ports, part.subject_id)
        if facts is not None:
            found.append(Settled(part, subject, facts))
    return found


def settle_statements(
    ports: Ports, payment: Payment, parts: Sequence[Settled], refused: set[str]
) -> tuple[PaymentOutcome, list[Statement]]:
    """All parts are paid by it, or all of it goes back, when it is no use to one of them. Pure."""
    settled: list[Statement] = []
    for one in parts:
        done = one.subject.on_paid(ports.ids, one.facts, payment.claim, payment.now, refused)
        if isinstance(done, str):
            record = _record(payment, PaymentOutcome.RETURNED, done)
            return PaymentOutcome.RETURNED, [record, *_returned(ports, payment, parts)]
        settled += done
    batch = [
        _record(payment, PaymentOutcome.SETTLED, ""),
        _pay(payment, AttemptStatus.PAID),
        *settled,
    ]
    for one in parts:
        batch += book(payment.movement, one.part, one.subject.account, one.facts.event_id)
    return PaymentOutcome.SETTLED, batch


def _record(payment: Payment, outcome: PaymentOutcome, detail: str) -> Statement:
    return RECORD(
        id=payment.claim,
        type=payment.kind,
        outcome=outcome.value,
        reference=payment.attempt.reference,
        session=payment.session.id,
        detail=detail,
        now=payment.now,
    )


def _pay(payment: Payment, state: AttemptStatus) -> Statement:
    return attempts.PAY(
        1,
        "attempt_unsettled",
        status=state.value,
        session=payment.session.id,
        intent=payment.session.intent_id,
        id=payment.attempt.id,
    )


def _returned(ports: Ports, payment: Payment, parts: Sequence[Settled]) -> list[Statement]:
    """Money that settles nothing goes back whole, once: a refund's id is made of the intent's."""
    intent = payment.session.intent_id
    assert intent is not None
    batch = [_pay(payment, AttemptStatus.RETURNED)]
    for place, one in enumerate(parts, 1):
        asked = Ask(
            id=f"return.{intent}" if place == 1 else f"return.{intent}.{place}",
            kind=RefundKind.RETURN,
            subject_kind=one.part.subject_kind,
            subject_id=one.part.subject_id,
            intent_id=intent,
            amount_cents=one.part.amount_cents,
            currency=payment.attempt.currency,
            reason="the payment came for something that could not be settled",
        )
        batch.append(ask(asked, payment.now))
        batch += book(payment.movement, one.part, ledger.RETURNED, one.facts.event_id)
    trail = audit(
        entry_id=ports.ids.uuid(),
        at=payment.now,
        person=None,
        action="payment.return",
        subject=payment.attempt.reference,
        detail=payment.claim,
    )
    return [*batch, trail]
