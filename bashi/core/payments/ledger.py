"""Double-entry rows: each movement sums to zero, so a forgotten cent shows."""

from collections.abc import Sequence

from bashi.core.batch import Statement
from bashi.core.orders import sql

STRIPE = "stripe"  # what Stripe holds for us
SALES = "sales"
RETURNED = "to_return"  # money that settled nothing and goes back

Entry = tuple[str, int]


def book(
    movement: str,
    entries: Sequence[Entry],
    *,
    event_id: str | None,
    order_id: str | None,
    currency: str,
    now: int,
) -> list[Statement]:
    """One movement's rows. `movement` names its cause and is unique, so nothing is booked twice."""
    assert sum(amount for _, amount in entries) == 0
    return [
        sql.INSERT_LEDGER(
            id=f"{movement}:{account}",
            movement=movement,
            account=account,
            event=event_id,
            order=order_id,
            amount=amount,
            currency=currency,
            now=now,
        )
        for account, amount in entries
        if amount
    ]
