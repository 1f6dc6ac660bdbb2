"""Close a subject that nobody has paid for, once nobody can pay for it any more."""

from collections.abc import Sequence
from typing import Any

from bashi.core import claims
from bashi.core.batch import Refused, Statement
from bashi.core.payments import attempts
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.payments.parts import End
from bashi.core.payments.settle import settle
from bashi.core.ports import Ports


async def close(
    ports: Ports, kind: str, subject_id: str, *, canceled: bool, by: str | None, ended: str = ""
) -> bool:
    """Expired or canceled. True when it is no longer open, also since it got paid.

    An open payment page is expired at Stripe first, except `ended`: a session that Stripe has just
    told us is over. Raises PaymentsUnavailable, and then all stays as it is until the next try.
    """
    subject = ports.subjects[kind]
    facts = await subject.read(ports, subject_id)
    if facts is None or not facts.is_open:
        return True
    tries = await attempts.of_subject(ports.database, kind, subject_id)
    for attempt in tries:
        if attempt.status is not AttemptStatus.OPEN or attempt.session_id == ended:
            continue
        if not await _expire(ports, attempt):
            return await _is_closed(ports, kind, subject_id)
    end = End(canceled, by, ports.clock.now())
    closed: Sequence[Statement] = subject.on_expired(ports.ids, facts, end)
    try:
        # Behind the subject's own guard: they refuse when one moved since it was read.
        await ports.database.batch([*closed, *_end_attempts(tries)])
    except Refused:
        return await _is_closed(ports, kind, subject_id)
    return True


def _end_attempts(tries: Sequence[Attempt]) -> list[Statement]:
    batch: list[Statement] = []
    for attempt in tries:
        if attempt.status is AttemptStatus.OPEN:
            batch.append(attempts.EXPIRE(1, "attempt_is_open", id=attempt.id))
        elif attempt.status is AttemptStatus.OPENING:
            batch.append(attempts.ABANDON(1, "attempt_is_opening", id=attempt.id))
    return batch


async def _expire(ports: Ports, attempt: Attempt) -> bool:
    """False when the session turned out to be paid, and then it settles instead, or is about to be
    (a slow payment)."""
    assert attempt.session_id is not None
    session = await ports.payments.expire_checkout(attempt.session_id)
    if session.status == "expired":
        return True
    await settle(ports, session, claims.asked_settlement(session.id), "session.asked")
    return False


async def _is_closed(ports: Ports, kind: str, subject_id: str) -> bool:
    facts: Any = await ports.subjects[kind].read(ports, subject_id)
    return facts is None or not facts.is_open
