"""Schemas of events, public and for organizers."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from bashi.core.events import covers
from bashi.core.events.browse import Shown
from bashi.core.events.read import EventView
from bashi.core.events.rules import (
    EventStatus,
    TicketType,
    availability,
    price_range,
    type_availability,
)
from bashi.http.fields import Id, Moment
from bashi.http.responses import Schema

_OWN = (
    "id", "slug", "status", "currency", "version", "created_at", "updated_at", "published_at",
    "canceled_at",
)  # fmt: skip

EventAvailability = Literal["available", "few_left", "sold_out", "not_on_sale", "ended", "canceled"]
TypeAvailability = Literal["available", "few_left", "sold_out", "not_yet", "ended"]


class Cover(Schema):
    srcset_base: str = Field(
        description="`-{width}.webp` follows", examples=["/api/media/covers/019b3c5e"]
    )
    widths: Sequence[int] = Field(examples=[[360, 640, 960, 1280]])
    alt: str


class EventCard(Schema):
    id: Id
    slug: str = Field(examples=["durga-pujo-2026"])
    title_en: str = Field(examples=["Durga Pujo 2026"])
    title_bn: str = Field(examples=["দুর্গাপূজা ২০২৬"])
    summary_en: str
    summary_bn: str
    status: Literal["published", "canceled"]
    starts_at: Moment
    ends_at: Moment
    time_zone: str = Field(examples=["America/Chicago"])
    venue: str
    cover: Cover | None
    from_cents: int | None = Field(description="Least price on sale; null: none", examples=[0])
    to_cents: int | None = Field(description="Greatest price on sale; null: none", examples=[1500])
    currency: str = Field(examples=["USD"])
    availability: EventAvailability


class TicketTypeOut(Schema):
    id: Id
    name_en: str = Field(examples=["Adult"])
    name_bn: str = Field(examples=["প্রাপ্তবয়স্ক"])
    price_cents: int = Field(examples=[1500])
    availability: TypeAvailability = Field(description="The number of seats stays private")
    sale_starts_at: Moment | None
    sale_ends_at: Moment | None
    min_per_order: int
    max_per_order: int


class EventOut(EventCard):
    description_en_html: str = Field(description="Safe HTML, made from Markdown")
    description_bn_html: str
    refund_policy_en: str
    refund_policy_bn: str
    address: str
    ticket_types: Sequence[TicketTypeOut]


class TicketTypeAdmin(Schema):
    id: Id
    name_en: str
    name_bn: str
    price_cents: int
    capacity: int
    kept_back: int = Field(description="Seats of the capacity that are not for sale")
    held: int
    sold: int
    sale_starts_at: Moment | None
    sale_ends_at: Moment | None
    min_per_order: int
    max_per_order: int
    position: int
    hidden: bool
    version: int


class Cancellation(Schema):
    orders_total: int
    orders_done: int
    emails_waiting: int


class EventAdmin(Schema):
    id: Id
    slug: str
    status: EventStatus
    title_en: str
    title_bn: str
    summary_en: str
    summary_bn: str
    description_en: str = Field(description="Markdown")
    description_bn: str
    refund_policy_en: str
    refund_policy_bn: str
    starts_at: Moment
    ends_at: Moment
    time_zone: str
    venue: str
    address: str
    currency: str
    cover: Cover | None
    version: int
    created_at: Moment
    updated_at: Moment
    published_at: Moment | None
    canceled_at: Moment | None
    ticket_types: Sequence[TicketTypeAdmin]
    cancellation: Cancellation | None = Field(description="Progress, once it was canceled")


def event_card(shown: Shown, now: int) -> EventCard:
    return EventCard.model_validate(_card_fields(shown, now))


def event_out(shown: Shown, description_en: str, description_bn: str, now: int) -> EventOut:
    content = shown.event.content
    return EventOut.model_validate(
        {
            **_card_fields(shown, now),
            "description_en_html": description_en,
            "description_bn_html": description_bn,
            "refund_policy_en": content.refund_policy_en,
            "refund_policy_bn": content.refund_policy_bn,
            "address": content.address,
            "ticket_types": [_type_out(shown, kind, now) for kind in shown.kinds],
        }
    )


def event_admin(view: EventView) -> EventAdmin:
    event = view.event
    content = {name: getattr(event.content, name) for name in event.content.__slots__}
    own = {name: getattr(event, name) for name in _OWN}
    progress = view.cancellation
    return EventAdmin.model_validate(
        {
            **content,
            **own,
            "cover": _cover(event.cover),
            "ticket_types": [ticket_type_admin(kind) for kind in view.kinds],
            "cancellation": progress
            and Cancellation(
                orders_total=progress.orders_total,
                orders_done=progress.orders_done,
                emails_waiting=progress.emails_waiting,
            ),
        }
    )


def ticket_type_admin(kind: TicketType) -> TicketTypeAdmin:
    content = {name: getattr(kind.content, name) for name in kind.content.__slots__}
    return TicketTypeAdmin.model_validate(
        {**content, "id": kind.id, "held": kind.held, "sold": kind.sold, "version": kind.version}
    )


def _card_fields(shown: Shown, now: int) -> dict[str, object]:
    event, content = shown.event, shown.event.content
    least, most = price_range(event, shown.kinds, now)
    names = ("title_en", "title_bn", "summary_en", "summary_bn", "starts_at", "ends_at")
    return {
        **{name: getattr(content, name) for name in (*names, "time_zone", "venue")},
        "id": event.id,
        "slug": event.slug,
        "status": event.status.value,
        "cover": _cover(event.cover),
        "from_cents": least,
        "to_cents": most,
        "currency": event.currency,
        "availability": availability(event, shown.kinds, now).value,
    }


def _type_out(shown: Shown, kind: TicketType, now: int) -> TicketTypeOut:
    content = kind.content
    return TicketTypeOut.model_validate(
        {
            "id": kind.id,
            "name_en": content.name_en,
            "name_bn": content.name_bn,
            "price_cents": content.price_cents,
            "availability": type_availability(shown.event, kind, now).value,
            "sale_starts_at": content.sale_starts_at,
            "sale_ends_at": content.sale_ends_at,
            "min_per_order": content.min_per_order,
            "max_per_order": content.max_per_order,
        }
    )


def _cover(text: str | None) -> Cover | None:
    found = covers.read_cover(text)
    if found is None:
        return None
    return Cover(srcset_base=found.srcset_base, widths=found.widths, alt=found.alt)
