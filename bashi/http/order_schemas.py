"""Schemas of orders and tickets."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bashi.core import limits
from bashi.core.orders.rules import EventBrief
from bashi.core.orders.view import OrderView, Ticket, order_link, ticket_link
from bashi.core.ports import Ports
from bashi.http.faults import field_error
from bashi.http.fields import Id, IdOut, Line, Moment, Whole, Words, no_web_address
from bashi.http.responses import Schema

OrderStatus = Literal["pending", "paid", "refunding", "refunded", "expired", "canceled"]


Name = Annotated[
    Line,
    AfterValidator(no_web_address),
    StringConstraints(min_length=1, max_length=limits.NAME_CHARS),
    Field(examples=["Mitali Sen"]),
]
Locale = Annotated[str, Field(max_length=35, description="One of /site's locales")]
OrderKind = Literal["sale", "complimentary"]
PaymentStatus = Literal["ready", "waiting"]
DisputeState = Literal["open", "lost"]
TicketStatus = Literal["valid", "used", "void", "frozen"]


class LineIn(Schema):
    ticket_type_id: Id
    quantity: Whole = Field(ge=1, le=limits.SEATS_PER_ORDER, examples=[2])
    attendees: list[Name] = Field(
        max_length=limits.SEATS_PER_ORDER,
        description="One name a ticket",
        examples=[["Mitali Sen", "Arun Sen"]],
    )

    @model_validator(mode="after")
    def _one_name_a_ticket(self) -> "LineIn":
        if len(self.attendees) != self.quantity:
            raise field_error("names_per_ticket", "Write one name for each ticket.")
        return self


class OrderIn(Schema):
    id: Id = Field(description="Made by the client: sending it again changes nothing")
    event_id: Id
    lines: list[LineIn] = Field(min_length=1, max_length=limits.LINES_PER_ORDER)
    locale: Locale | None = Field(default=None, description="Left out: the main language")
    terms_version: str = Field(max_length=40, description="The terms that the buyer accepts")
    total_cents: Whole = Field(
        ge=0,
        le=limits.SQL_INTEGER,
        examples=[7000],
        description="What the buyer saw; another price now is refused with the new lines",
    )


class EventBriefOut(Schema):
    id: IdOut
    slug: str
    title: Words
    starts_at: Moment
    ends_at: Moment
    time_zone: str
    venue: str
    address: str
    status: str


class TicketOut(Schema):
    id: IdOut
    order_id: IdOut
    order_number: str
    position: int
    attendee: str
    type_name: Words
    price_cents: int
    currency: str
    status: TicketStatus
    used_at: Moment | None
    event: EventBriefOut
    link: str | None = Field(description="What the QR holds; null for a void ticket")
    qr_svg: str | None
    typed_code: str | None = Field(examples=["7KQ2M9XW4T"])


class OrderLineOut(Schema):
    ticket_type_id: IdOut
    name: Words
    quantity: int
    unit_cents: int
    attendees: Sequence[str]


class OrderOut(Schema):
    id: IdOut
    number: str = Field(examples=["B7F3K2QX"])
    kind: OrderKind
    status: OrderStatus
    event: EventBriefOut
    email: str
    name: str
    lines: Sequence[OrderLineOut]
    seats: int
    total_cents: int
    refunded_cents: int
    currency: str
    created_at: Moment
    expires_at: Moment
    settled_at: Moment | None
    tickets: Sequence[TicketOut] | None
    link: str | None = Field(description="The order's page for whoever holds this link")


class PaymentOut(Schema):
    status: PaymentStatus
    url: str | None = Field(description="Where to pay, once ready")
    place: int | None = Field(description="How many are before you in the line")
    retry_after_seconds: int | None


def brief_out(event: EventBrief) -> EventBriefOut:
    return EventBriefOut(
        id=event.id,
        slug=event.slug,
        title=event.title.words,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        time_zone=event.time_zone,
        venue=event.venue,
        address=event.address,
        status=event.status,
    )


async def order_out(
    ports: Ports, view: OrderView, *, with_tickets: bool, with_link: bool
) -> OrderOut:
    order = view.order
    event = brief_out(view.event)
    shown = view.tickets if with_tickets else ()
    tickets = [await ticket_out(ports, view, one, event) for one in shown]
    return OrderOut(
        id=order.id,
        number=order.number,
        kind=order.kind.value,
        status=order.status.value,
        event=event,
        email=order.email,
        name=order.name,
        lines=[
            OrderLineOut(
                ticket_type_id=line.ticket_type_id,
                name=line.name.words,
                quantity=line.quantity,
                unit_cents=line.unit_cents,
                attendees=line.attendees,
            )
            for line in view.lines
        ],
        seats=order.seats,
        total_cents=order.total_cents,
        refunded_cents=order.refunded_cents,
        currency=order.currency,
        created_at=order.created_at,
        expires_at=order.expires_at,
        settled_at=order.settled_at,
        tickets=tickets or None,
        link=await order_link(ports, order) if with_link else None,
    )


async def ticket_out(
    ports: Ports, view: OrderView, ticket: Ticket, event: EventBriefOut
) -> TicketOut:
    live = ticket.status in ("valid", "used")
    link = await ticket_link(ports, ticket) if live else None
    return TicketOut(
        id=ticket.id,
        order_id=ticket.order_id,
        order_number=view.order.number,
        position=ticket.position,
        attendee=ticket.attendee,
        type_name=ticket.type_name.words,
        price_cents=ticket.price_cents,
        currency=view.order.currency,
        status=ticket.status.value,
        used_at=ticket.used_at,
        event=event,
        link=link,
        qr_svg=await ports.renderer.qr_svg(link) if link else None,
        typed_code=ticket.typed_code if live else None,
    )
