"""Schemas of ticket types, public and for organizers."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bashi.core import limits
from bashi.core.events.rules import (
    Event,
    TicketType,
    TypeContent,
    outdated,
    type_availability,
)
from bashi.http.content import LanguageTag, Outdated, StillRight, Version, content_in, content_out
from bashi.http.fields import Flag, Id, Moment, MomentIn, OptionalLine, Whole, Words
from bashi.http.responses import Schema

TypeName = Mapping[
    LanguageTag, Annotated[OptionalLine, Field(max_length=limits.TICKET_TYPE_NAME_CHARS)]
]
PerOrder = Annotated[Whole, Field(ge=1, le=limits.SEATS_PER_ORDER)]
Seats = Annotated[Whole, Field(ge=0, le=limits.CAPACITY)]
TypeAvailability = Literal["available", "few_left", "sold_out", "not_yet", "ended"]


class TicketTypeIn(Schema):
    name: TypeName = Field(
        description="The main language is needed, others may follow",
        examples=[{"en": "Adult", "bn": "প্রাপ্তবয়স্ক"}],
    )
    price_cents: Whole = Field(
        ge=0,
        le=limits.CHARGE_CENTS,
        description="0, or at least what Stripe charges in the currency (USD: 50)",
        examples=[1500],
    )
    capacity: Seats = Field(examples=[200])
    kept_back: Seats = Field(
        description="Seats of the capacity that are not for sale", examples=[4]
    )
    sale_starts_at: MomentIn | None
    sale_ends_at: MomentIn | None
    min_per_order: PerOrder
    max_per_order: PerOrder
    position: Whole = Field(ge=0, le=1000)
    hidden: Flag = Field(description="Shown only to who has its id in the link")
    version: Version | None = Field(description="As last read; null adds a new one")
    still_right: StillRight = Field(default_factory=list)

    def content(self, main: str) -> TypeContent:
        """`main`: the language that the others are translated from."""
        return content_in(TypeContent, self, main)


class TicketTypeOut(Schema):
    id: Id
    name: Words
    price_cents: int = Field(examples=[1500])
    availability: TypeAvailability = Field(description="The number of seats stays private")
    sale_starts_at: Moment | None
    sale_ends_at: Moment | None
    min_per_order: int
    max_per_order: int


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


def ticket_type_out(event: Event, kind: TicketType, now: int) -> TicketTypeOut:
    own = {"id": kind.id, "availability": type_availability(event, kind, now).value}
    return TicketTypeOut.model_validate({**content_out(kind.content, TicketTypeOut), **own})


def ticket_type_admin(kind: TicketType) -> TicketTypeAdmin:
    own = {name: getattr(kind, name) for name in ("id", "held", "sold", "version")}
    content = content_out(kind.content, TicketTypeAdmin)
    return TicketTypeAdmin.model_validate({**content, **own, "outdated": outdated(kind.content)})
