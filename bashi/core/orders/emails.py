"""Facts of emails about orders, read when they are sent."""

import json
from collections.abc import Sequence

from bashi.core import claims
from bashi.core.batch import Query, Row
from bashi.core.columns import read, select
from bashi.core.events.covers import read_cover
from bashi.core.mail.emails import (
    Email,
    EventCanceled,
    EventFacts,
    EventMoved,
    OrderRefunded,
    PaymentReturned,
    TicketFacts,
    TicketsReady,
)
from bashi.core.mail.kinds import EmailKind
from bashi.core.orders.sql import Order
from bashi.core.orders.view import OrderView, Ticket, order_link, read_order_view, ticket_link
from bashi.core.payments import refund_rows
from bashi.core.ports import MediaUnavailable, Ports
from bashi.core.text import Text

COVER_WIDTH = 960

EVENT = Query(
    f"SELECT {select(EventFacts)}, cover, status, refund_policy"  # noqa: S608 - of constants
    " FROM event WHERE id = :id"
)
VOIDED = Query("SELECT attendee FROM ticket WHERE refund_id = :refund ORDER BY order_id, position")


async def build(ports: Ports, kind: EmailKind, subject_id: str, detail: str) -> Email | None:
    """None when there is nothing left to say: all tickets were voided meanwhile, or an event that
    moved was canceled."""
    match kind:
        case EmailKind.TICKETS:
            return await _tickets(ports, subject_id)
        case EmailKind.ORDER_REFUNDED:
            return await _refunded(ports, subject_id)
        case EmailKind.PAYMENT_RETURNED:
            return await _returned(ports, subject_id)
        case EmailKind.EVENT_CANCELED:
            return await _canceled(ports, subject_id)
        case EmailKind.EVENT_MOVED:
            return await _moved(ports, subject_id, detail)
    raise AssertionError(f"{kind} is not about an order")


async def ticket_facts(ports: Ports, tickets: Sequence[Ticket]) -> list[TicketFacts]:
    """Only of those that still admit somebody."""
    return [
        TicketFacts(
            id=one.id,
            position=one.position,
            attendee=one.attendee,
            type_name=one.type_name,
            price_cents=one.price_cents,
            link=await ticket_link(ports, one),
            typed_code=one.typed_code,
        )
        for one in tickets
        if one.status != "void"
    ]


async def event_facts(ports: Ports, event_id: str, *, with_cover: bool = True) -> EventFacts:
    return await _facts(ports, await _event(ports, event_id), with_cover=with_cover)


async def tickets_email(ports: Ports, view: OrderView) -> TicketsReady | None:
    tickets = await ticket_facts(ports, view.tickets)
    if not tickets:
        return None
    row = await _event(ports, view.event.id)
    return TicketsReady(
        name=view.order.name,
        order_number=view.order.number,
        order_url=await order_link(ports, view.order),
        event=await _facts(ports, row),
        tickets=tickets,
        total_cents=view.order.total_cents,
        currency=view.order.currency,
        refund_policy=Text.read(row["refund_policy"]),
    )


async def _tickets(ports: Ports, order_id: str) -> TicketsReady | None:
    return await tickets_email(ports, await read_order_view(ports, order_id))


async def _refunded(ports: Ports, refund_id: str) -> OrderRefunded:
    refund = refund_rows.refund((await ports.database.fetch(refund_rows.BY_ID(id=refund_id)))[0])
    view = await read_order_view(ports, refund.subject_id)
    voided = await ports.database.fetch(VOIDED(refund=refund_id))
    return OrderRefunded(
        name=view.order.name,
        order_number=view.order.number,
        order_url=await order_link(ports, view.order),
        event=await event_facts(ports, view.event.id, with_cover=False),
        amount_cents=refund.amount_cents,
        currency=refund.currency,
        attendees=[row["attendee"] for row in voided],
    )


async def _returned(ports: Ports, refund_id: str) -> PaymentReturned:
    refund = refund_rows.refund((await ports.database.fetch(refund_rows.BY_ID(id=refund_id)))[0])
    view = await read_order_view(ports, refund.subject_id)
    return PaymentReturned(
        name=view.order.name,
        order_number=view.order.number,
        event=await event_facts(ports, view.event.id, with_cover=False),
        amount_cents=refund.amount_cents,
        currency=refund.currency,
    )


async def _canceled(ports: Ports, order_id: str) -> EventCanceled:
    view = await read_order_view(ports, order_id)
    return EventCanceled(
        name=view.order.name,
        order_number=view.order.number,
        order_url=await order_link(ports, view.order),
        event=await event_facts(ports, view.event.id, with_cover=False),
        refund_cents=await _cents_of_cancellation(ports, view.order),
        currency=view.order.currency,
    )


async def _cents_of_cancellation(ports: Ports, order: Order) -> int:
    rows = await ports.database.fetch(refund_rows.BY_ID(id=claims.cancel_refund(order.id)))
    if rows:
        return refund_rows.refund(rows[0]).amount_cents
    return order.total_cents - order.refunded_cents


async def _moved(ports: Ports, order_id: str, detail: str) -> EventMoved | None:
    view = await read_order_view(ports, order_id)
    if view.event.status == "canceled" or all(one.status == "void" for one in view.tickets):
        return None
    previous = json.loads(detail)
    return EventMoved(
        name=view.order.name,
        order_number=view.order.number,
        order_url=await order_link(ports, view.order),
        event=await event_facts(ports, view.event.id, with_cover=False),
        previous_starts_at=previous["starts_at"],
        previous_ends_at=previous["ends_at"],
        previous_time_zone=previous["time_zone"],
        previous_venue=previous["venue"],
        previous_address=previous["address"],
    )


async def _event(ports: Ports, event_id: str) -> Row:
    return (await ports.database.fetch(EVENT(id=event_id)))[0]


async def _facts(ports: Ports, row: Row, *, with_cover: bool = True) -> EventFacts:
    cover = await _cover(ports, row["cover"]) if with_cover else None
    return read(EventFacts, row, cover=cover, canceled=row["status"] == "canceled")


async def _cover(ports: Ports, stored: str | None) -> bytes | None:
    cover = read_cover(stored)
    if cover is None:
        return None
    width = min(cover.widths, key=lambda width: abs(width - COVER_WIDTH))
    try:
        return await ports.media.get(cover.media_key(width))
    except MediaUnavailable:
        return None  # tickets do not wait for their picture
