"""Double-entry ledger: the rows of each movement sum to zero."""

from dataclasses import dataclass

from bashi.core.batch import Query, Statement
from bashi.core.payments.parts import Part

STRIPE = "stripe"  # what Stripe holds for us
DISPUTES = "disputes"  # what banks took back, and what was won again
RETURNED = "to_return"  # money that settled nothing and goes back

INSERT = Query(
    "INSERT INTO ledger (id, movement, account, event_id, subject_kind, subject_id, provider_id,"
    " amount_cents, currency, booked_at) VALUES (:id, :movement, :account, :event, :kind, :subject,"
    " :provider, :amount, :currency, :now)"
)


@dataclass(frozen=True, slots=True)
class Movement:
    """`id` names its cause and is unique for each part, so nothing is booked twice."""

    id: str
    currency: str
    provider_id: str | None
    """Stripe's object that moved the money."""
    now: int


def book(movement: Movement, part: Part, account: str, event_id: str | None) -> list[Statement]:
    """The part's cents come to Stripe from `account`; less than 0 go the other way."""
    entries = ((STRIPE, part.amount_cents), (account, -part.amount_cents))
    return [
        INSERT(
            id=f"{movement.id}:{part.subject_id}:{name}",
            movement=movement.id,
            account=name,
            event=event_id,
            kind=part.subject_kind,
            subject=part.subject_id,
            provider=movement.provider_id,
            amount=cents,
            currency=movement.currency,
            now=movement.now,
        )
        for name, cents in entries
        if cents
    ]
