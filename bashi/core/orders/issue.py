"""Statements that insert an order and that make it paid: the same for sold and free ones."""

import json
from collections.abc import Sequence

from bashi.core import claims, limits
from bashi.core.batch import Statement
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.sql import queue
from bashi.core.orders import sql
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.sql import Order, OrderLine
from bashi.core.ports import Ids
from bashi.core.tickets import tally
from bashi.core.tickets.names import words_of


def insert_order(
    order: Order, lines: Sequence[OrderLine], *, open_key: str | None, address_tag: str
) -> list[Statement]:
    """The claim of the order's id, and its lines."""
    inserted = sql.INSERT_ORDER(
        id=order.id,
        number=order.number,
        kind=order.kind.value,
        event=order.event_id,
        person=order.person_id,
        email=order.email,
        name=order.name,
        locale=order.locale,
        seats=order.seats,
        total=order.total_cents,
        currency=order.currency,
        hash=order.content_hash,
        address=address_tag,
        open_key=open_key,
        now=order.created_at,
        expires_at=order.expires_at,
    )
    return [
        inserted,
        *(
            sql.INSERT_LINE(
                id=f"{order.id}:{place}",
                order=order.id,
                type=line.ticket_type_id,
                quantity=line.quantity,
                unit=line.unit_cents,
                attendees=json.dumps(list(line.attendees), ensure_ascii=False),
            )
            for place, line in enumerate(lines)
        ),
    ]


def settle_statements(
    ids: Ids, order: Order, lines: Sequence[OrderLine], claim: str, now: int
) -> list[Statement]:
    """Paid (guarded), seats sold, tickets, what they come to, and their email.

    An order that is pending sells the seats it holds; an expired one takes free ones again, which
    the capacity may refuse.
    """
    sell = sql.SELL_HELD if order.status is OrderStatus.PENDING else sql.SELL_FREE
    return [
        sql.SETTLE_ORDER(
            1, "order_to_settle", claim=claim, now=now, id=order.id, was=order.status.value
        ),
        *(
            sell(quantity=line.quantity, type=line.ticket_type_id)
            for line in sql.in_lock_order(lines)
        ),
        *_tickets(ids, order, lines, now),
        tally.SELL(event=order.event_id, tickets=order.seats, cents=order.total_cents),
        queue(
            email_id=claims.tickets_email(order.id),
            kind=EmailKind.TICKETS,
            recipient=order.email,
            locale=order.locale,
            subject=order.id,
            now=now,
        ),
    ]


def _tickets(ids: Ids, order: Order, lines: Sequence[OrderLine], now: int) -> list[Statement]:
    seats = [(ids.uuid(), line, name) for line in lines for name in line.attendees]
    tickets = [
        sql.INSERT_TICKET(
            id=ticket,
            seat=f"{order.id}:{position}",
            order=order.id,
            event=order.event_id,
            type=line.ticket_type_id,
            position=position,
            attendee=attendee,
            price=line.unit_cents,
            code=ids.code(limits.TYPED_CODE_CHARS),
            now=now,
        )
        for position, (ticket, line, attendee) in enumerate(seats, 1)
    ]
    return tickets + _words(order, [(ticket, name) for ticket, _, name in seats])


def _words(order: Order, names: Sequence[tuple[str, str]]) -> list[Statement]:
    """One statement for most orders, of one shape for all: what is not needed stays null."""
    words = [(ticket, word) for ticket, name in names for word in words_of(name)]
    size = limits.NAMES_PER_STATEMENT
    return [
        sql.insert_words(order.event_id, words[start : start + size])
        for start in range(0, len(words), size)
    ]
