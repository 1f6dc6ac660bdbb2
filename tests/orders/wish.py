"""A second kind of subject, as small as one can be: somebody pays for a wish, and it comes true."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bashi.core.batch import Query, Statement
from bashi.core.payments.parts import End
from bashi.core.payments.refund_rows import Refund
from bashi.core.ports import Ids, Ports

WISH = "wish"
CREATE = Query("CREATE TABLE wish (id TEXT PRIMARY KEY, status TEXT NOT NULL, left_cents BIGINT)")
ADD = Query("INSERT INTO wish (id, status, left_cents) VALUES (:id, 'open', :cents)")
READ = Query("SELECT status, left_cents FROM wish WHERE id = :id")
MOVE = Query("UPDATE wish SET status = :status WHERE id = :id AND status = :was")
TAKE = Query("UPDATE wish SET left_cents = left_cents + :cents WHERE id = :id")


@dataclass(frozen=True, slots=True)
class WishFacts:
    id: str
    status: str
    left_cents: int
    event_id: str | None = None

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def is_refunding(self) -> bool:
        return self.status == "refunding"


class WishSubject:
    account = "wishes"
    overdrawn = "wish_within_total"

    async def read(self, ports: Ports, subject_id: str) -> WishFacts | None:
        rows = await ports.database.fetch(READ(id=subject_id))
        return WishFacts(subject_id, rows[0]["status"], rows[0]["left_cents"]) if rows else None

    def keep(self, subject_id: str, until: int) -> Statement:  # noqa: ARG002
        return MOVE(1, "subject_is_open", status="open", id=subject_id, was="open")

    def on_paid(
        self,
        ids: Ids,  # noqa: ARG002
        facts: WishFacts,
        claim: str,  # noqa: ARG002
        now: int,  # noqa: ARG002
        refused: Collection[str],  # noqa: ARG002
    ) -> Sequence[Statement] | str:
        if not facts.is_open:
            return f"the wish is {facts.status}"
        return [MOVE(1, "wish_is_open", status="true", id=facts.id, was="open")]

    def on_expired(self, ids: Ids, facts: WishFacts, end: End) -> Sequence[Statement]:  # noqa: ARG002
        return [MOVE(1, "subject_is_open", status="gone", id=facts.id, was="open")]

    def on_returned(
        self,
        ids: Ids,  # noqa: ARG002
        facts: WishFacts,  # noqa: ARG002
        refund: Refund,  # noqa: ARG002
        now: int,  # noqa: ARG002
    ) -> Sequence[Statement]:
        return []

    def on_refunding(
        self,
        ids: Ids,  # noqa: ARG002
        facts: WishFacts,
        refund_id: str,  # noqa: ARG002
        cents: int,  # noqa: ARG002
    ) -> Sequence[Statement]:
        return [MOVE(1, "subject_is_settled", status="refunding", id=facts.id, was="true")]

    def on_refunded(
        self,
        ids: Ids,  # noqa: ARG002
        facts: WishFacts,
        refund: Refund,
        now: int,  # noqa: ARG002
    ) -> Sequence[Statement]:
        return [
            MOVE(1, "wish_is_refunding", status="refunded", id=facts.id, was="refunding"),
            TAKE(cents=-refund.amount_cents, id=facts.id),
        ]

    def on_refund_failed(self, facts: WishFacts, refund: Refund) -> Sequence[Statement]:  # noqa: ARG002
        return [MOVE(1, "wish_is_refunding", status="true", id=facts.id, was="refunding")]

    def on_disputed(self, facts: WishFacts) -> Sequence[Statement]:
        return [MOVE(status="disputed", id=facts.id, was="true")]

    def on_dispute_ended(self, facts: WishFacts, *, won: bool) -> Sequence[Statement]:
        return [MOVE(status="true" if won else "lost", id=facts.id, was="disputed")]

    def on_refund_undone(self, facts: WishFacts, refund: Refund) -> Sequence[Statement]:
        return [TAKE(cents=refund.amount_cents, id=facts.id)]
