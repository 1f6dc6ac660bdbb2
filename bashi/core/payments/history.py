"""An order's payment attempts, and what became of each: what a treasurer asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.batch import Query
from bashi.core.payments import attempts
from bashi.core.payments.attempts import Attempt
from bashi.core.ports import Ports

HEARD = Query(
    "SELECT session_id, outcome, detail FROM payment_event WHERE session_id IN :sessions[]"
    " ORDER BY received_at, id"
)


@dataclass(frozen=True, slots=True)
class Tried:
    attempt: Attempt
    outcome: str | None
    """What we made of Stripe's last word on it, as in docs/payments.md; None: nothing was heard."""
    detail: str


async def payment_history(ports: Ports, order_id: str) -> Sequence[Tried]:
    """Oldest first."""
    rows = await ports.database.fetch(attempts.OF_ORDER(order=order_id))
    tried = [attempts.attempt(row) for row in reversed(rows)]
    sessions = [one.session_id for one in tried if one.session_id is not None]
    heard = {
        row["session_id"]: (row["outcome"], row["detail"])
        for row in await ports.database.fetch(HEARD(sessions=sessions))
    }
    return [Tried(one, *heard.get(one.session_id, (None, ""))) for one in tried]
