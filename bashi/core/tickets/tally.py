"""Running totals of an event's tickets and money, so that showing them reads no ticket.

A batch that changes a ticket's state, or books a sale or a refund, changes them too: they are exact
at once. One row an event, and one a gate: the batches of two events have no row in common.
"""

from bashi.core.batch import Query, Statement

SELL = Query(
    "INSERT INTO event_tally (event_id, issued, sales_cents, refunds_cents)"
    " VALUES (:event, :tickets, :cents, 0) ON CONFLICT (event_id) DO UPDATE SET"
    " issued = event_tally.issued + excluded.issued,"
    " sales_cents = event_tally.sales_cents + excluded.sales_cents"
)
GIVE_BACK = Query(
    "UPDATE event_tally SET refunds_cents = refunds_cents + :cents WHERE event_id = :event"
)
# The ticket as the statement before left it: only this scan's own use of it counts.
ADMIT = Query(
    "INSERT INTO gate_tally (event_id, gate, admitted) SELECT event_id, used_gate, 1 FROM ticket"
    " WHERE id = :ticket AND used_scan_id = :scan"
    " ON CONFLICT (event_id, gate) DO UPDATE SET admitted = gate_tally.admitted + 1"
)
SEND_OUT = Query(
    "UPDATE gate_tally SET admitted = admitted - 1 WHERE event_id = :event AND gate = :gate"
)
ISSUED = Query(
    "UPDATE event_tally SET issued = issued + CAST(:sign AS BIGINT)"
    " * (SELECT COUNT(*) FROM ticket WHERE refund_id = :refund) WHERE event_id = :event"
)
# A void ticket still says when and where it was used.
ADMITTED = Query(
    "UPDATE gate_tally SET admitted = admitted + CAST(:sign AS BIGINT)"
    " * (SELECT COUNT(*) FROM ticket k WHERE k.refund_id = :refund AND k.used_at IS NOT NULL"
    " AND k.used_gate = gate_tally.gate) WHERE event_id = :event"
    " AND gate IN (SELECT used_gate FROM ticket WHERE refund_id = :refund AND used_at IS NOT NULL)"
)


def voided(event_id: str, refund_id: str) -> list[Statement]:
    """Behind the statement that voids the refund's tickets."""
    return _shift(event_id, refund_id, -1)


def revived(event_id: str, refund_id: str) -> list[Statement]:
    """Before the statement that makes them good again, which forgets whose they were."""
    return _shift(event_id, refund_id, 1)


def _shift(event_id: str, refund_id: str, sign: int) -> list[Statement]:
    return [query(event=event_id, refund=refund_id, sign=sign) for query in (ISSUED, ADMITTED)]
