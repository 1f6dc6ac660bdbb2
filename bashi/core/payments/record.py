"""What became of each event of the payment provider that we acted on."""

from enum import StrEnum

from bashi.core.batch import Query

MISMATCH = "payment.mismatch"
"""The alarm of a paid session that is not what we asked for."""
RECORD = Query(
    "INSERT INTO payment_event (id, type, outcome, reference, session_id, detail, received_at)"
    " VALUES (:id, :type, :outcome, :reference, :session, :detail, :now)"
)


class PaymentOutcome(StrEnum):
    SETTLED = "settled"
    ALREADY = "already"  # nothing to do: this payment was dealt with before
    RETURNED = "returned"  # it settles nothing, so all of it goes back
    MISMATCH = "mismatch"  # an alarm: not what we asked Stripe for
    IGNORED = "ignored"  # not paid, or not ours
    LATER = "later"  # something else is under way: hearing it again will help
