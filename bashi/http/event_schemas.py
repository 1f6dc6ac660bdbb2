"""Schemas of events, public and for organizers."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from bashi.core import limits
from bashi.core.events import covers
from bashi.core.events.browse import Shown
from bashi.core.events.read import EventView
from bashi.core.events.rules import (
    Content,
    EventStatus,
    availability,
    outdated,
    price_range,
    texts_of,
)
from bashi.http.content import LanguageTag, Outdated, StillRight, Version, content_in, content_out
from bashi.http.fields import Id, Line, Lines, Moment, MomentIn, OptionalLine, Words
from bashi.http.responses import Schema
from bashi.http.ticket_type_schemas import (
    TicketTypeAdmin,
    TicketTypeOut,
    ticket_type_admin,
    ticket_type_out,
)

_OWN = (
    "id", "slug", "status", "currency", "version", "created_at", "updated_at", "published_at",
    "canceled_at",
)  # fmt: skip

EventAvailability = Literal["available", "few_left", "sold_out", "not_on_sale", "ended", "canceled"]
PublicEventStatus = Literal["published", "canceled"]
Title = Mapping[LanguageTag, Annotated[OptionalLine, Field(max_length=limits.TITLE_CHARS)]]
Summary = Mapping[LanguageTag, Annotated[OptionalLine, Field(max_length=limits.SUMMARY_CHARS)]]
Description = Mapping[LanguageTag, Annotated[Lines, Field(max_length=limits.DESCRIPTION_CHARS)]]
RefundPolicy = Mapping[LanguageTag, Annotated[Lines, Field(max_length=limits.POLICY_CHARS)]]
Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=limits.SLUG_CHARS,
        description="Address of the page; null: made from the title, or kept",
        examples=["durga-pujo-2026"],
    ),
]


class EventIn(Schema):
    slug: Slug | None = None
    title: Title = Field(
        description="The main language is needed, others may follow",
        examples=[{"en": "Durga Pujo 2026", "bn": "দুর্গাপূজা ২০২৬"}],
    )
    summary: Summary
    description: Description = Field(description="Markdown")
    refund_policy: RefundPolicy
    starts_at: MomentIn
    ends_at: MomentIn = Field(examples=["2026-12-06T05:00:00Z"])
    time_zone: str = Field(max_length=64, examples=["America/Chicago"])
    venue: Annotated[Line, Field(min_length=1, max_length=limits.VENUE_CHARS)]
    address: Annotated[Lines, Field(max_length=limits.ADDRESS_CHARS)]

    def content(self, main: str) -> Content:
        """`main`: the language that the others are translated from."""
        return content_in(Content, self, main)


class EventCreateIn(EventIn):
    id: Id = Field(description="Made by the client, so that the request may be repeated")


class EventUpdateIn(EventIn):
    version: Version
    still_right: StillRight = Field(default_factory=list)


class VersionIn(Schema):
    version: Version


class CancelEventIn(VersionIn):
    confirm_title: str = Field(max_length=2 * limits.TITLE_CHARS)


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


class EventOut(EventCard):
    description_html: Words = Field(description="Safe HTML by language, made from Markdown")
    refund_policy: Words
    address: str
    outdated: Sequence[str] = Field(
        description="Languages with a translation that is older than the main language's text",
        examples=[["bn"]],
    )
    ticket_types: Sequence[TicketTypeOut]


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
    content = content_out(shown.event.content, EventCard)
    return EventCard.model_validate({**content, **_own_fields(shown, now)})


def event_out(shown: Shown, description_html: Mapping[str, str], now: int) -> EventOut:
    content = shown.event.content
    return EventOut.model_validate(
        {
            **content_out(content, EventOut),
            **_own_fields(shown, now),
            "description_html": description_html,
            "outdated": _outdated_languages(shown),
            "ticket_types": [ticket_type_out(shown.event, kind, now) for kind in shown.kinds],
        }
    )


def event_admin(view: EventView) -> EventAdmin:
    event = view.event
    own = {name: getattr(event, name) for name in _OWN}
    progress = view.cancellation
    return EventAdmin.model_validate(
        {
            **content_out(event.content, EventAdmin),
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


def _outdated_languages(shown: Shown) -> list[str]:
    texts = [*texts_of(shown.event.content).values(), *(kind.content.name for kind in shown.kinds)]
    return sorted({language for text in texts for language in text.outdated()})


def _own_fields(shown: Shown, now: int) -> dict[str, object]:
    """What a card says beside what the organizer wrote."""
    event = shown.event
    least, most = price_range(event, shown.kinds, now)
    return {
        "id": event.id,
        "slug": event.slug,
        "status": event.status.value,
        "cover": _cover(event.cover),
        "from_cents": least,
        "to_cents": most,
        "currency": event.currency,
        "availability": availability(event, shown.kinds, now).value,
    }


def _cover(text: str | None) -> Cover | None:
    found = covers.read_cover(text)
    if found is None:
        return None
    return Cover(srcset_base=found.srcset_base, widths=found.widths, alt=found.alt)
