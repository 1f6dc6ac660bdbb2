"""Request a refund of an order, or of some of its tickets."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.audit import audit
from bashi.core.batch import Refused, Statement
from bashi.core.claims import content_hash
from bashi.core.errors import Conflict, Invalid, NotFound
from bashi.core.orders import sql
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.sql import Order
from bashi.core.orders.subject import BEGIN, ORDER, VOID_ALL, VOID_VALID, Given, refunded_statements
from bashi.core.orders.view import TICKETS, Ticket, ticket
from bashi.core.payments import attempts, refund_rows
from bashi.core.payments.attempts import AttemptStatus
from bashi.core.payments.refund_rows import Ask, Refund, RefundKind, RefundStatus, ask
from bashi.core.ports import Ports
from bashi.core.refunds.finish import finished
from bashi.core.tickets import tally


@dataclass(frozen=True, slots=True)
class AskRefund:
    refund_id: str
    order_id: str
    ticket_ids: Sequence[str] | None
    """None: everything that is still refundable."""
    include_used: bool
    reason: str
    asked_by: str | None

    @property
    def content(self) -> str:
        tickets = None if self.ticket_ids is None else sorted(self.ticket_ids)
        return content_hash("refund", self.order_id, tickets, self.include_used)


async def refund(ports: Ports, command: AskRefund) -> Refund:
    """Tickets are void at once; the money follows through the worker, as often as it takes.

    Raises NotFound, Conflict (`not_refundable`, `tickets_used`), Invalid.
    """
    try:
        return await _stored(ports, command) or await _ask(ports, command)
    except Conflict:
        stored = await _stored(ports, command)  # the same command, sent twice, was quicker
        if stored is None:
            raise
        return stored


async def _ask(ports: Ports, command: AskRefund) -> Refund:
    rows = await ports.database.fetch(sql.ORDER(id=command.order_id))
    if not rows:
        raise NotFound("no_such_order", "This order is not here.")
    order = sql.order(rows[0])
    if order.status is not OrderStatus.PAID:
        raise Conflict("not_refundable", f"This order is {order.status}.")
    if order.dispute is not None:
        words = "The buyer's bank disputes this payment: answer it in Stripe's dashboard."
        raise Conflict("order_disputed", words)
    tickets = [ticket(row) for row in await ports.database.fetch(TICKETS(orders=[order.id]))]
    chosen = choose(tickets, command)
    try:
        await ports.database.batch(await _statements(ports, command, order, tickets, chosen))
    except Refused as refused:
        raise Conflict(
            "not_refundable", "This order changed meanwhile. Look at it again."
        ) from refused
    stored = await _stored(ports, command)
    assert stored is not None
    return stored


def choose(tickets: Sequence[Ticket], command: AskRefund) -> Sequence[Ticket]:
    """The tickets to void. Used ones only by the explicit flag."""
    wanted = None if command.ticket_ids is None else set(command.ticket_ids)
    if wanted is not None and not wanted <= {one.id for one in tickets}:
        raise Invalid("not_in_order", "Choose tickets of this order.")
    live = [one for one in tickets if one.status != "void" and (wanted is None or one.id in wanted)]
    if any(one.status == "used" for one in live) and not command.include_used:
        raise Conflict(
            "tickets_used", "Some of these tickets were used at the door. Confirm to refund them."
        )
    if not live:
        raise Conflict("not_refundable", "There is nothing left to refund.")
    return live


async def _statements(
    ports: Ports,
    command: AskRefund,
    order: Order,
    tickets: Sequence[Ticket],
    chosen: Sequence[Ticket],
) -> list[Statement]:
    now = ports.clock.now()
    whole = len(chosen) == sum(one.status != "void" for one in tickets)
    amount = amount_cents(order, chosen, whole=whole)
    asked = Ask(
        id=command.refund_id,
        kind=RefundKind.ASKED,
        subject_kind=ORDER,
        subject_id=order.id,
        intent_id=await settled_intent(ports, order.id) if amount else "",
        amount_cents=amount,
        currency=order.currency,
        reason=command.reason,
        asked_by=command.asked_by,
        content=command.content,
    )
    batch = _begin(ports, command, order, asked, chosen)
    if amount == 0:
        given = Given(command.refund_id, 0, chosen, whole)
        batch.append(finished(command.refund_id, RefundStatus.SUCCEEDED, None, None, now))
        batch += refunded_statements(ports.ids, order, given, now)
    return batch


def amount_cents(order: Order, chosen: Sequence[Ticket], *, whole: bool) -> int:
    """What these tickets cost, but never more than what is left; for the last ones all that is."""
    left = order.total_cents - order.refunded_cents
    return left if whole else min(left, sum(one.price_cents for one in chosen))


def _begin(
    ports: Ports, command: AskRefund, order: Order, asked: Ask, chosen: Sequence[Ticket]
) -> list[Statement]:
    now = ports.clock.now()
    void = VOID_ALL if command.include_used else VOID_VALID
    return [
        ask(asked, now),
        BEGIN(1, "order_is_paid", id=order.id),
        void(
            len(chosen),
            "tickets_refundable",
            refund=command.refund_id,
            tickets=[one.id for one in chosen],
            order=order.id,
        ),
        *tally.voided(order.event_id, command.refund_id),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=command.asked_by,
            action="order.refund",
            subject=order.id,
            detail=f"{asked.amount_cents} {order.currency}: {command.reason}",
        ),
    ]


async def settled_intent(ports: Ports, order_id: str) -> str:
    for attempt in await attempts.of_subject(ports.database, ORDER, order_id):
        if attempt.status is AttemptStatus.PAID and attempt.intent_id is not None:
            return attempt.intent_id
    raise Conflict("not_refundable", "No card payment is known for this order.")


async def _stored(ports: Ports, command: AskRefund) -> Refund | None:
    rows = await ports.database.fetch(refund_rows.BY_ID(id=command.refund_id))
    if not rows:
        return None
    found = refund_rows.refund(rows[0])
    if found.subject_id != command.order_id or found.content_hash != command.content:
        raise Invalid("id_reused", "This refund id was used for something else. Reload the page.")
    return found
