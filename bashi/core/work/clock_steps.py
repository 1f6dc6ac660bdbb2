"""After a clock that was ahead is set right: what was put off to moments that are far ahead now.

A moment in the database is trusted only as far from now as it can have been when it was written.
"""

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.ports import Ports

HOLD_MS_MAX = (limits.PAYMENT_LINE_SECONDS + limits.PAYMENT_UNKNOWN_SECONDS) * 1000
REFUND_MS_MAX = 3_600_000
"""The longest pause of a refund."""

_HELD = (
    "FROM orders WHERE status = 'pending' AND expires_at >= 0 AND expires_at > :opened"
    " AND (created_at > :ahead OR expires_at > :most)"
)
_QUEUED = "FROM outbox WHERE status = 'queued' AND scheduled_at >= 0 AND scheduled_at > :ahead"
_REFUNDING = (
    "FROM refund WHERE status IN ('asked', 'pending') AND due_at >= 0 AND due_at > :now"
    " AND (created_at > :ahead OR due_at > :longest)"
)
_COUNT = "SELECT COUNT(*)"
FIND = Query(f"SELECT ({_COUNT} {_HELD}) + ({_COUNT} {_QUEUED}) + ({_COUNT} {_REFUNDING}) AS found")
_HOLDS = "UPDATE orders SET expires_at = :opened WHERE id IN (SELECT id"
_EMAILS = "UPDATE outbox SET due_at = :now, scheduled_at = :now, leased = 0 WHERE id IN (SELECT id"
_REFUNDS = (
    "UPDATE refund SET due_at = :now,"
    " created_at = CASE WHEN created_at > :ahead THEN :now ELSE created_at END"
    " WHERE id IN (SELECT id"
)
HOLDS = Query(f"{_HOLDS} {_HELD})")
EMAILS = Query(f"{_EMAILS} {_QUEUED})")
REFUNDS = Query(f"{_REFUNDS} {_REFUNDING})")


async def recall(ports: Ports) -> int:
    """How many were found. Emails and refunds are due at once, holds end as one that was opened
    just now."""
    now = ports.clock.now()
    ahead = now + limits.CLOCKS_APART_SECONDS * 1000
    opened = now + limits.SESSION_OPEN_SECONDS * 1000
    hold = {"ahead": ahead, "opened": opened, "most": now + HOLD_MS_MAX}
    refund = {"ahead": ahead, "now": now, "longest": now + REFUND_MS_MAX}
    found = int((await ports.database.fetch(FIND(**hold | refund)))[0]["found"])
    if found:
        emails = EMAILS(now=now, ahead=ahead)
        await ports.database.batch([HOLDS(**hold), emails, REFUNDS(**refund)])
    return found
