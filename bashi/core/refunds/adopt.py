"""Adopt a refund made in Stripe's dashboard: from here on it is handled like our own."""

from collections.abc import Sequence

from bashi.core.alarms import raise_alarm
from bashi.core.batch import Refused, Statement
from bashi.core.payments import refund_rows
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.payments.by_intent import attempt_of_intent
from bashi.core.payments.parts import Facts, Part, share
from bashi.core.payments.provider import RefundResult
from bashi.core.payments.record import RECORD, PaymentOutcome
from bashi.core.payments.refund_rows import Ask, Refund, RefundKind, RefundStatus, ask
from bashi.core.ports import Ports
from bashi.core.refunds.finish import finish_refund, undo_refund

DASHBOARD = "dashboard."
"""And Stripe's id of the refund: ours. A second part of the same one adds its place."""
FROM_STRIPE = "refund.from_stripe"
"""The alarm of a refund made in the dashboard that needs somebody's hand."""


async def hear_refund(ports: Ports, result: RefundResult, claim: str, kind: str) -> PaymentOutcome:
    """What Stripe says of a refund, whoever asked for it, by the event `claim` of type `kind`."""
    rows = await ports.database.fetch(refund_rows.BY_PROVIDER(provider=result.id))
    if not rows and result.refund_id is not None:
        rows = await ports.database.fetch(refund_rows.BY_ID(id=result.refund_id))
    if not rows:
        return await _adopt(ports, result, claim, kind)
    heard = [await _hear_known(ports, refund_rows.refund(row), result) for row in rows]
    return PaymentOutcome.SETTLED if any(heard) else PaymentOutcome.ALREADY


async def _hear_known(ports: Ports, known: Refund, result: RefundResult) -> bool:
    if known.status in (RefundStatus.ASKED, RefundStatus.PENDING):
        await finish_refund(ports, known, result)
        return True
    if known.status is RefundStatus.SUCCEEDED and result.status in ("failed", "canceled"):
        await undo_refund(ports, known, result.failure or result.status)
        return True
    return False


async def _adopt(ports: Ports, heard: RefundResult, claim: str, kind: str) -> PaymentOutcome:
    """An event says what was true when it was made, and may come after those that followed it. So
    Stripe is asked. Raises PaymentsUnavailable."""
    attempt = await attempt_of_intent(ports, heard.intent_id)
    if attempt is None:
        return PaymentOutcome.IGNORED
    result = await ports.payments.retrieve_refund(heard.id)
    if result.status in ("failed", "canceled"):
        return PaymentOutcome.IGNORED
    facts = [await _facts(ports, part) for part in attempt.parts]
    returning = attempt.status is AttemptStatus.RETURNED
    if not returning and any(one.is_refunding for one in facts):
        return PaymentOutcome.LATER
    record = RECORD(
        id=claim,
        type=kind,
        outcome=PaymentOutcome.SETTLED.value,
        reference=attempt.reference,
        session=attempt.session_id,
        detail=f"refund {result.id} made at Stripe",
        now=ports.clock.now(),
    )
    make = _returned if returning else _given_back
    try:
        await ports.database.batch([record, *make(ports, attempt, facts, result)])
    except Refused as refused:
        late = refused.name == "subject_is_settled"
        return PaymentOutcome.LATER if late else PaymentOutcome.ALREADY
    for row in await ports.database.fetch(refund_rows.BY_PROVIDER(provider=result.id)):
        await finish_refund(ports, refund_rows.refund(row), result)
    return PaymentOutcome.SETTLED


async def _facts(ports: Ports, part: Part) -> Facts:
    facts: Facts | None = await ports.subjects[part.subject_kind].read(ports, part.subject_id)
    assert facts is not None
    return facts


def _given_back(
    ports: Ports, attempt: Attempt, facts: Sequence[Facts], result: RefundResult
) -> list[Statement]:
    """A part of the money needs somebody's hand, since Stripe can't say what was meant."""
    left = [one.left_cents for one in facts]
    words = "partial refund made at Stripe: void the tickets meant by hand"
    whole = result.amount_cents >= sum(left)
    batch = [] if whole else [_alarm(ports, attempt, result, words)]
    shares = share(result.amount_cents, left)
    for place, (part, fact, cents) in enumerate(zip(attempt.parts, facts, shares, strict=True)):
        if cents == 0 and len(facts) > 1:
            continue
        asked = _ask(attempt, result, RefundKind.DASHBOARD, place, cents)
        subject = ports.subjects[part.subject_kind]
        batch += [ask(asked, ports.clock.now())]
        batch += subject.on_refunding(ports.ids, fact, asked.id, cents)
    return batch


def _returned(
    ports: Ports, attempt: Attempt, facts: Sequence[Facts], result: RefundResult
) -> list[Statement]:
    """A payment that settled nothing, and that we return ourselves: Stripe will refuse ours, or
    what is more than the rest."""
    words = f"refund {result.id} made at Stripe for a payment that is being returned"
    shares = share(result.amount_cents, [part.amount_cents for part in attempt.parts])
    now = ports.clock.now()
    return [
        _alarm(ports, attempt, result, words),
        *(
            ask(_ask(attempt, result, RefundKind.RETURN, place, cents), now)
            for place, cents in enumerate(shares[: len(facts)])
            if cents
        ),
    ]


def _ask(attempt: Attempt, result: RefundResult, kind: RefundKind, place: int, cents: int) -> Ask:
    part = attempt.parts[place]
    return Ask(
        id=f"{DASHBOARD}{result.id}.{place + 1}" if place else f"{DASHBOARD}{result.id}",
        kind=kind,
        subject_kind=part.subject_kind,
        subject_id=part.subject_id,
        intent_id=result.intent_id,
        amount_cents=cents,
        currency=attempt.currency,
        reason="made in Stripe's dashboard",
        provider_id=result.id,
    )


def _alarm(ports: Ports, attempt: Attempt, result: RefundResult, words: str) -> Statement:
    detail = f"{attempt.parts[0].subject_kind} {attempt.reference}: {words}"
    return raise_alarm(FROM_STRIPE, result.id, detail, ports.clock.now(), final=True)
