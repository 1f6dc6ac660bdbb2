"""Finish a refund by Stripe's answer: booked and given back, or all as before and an alarm."""

from bashi.core import claims
from bashi.core.alarms import raise_alarm
from bashi.core.backoff import Backoff
from bashi.core.batch import Refused, Statement
from bashi.core.payments import ledger, refund_rows
from bashi.core.payments.ledger import Movement, book
from bashi.core.payments.parts import Facts, Part
from bashi.core.payments.provider import RefundResult
from bashi.core.payments.refund_rows import Refund, RefundKind, RefundStatus
from bashi.core.ports import Ports

PENDING_AGAIN_MS = 3_600_000
PAUSES = Backoff(first_ms=5_000, most_ms=3_600_000)


async def finish_refund(ports: Ports, refund: Refund, result: RefundResult) -> None:
    """Harmless to repeat: the state guard lets one answer through."""
    if result.status == "succeeded":
        await _succeeded(ports, refund, result)
    elif result.status in ("failed", "canceled"):
        await fail_refund(ports, refund, result.failure or result.status, result.id)
    else:
        await _ask_again(ports, refund, result, PENDING_AGAIN_MS)


async def _ask_again(ports: Ports, refund: Refund, result: RefundResult, wait_ms: int) -> None:
    due = ports.clock.now() + wait_ms
    await ports.database.batch([refund_rows.PEND(provider=result.id, due=due, id=refund.id)])


async def _succeeded(ports: Ports, refund: Refund, result: RefundResult) -> None:
    now = ports.clock.now()
    subject = ports.subjects[refund.subject_kind]
    facts = await _facts(ports, refund)
    returned = refund.kind is RefundKind.RETURN
    done = subject.on_returned if returned else subject.on_refunded
    account = ledger.RETURNED if returned else subject.account
    movement = Movement(claims.refund_booking(refund.id), refund.currency, result.id, now)
    batch = [
        finished(refund.id, RefundStatus.SUCCEEDED, result.id, None, now),
        *done(ports.ids, facts, refund, now),
        *book(movement, _part(refund, -refund.amount_cents), account, facts.event_id),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        if refused.name == subject.overdrawn:
            # An earlier one must have come back from the bank, or Stripe had refused this one. That
            # word wakes this one, unless it comes at this very moment.
            await _ask_again(ports, refund, result, PAUSES.wait_ms(refund.attempts))
        elif refused.name != "refund_is_open" and not refused.name.startswith(PROVIDER):
            raise


async def fail_refund(ports: Ports, refund: Refund, failure: str, provider_id: str | None) -> None:
    """What it was for is as before, and the organizer is told by the console."""
    now = ports.clock.now()
    batch = [finished(refund.id, RefundStatus.FAILED, provider_id, failure, now)]
    if refund.kind is not RefundKind.RETURN:
        subject = ports.subjects[refund.subject_kind]
        batch += subject.on_refund_failed(await _facts(ports, refund), refund)
    batch.append(_alarm(refund, failure, now))
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        if refused.name != "refund_is_open":
            raise


async def undo_refund(ports: Ports, refund: Refund, failure: str) -> None:
    """A refund that had succeeded came back from the bank: money in, booked, and an alarm. The
    organizer pays in another way. Refunds that waited for this word are due again."""
    now = ports.clock.now()
    subject = ports.subjects[refund.subject_kind]
    facts = await _facts(ports, refund)
    returned = refund.kind is RefundKind.RETURN
    account = ledger.RETURNED if returned else subject.account
    movement = Movement(
        claims.undone_refund_booking(refund.id), refund.currency, refund.provider_id, now
    )
    undone = () if returned else subject.on_refund_undone(facts, refund)
    batch = [
        refund_rows.UNDO(1, "refund_succeeded", failure=failure, now=now, id=refund.id),
        *undone,
        refund_rows.WAKE(now=now, kind=refund.subject_kind, id=refund.subject_id),
        *book(movement, _part(refund, refund.amount_cents), account, facts.event_id),
        _alarm(refund, failure, now),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        if refused.name != "refund_succeeded":
            raise


PROVIDER = "refund.provider_id"


async def _facts(ports: Ports, refund: Refund) -> Facts:
    facts: Facts | None = await ports.subjects[refund.subject_kind].read(ports, refund.subject_id)
    assert facts is not None
    return facts


def _part(refund: Refund, cents: int) -> Part:
    return Part(refund.subject_kind, refund.subject_id, cents)


def finished(
    refund_id: str, state: RefundStatus, provider: str | None, failure: str | None, now: int
) -> Statement:
    return refund_rows.FINISH(
        1,
        "refund_is_open",
        status=state.value,
        provider=provider,
        failure=failure,
        now=now,
        id=refund_id,
    )


def _alarm(refund: Refund, failure: str, now: int) -> Statement:
    words = f"refund {refund.id} of {refund.subject_kind} {refund.subject_id} failed: {failure}"
    return raise_alarm("refund.failed", refund.id, words, now)
