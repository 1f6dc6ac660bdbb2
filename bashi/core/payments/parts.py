"""What a payment is for: parts, each of one subject, and what a kind of subject supplies.

Payments and refunds know no order. A subject is anything that somebody pays for; its kind supplies
reads, and pure functions from facts to statements, which are registered in core/work/subjects.py.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from bashi.core.batch import Statement

if TYPE_CHECKING:
    from bashi.core.payments.refund_rows import Refund
    from bashi.core.ports import Ids, Ports


@dataclass(frozen=True, slots=True)
class Part:
    """What one subject gets of a payment."""

    subject_kind: str
    subject_id: str
    amount_cents: int


class Facts(Protocol):
    """What everybody may know of a subject; the rest is for its own kind."""

    @property
    def is_open(self) -> bool:
        """It waits for its payment."""
        ...

    @property
    def is_refunding(self) -> bool:
        """A refund of it is under way."""
        ...

    @property
    def left_cents(self) -> int:
        """Paid, and not given back."""
        ...

    @property
    def event_id(self) -> str | None:
        """For the books."""
        ...


@dataclass(frozen=True, slots=True)
class End:
    """How a subject ends that nobody paid for. `by`: who gave it up; None: its time was over."""

    canceled: bool
    by: str | None
    now: int


F = TypeVar("F", bound=Facts)


class PaymentSubject(Protocol[F]):
    """A kind of subject. Each list of statements begins with a guard, named as its method says."""

    account: str
    """Where its sales are booked."""
    overdrawn: str
    """The constraint that refuses to give back more than was paid."""

    async def read(self, ports: "Ports", subject_id: str) -> F | None: ...
    def keep(self, subject_id: str, until: int) -> Statement:
        """It waits at least until then; refuses as `subject_is_open`."""
        ...

    def on_paid(
        self, ids: "Ids", facts: F, claim: str, now: int, refused: Collection[str]
    ) -> Sequence[Statement] | str:
        """`refused` names what said no a moment ago. Words instead of statements: the payment is
        no use to it, and goes back."""
        ...

    def on_expired(self, ids: "Ids", facts: F, end: End) -> Sequence[Statement]:
        """Nobody can pay for it any more; refuses as `subject_is_open`."""
        ...

    def on_returned(self, ids: "Ids", facts: F, refund: "Refund", now: int) -> Sequence[Statement]:
        """All of a payment that was no use went back."""
        ...

    def on_refunding(self, ids: "Ids", facts: F, refund_id: str, cents: int) -> Sequence[Statement]:
        """Somebody gave it back at the provider; refuses as `subject_is_settled`."""
        ...

    def on_refunded(self, ids: "Ids", facts: F, refund: "Refund", now: int) -> Sequence[Statement]:
        """The money is on its way; refuses as `overdrawn`."""
        ...

    def on_refund_failed(self, facts: F, refund: "Refund") -> Sequence[Statement]:
        """It never left: all is as before."""
        ...

    def on_disputed(self, facts: F) -> Sequence[Statement]:
        """The bank has taken the money back, until it is decided. Harmless to repeat."""
        ...

    def on_dispute_ended(self, facts: F, *, won: bool) -> Sequence[Statement]:
        """Won: all is as before. Harmless to repeat."""
        ...

    def on_refund_undone(self, facts: F, refund: "Refund") -> Sequence[Statement]:
        """It came back from the bank."""
        ...


def share(cents: int, most: Sequence[int]) -> list[int]:
    """`cents` over parts that take at most so much each, the first ones first. What is more than
    all of it falls to the last, whose own constraint then speaks."""
    shares: list[int] = []
    for place, limit in enumerate(most):
        last = place == len(most) - 1
        taken = cents if last else min(cents, max(limit, 0))
        shares.append(taken)
        cents -= taken
    return shares
