"""An order as something that is paid for: what payments and refunds do to it, as statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bashi.core import claims
from bashi.core.audit import audit
from bashi.core.batch import Query, Statement
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.orders import sql
from bashi.core.orders.issue import settle_statements
from bashi.core.orders.rules import END_REFUND, REFUND, REFUND_AT_STRIPE, OrderStatus
from bashi.core.orders.sql import Order, OrderLine
from bashi.core.orders.view import TICKETS, Ticket, ticket
from bashi.core.payments.parts import End
from bashi.core.payments.refund_rows import Refund, RefundKind
from bashi.core.ports import Ids, Ports
from bashi.core.tickets import tally
from bashi.core.tickets.moves import (
    FREEZE_TICKET,
    REVIVE_TICKET,
    THAW_TICKET,
    VOID_ANY,
    VOID_UNUSED,
)

ORDER = "order"
"""The kind of subject."""
SALES = "sales"
OPEN, SETTLED = "subject_is_open", "subject_is_settled"

EVENT_OPEN = Query(
    "SELECT id FROM event WHERE id = :id AND status = 'published' AND ends_at > :now"
)
KEEP = Query("UPDATE orders SET expires_at = :until WHERE id = :id AND status = 'pending'")
_BEGIN = "UPDATE orders SET status = 'refunding' WHERE id = :id"
BEGIN = Query(f"{_BEGIN} AND {REFUND.guard}")
BEGIN_AT_STRIPE = Query(f"{_BEGIN} AND {REFUND_AT_STRIPE.guard}")
_END = (
    "UPDATE orders SET status = :status, refunded_cents = refunded_cents + :amount WHERE id = :id"
)
END = Query(f"{_END} AND {END_REFUND.guard}")
_RESUME = "UPDATE orders SET status = 'paid' WHERE id = :id"
RESUME = Query(f"{_RESUME} AND {END_REFUND.guard}")
UNBOOK = Query("UPDATE orders SET refunded_cents = refunded_cents - :amount WHERE id = :id")
_VOID = (
    "UPDATE ticket SET status = 'void', refund_id = :refund"
    " WHERE id IN :tickets[] AND order_id = :order"
)
VOID_VALID = Query(f"{_VOID} AND {VOID_UNUSED.guard}")
VOID_ALL = Query(f"{_VOID} AND {VOID_ANY.guard}")
_REVIVE = (
    "UPDATE ticket SET refund_id = NULL,"
    " status = CASE WHEN used_at IS NOT NULL THEN 'used' WHEN EXISTS (SELECT 1 FROM orders o"
    " WHERE o.id = ticket.order_id AND o.dispute IS NOT NULL) THEN 'frozen' ELSE 'valid' END"
    " WHERE refund_id = :refund"
)
REVIVE = Query(f"{_REVIVE} AND {REVIVE_TICKET.guard}")
MARK = Query("UPDATE orders SET dispute = CAST(:dispute AS TEXT) WHERE id = :id")
_FREEZE = "UPDATE ticket SET status = 'frozen' WHERE order_id = :order"
FREEZE = Query(f"{_FREEZE} AND {FREEZE_TICKET.guard}")
_THAW = "UPDATE ticket SET status = 'valid' WHERE order_id = :order"
THAW = Query(f"{_THAW} AND {THAW_TICKET.guard}")


@dataclass(frozen=True, slots=True)
class OrderFacts:
    order: Order
    lines: Sequence[OrderLine]
    """Only while it may still be paid."""
    tickets: Sequence[Ticket]
    """Only once it was paid."""
    event_open: bool
    """For an expired one: it may take its seats again."""

    @property
    def is_open(self) -> bool:
        return self.order.status is OrderStatus.PENDING

    @property
    def is_refunding(self) -> bool:
        return self.order.status is OrderStatus.REFUNDING

    @property
    def left_cents(self) -> int:
        return self.order.total_cents - self.order.refunded_cents

    @property
    def event_id(self) -> str | None:
        return self.order.event_id


class OrderSubject:
    account = SALES
    overdrawn = "orders_refund_within_total"

    async def read(self, ports: Ports, subject_id: str) -> OrderFacts | None:
        rows = await ports.database.fetch(sql.ORDER(id=subject_id))
        if not rows:
            return None
        order = sql.order(rows[0])
        lines: list[OrderLine] = []
        tickets: list[Ticket] = []
        event_open = False
        if order.status in (OrderStatus.PENDING, OrderStatus.EXPIRED):
            found = await ports.database.fetch(sql.LINES(orders=[order.id]))
            lines = [sql.line(row) for row in found]
            if order.status is OrderStatus.EXPIRED:
                now = ports.clock.now()
                event_open = bool(
                    await ports.database.fetch(EVENT_OPEN(id=order.event_id, now=now))
                )
        else:
            found = await ports.database.fetch(TICKETS(orders=[order.id]))
            tickets = [ticket(row) for row in found]
        return OrderFacts(order, lines, tickets, event_open)

    def keep(self, subject_id: str, until: int) -> Statement:
        return KEEP(1, OPEN, until=until, id=subject_id)

    def on_paid(
        self, ids: Ids, facts: OrderFacts, claim: str, now: int, refused: Collection[str]
    ) -> Sequence[Statement] | str:
        order = facts.order
        seats_left = facts.event_open and "ticket_type_within_capacity" not in refused
        if not (facts.is_open or (order.status is OrderStatus.EXPIRED and seats_left)):
            return f"the order is {order.status}"
        return [
            *settle_statements(ids, order, facts.lines, claim, now),
            _trail(ids, order, "order.settle", claim, now),
        ]

    def on_expired(self, ids: Ids, facts: OrderFacts, end: End) -> Sequence[Statement]:
        order = facts.order
        status = OrderStatus.CANCELED if end.canceled else OrderStatus.EXPIRED
        lines = sql.in_lock_order(facts.lines)
        return [
            sql.CLOSE_ORDER(
                1, OPEN, status=status.value, now=end.now, id=order.id, seen=order.expires_at
            ),
            *(sql.RELEASE_SEATS(quantity=one.quantity, type=one.ticket_type_id) for one in lines),
            audit(
                entry_id=ids.uuid(),
                at=end.now,
                person=end.by,
                action=f"order.{status}",
                subject=order.id,
            ),
        ]

    def on_returned(
        self, ids: Ids, facts: OrderFacts, refund: Refund, now: int
    ) -> Sequence[Statement]:
        """The email says that all is on its way back; of a part the organizer has an alarm."""
        trail = _trail(ids, facts.order, "refund.done", refund.id, now)
        if refund.amount_cents != facts.order.total_cents:
            return [trail]
        return [trail, _email(refund.id, EmailKind.PAYMENT_RETURNED, facts.order, now)]

    def on_refunding(
        self,
        ids: Ids,  # noqa: ARG002
        facts: OrderFacts,
        refund_id: str,
        cents: int,
    ) -> Sequence[Statement]:
        """All money back voids all unused tickets. A part of it leaves them valid, since Stripe
        can't say which were meant. An order that was refunded has money to give only after a refund
        came back from the bank."""
        order = facts.order
        whole = cents >= facts.left_cents
        unused = [one.id for one in facts.tickets if one.status == "valid"] if whole else []
        return [
            BEGIN_AT_STRIPE(1, SETTLED, id=order.id),
            VOID_VALID(refund=refund_id, tickets=unused, order=order.id),
            *tally.voided(order.event_id, refund_id),
        ]

    def on_refunded(
        self, ids: Ids, facts: OrderFacts, refund: Refund, now: int
    ) -> Sequence[Statement]:
        voided = [one for one in facts.tickets if one.refund_id == refund.id]
        whole = all(one.status == "void" for one in facts.tickets)
        # Stripe's dashboard knows money only: all of it is the whole.
        if refund.kind is RefundKind.DASHBOARD and refund.amount_cents >= facts.left_cents:
            whole = True
        given = Given(refund.id, refund.amount_cents, voided, whole)
        return refunded_statements(ids, facts.order, given, now)

    def on_refund_failed(self, facts: OrderFacts, refund: Refund) -> Sequence[Statement]:
        order = facts.order
        return [
            RESUME(1, "order_is_refunding", id=order.id),
            *tally.revived(order.event_id, refund.id),
            REVIVE(refund=refund.id),
        ]

    def on_disputed(self, facts: OrderFacts) -> Sequence[Statement]:
        """Used tickets stay used: who is in is in."""
        return [MARK(dispute="open", id=facts.order.id), FREEZE(order=facts.order.id)]

    def on_dispute_ended(self, facts: OrderFacts, *, won: bool) -> Sequence[Statement]:
        order = facts.order.id
        if won:
            return [MARK(dispute=None, id=order), THAW(order=order)]
        return [MARK(dispute="lost", id=order), FREEZE(order=order)]

    def on_refund_undone(self, facts: OrderFacts, refund: Refund) -> Sequence[Statement]:
        """The tickets stay void, since their seats may be sold by now."""
        order = facts.order
        return [
            UNBOOK(amount=refund.amount_cents, id=order.id),
            tally.GIVE_BACK(event=order.event_id, cents=-refund.amount_cents),
        ]


@dataclass(frozen=True, slots=True)
class Given:
    """What a refund gave back. `whole`: nothing of the order is left."""

    refund_id: str
    amount_cents: int
    tickets: Sequence[Ticket]
    whole: bool


def refunded_statements(ids: Ids, order: Order, given: Given, now: int) -> list[Statement]:
    """The order's end of a refund, its seats and its email."""
    batch = [
        END(
            1,
            "order_is_refunding",
            status="refunded" if given.whole else "paid",
            amount=given.amount_cents,
            id=order.id,
        ),
        *(
            sql.RETURN_SOLD(quantity=count, type=kind)
            for kind, count in count_seats(given.tickets).items()
        ),
        tally.GIVE_BACK(event=order.event_id, cents=given.amount_cents),
        _trail(ids, order, "refund.done", given.refund_id, now),
    ]
    if given.amount_cents:  # else there is nothing to say of money
        batch.append(_email(given.refund_id, EmailKind.ORDER_REFUNDED, order, now))
    return batch


def count_seats(tickets: Sequence[Ticket]) -> dict[str, int]:
    """Tickets by type, in the order of all locks."""
    counts: dict[str, int] = {}
    for one in sorted(tickets, key=lambda one: one.ticket_type_id):
        counts[one.ticket_type_id] = counts.get(one.ticket_type_id, 0) + 1
    return counts


def _trail(ids: Ids, order: Order, action: str, detail: str, now: int) -> Statement:
    return audit(
        entry_id=ids.uuid(), at=now, person=None, action=action, subject=order.id, detail=detail
    )


def _email(refund_id: str, kind: EmailKind, order: Order, now: int) -> Statement:
    return queue(
        email_id=claims.refund_email(refund_id),
        kind=kind,
        recipient=order.email,
        locale=order.locale,
        subject=refund_id,
        now=now,
    )
