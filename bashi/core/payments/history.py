"""Payment attempts of a subject and their outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.alarms import alarm_id
from bashi.core.batch import Query
from bashi.core.payments import attempts
from bashi.core.payments.attempts import Attempt
from bashi.core.payments.record import MISMATCH, PaymentOutcome
from bashi.core.ports import Ports

HEARD = Query(
    "SELECT session_id, outcome, detail FROM payment_event WHERE session_id IN :sessions[]"
    " ORDER BY received_at, id"
)
WRONG = Query("SELECT subject_id, detail FROM alarm WHERE id IN :alarms[]")

REFUSED = "refused"
"""Stripe would not make the session."""


@dataclass(frozen=True, slots=True)
class Tried:
    attempt: Attempt
    outcome: str | None
    """What we made of Stripe's last word on it, as in docs/payments.md; None: nothing was heard."""
    detail: str


async def payment_history(ports: Ports, kind: str, subject_id: str) -> Sequence[Tried]:
    """Oldest first."""
    tried = await attempts.of_subject(ports.database, kind, subject_id)
    tried.reverse()
    sessions = [one.session_id for one in tried if one.session_id is not None]
    heard = {
        row["session_id"]: (row["outcome"], row["detail"])
        for row in await ports.database.fetch(HEARD(sessions=sessions))
    }
    wrong = await ports.database.fetch(
        WRONG(alarms=[alarm_id(MISMATCH, session) for session in sessions])
    )
    heard |= {row["subject_id"]: (PaymentOutcome.MISMATCH.value, row["detail"]) for row in wrong}
    return [_tried(one, heard.get(one.session_id)) for one in tried]


def _tried(attempt: Attempt, heard: tuple[str, str] | None) -> Tried:
    if attempt.failure is not None:
        return Tried(attempt, REFUSED, attempt.failure)
    return Tried(attempt, *(heard or (None, "")))
