"""Schemas of events, public and for organizers."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from bashi.core.events import covers
from bashi.core.events.browse import Shown
from bashi.core.events.read import EventView
from bashi.core.events.rules import (
    Content,
    EventStatus,
    TicketType,
    TypeContent,
    availability,
    outdated,
    price_range,
    texts_of,
    type_availability,
)
from bashi.http.fields import Id, Moment, Words
from bashi.http.responses import Schema

_OWN = (
    "id", "slug", "status", "currency", "version", "created_at", "updated_at", "published_at",
    "canceled_at",
)  # fmt: skip

EventAvailability = Literal["available", "few_left", "sold_out", "not_on_sale", "ended", "canceled"]
PublicEventStatus = Literal["published", "canceled"]
TypeAvailability = Literal["available", "few_left", "sold_out", "not_yet", "ended"]


Outdated = Annotated[
    Sequence[str],
    Field(
        description="Translations that are older than the main language's text",
        examples=[["title.bn"]],
    ),
]


class Cover(Schema):
    srcset_base: str = Field(
        description="`-{width}.webp` follows", examples=["/api/media/covers/019b3c5e"]
    )
    widths: Sequence[int] = Field(examples=[[360, 640, 960, 1280]])
    alt: str


class EventCard(Schema):
    id: Id
    slug: str = Field(examples=["durga-pujo-2026"])
    title: Words
    summary: Words
    status: PublicEventStatus
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
    name: Words
    price_cents: int = Field(examples=[1500])
    availability: TypeAvailability = Field(description="The number of seats stays private")
    sale_starts_at: Moment | None
    sale_ends_at: Moment | None
    min_per_order: int
    max_per_order: int


class EventOut(EventCard):
    description_html: Words = Field(description="Safe HTML by language, made from Markdown")
    refund_policy: Words
    address: str
    outdated: Sequence[str] = Field(
        description="Languages with a translation that is older than the main language's text",
        examples=[["bn"]],
    )
    ticket_types: Sequence[TicketTypeOut]


class TicketTypeAdmin(Schema):
    id: Id
    name: Words
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
    outdated: Outdated


class Cancellation(Schema):
    orders_total: int
    orders_done: int
    emails_waiting: int


class EventAdmin(Schema):
    id: Id
    slug: str
    status: EventStatus
    title: Words
    summary: Words
    description: Words = Field(description="Markdown")
    refund_policy: Words
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
    outdated: Outdated
    ticket_types: Sequence[TicketTypeAdmin]
    cancellation: Cancellation | None = Field(description="Progress, once it was canceled")


def event_card(shown: Shown, now: int) -> EventCard:
    return EventCard.model_validate(_card_fields(shown, now))


def event_out(shown: Shown, description_html: Mapping[str, str], now: int) -> EventOut:
    content = shown.event.content
    return EventOut.model_validate(
        {
            **_card_fields(shown, now),
            "description_html": description_html,
            "refund_policy": content.refund_policy.words,
            "address": content.address,
            "outdated": _outdated_languages(shown),
            "ticket_types": [_type_out(shown, kind, now) for kind in shown.kinds],
        }
    )


def event_admin(view: EventView) -> EventAdmin:
    event = view.event
    own = {name: getattr(event, name) for name in _OWN}
    progress = view.cancellation
    return EventAdmin.model_validate(
        {
            **_content(event.content),
            **own,
            "outdated": outdated(event.content),
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
    own = {name: getattr(kind, name) for name in ("id", "held", "sold", "version")}
    return TicketTypeAdmin.model_validate(
        {**_content(kind.content), **own, "outdated": outdated(kind.content)}
    )


def _content(content: Content | TypeContent) -> dict[str, object]:
    values = {name: getattr(content, name) for name in content.__slots__}
    return values | {name: text.words for name, text in texts_of(content).items()}


def _outdated_languages(shown: Shown) -> list[str]:
    texts = [*texts_of(shown.event.content).values(), *(kind.content.name for kind in shown.kinds)]
    return sorted({language for text in texts for language in text.outdated()})


def _card_fields(shown: Shown, now: int) -> dict[str, object]:
    event, content = shown.event, shown.event.content
    least, most = price_range(event, shown.kinds, now)
    return {
        **{name: getattr(content, name) for name in ("starts_at", "ends_at", "time_zone", "venue")},
        "title": content.title.words,
        "summary": content.summary.words,
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
            "name": content.name.words,
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
