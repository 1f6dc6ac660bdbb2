"""Double-entry ledger: the rows of each movement sum to zero."""

from collections.abc import Sequence

from bashi.core.batch import Query, Statement

STRIPE = "stripe"  # what Stripe holds for us
SALES = "sales"
RETURNED = "to_return"  # money that settled nothing and goes back

Entry = tuple[str, int]

INSERT = Query(
    "INSERT INTO ledger (id, movement, account, event_id, order_id, amount_cents, currency,"
    " booked_at) VALUES (:id, :movement, :account, :event, :order, :amount, :currency, :now)"
)


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
        INSERT(
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
