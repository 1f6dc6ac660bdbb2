"""Admin routes that create and change events."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from bashi.core import limits
from bashi.core.events.cancel import cancel
from bashi.core.events.change_cover import remove_cover, set_cover
from bashi.core.events.create import Create, create
from bashi.core.events.delete import delete
from bashi.core.events.delete_ticket_type import delete_ticket_type
from bashi.core.events.edit import Edit, edit
from bashi.core.events.publish import publish
from bashi.core.events.put_ticket_type import PutTicketType, put_ticket_type
from bashi.core.events.read import list_events, read_view
from bashi.core.events.rules import Content, EventStatus, TypeContent
from bashi.core.text import Text
from bashi.http import cursors
from bashi.http.deps import Admin, ports_of
from bashi.http.event_list import Cursor, Limit, Search
from bashi.http.event_schemas import EventAdmin, TicketTypeAdmin, event_admin, ticket_type_admin
from bashi.http.fields import Flag, Id, Line, Lines, MomentIn, OptionalLine, Whole, epoch_ms
from bashi.http.json_body import JsonRoute
from bashi.http.problems import responses
from bashi.http.responses import Json, ListOut, Schema, binary

router = APIRouter(prefix="/admin/events", tags=["events: organizers"], route_class=JsonRoute)

LanguageTag = Annotated[str, Field(max_length=35, description="One of /site's locales")]
Title = Mapping[LanguageTag, Annotated[OptionalLine, Field(max_length=limits.TITLE_CHARS)]]
Summary = Mapping[LanguageTag, Annotated[OptionalLine, Field(max_length=limits.SUMMARY_CHARS)]]
Description = Mapping[LanguageTag, Annotated[Lines, Field(max_length=limits.DESCRIPTION_CHARS)]]
RefundPolicy = Mapping[LanguageTag, Annotated[Lines, Field(max_length=limits.POLICY_CHARS)]]
TypeName = Mapping[
    LanguageTag, Annotated[OptionalLine, Field(max_length=limits.TICKET_TYPE_NAME_CHARS)]
]
StillRight = Annotated[
    Sequence[Annotated[str, Field(max_length=60)]],
    Field(
        max_length=50,
        description="Translations that were read again since the main language changed; "
        "those that change with this request need not be named",
        examples=[["title.bn"]],
    ),
]
PerOrder = Annotated[Whole, Field(ge=1, le=limits.SEATS_PER_ORDER)]
Seats = Annotated[Whole, Field(ge=0, le=limits.CAPACITY)]
Version = Annotated[Whole, Field(ge=1, lt=limits.SQL_INTEGER, description="As last read")]
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
        return Content(
            title=Text.of(self.title, main),
            summary=Text.of(self.summary, main),
            description=Text.of(self.description, main),
            refund_policy=Text.of(self.refund_policy, main),
            starts_at=epoch_ms(self.starts_at),
            ends_at=epoch_ms(self.ends_at),
            time_zone=self.time_zone,
            venue=self.venue,
            address=self.address,
        )


class EventCreateIn(EventIn):
    id: Id = Field(description="Made by the client, so that the request may be repeated")


class EventUpdateIn(EventIn):
    version: Version
    still_right: StillRight = ()


class VersionIn(Schema):
    version: Version


class CancelEventIn(VersionIn):
    confirm_title: str = Field(max_length=2 * limits.TITLE_CHARS)


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
    still_right: StillRight = ()

    def content(self, main: str) -> TypeContent:
        """`main`: the language that the others are translated from."""
        values = {name: getattr(self, name) for name in TypeContent.__slots__}
        starts, ends = self.sale_starts_at, self.sale_ends_at
        return TypeContent(
            **values
            | {
                "name": Text.of(self.name, main),
                "sale_starts_at": epoch_ms(starts) if starts else None,
                "sale_ends_at": epoch_ms(ends) if ends else None,
            }
        )


@router.get("", response_model=ListOut[EventAdmin], responses=responses(401, 403))
async def list_all_events(
    request: Request,
    _: Admin,
    status: EventStatus | None = None,
    q: Search = "",
    cursor: Cursor = None,
    limit: Limit = limits.PAGE_ITEMS,
) -> Json:
    """All events, drafts too, latest start first."""
    views = await list_events(ports_of(request), status, q, cursors.decode(cursor), limit + 1)
    last = views[limit - 1].event if len(views) > limit else None
    position = (last.content.starts_at, last.id) if last else None
    return Json(
        ListOut[EventAdmin](
            items=[event_admin(view) for view in views[:limit]],
            next_cursor=cursors.encode(position),
        )
    )


@router.post(
    "", response_model=EventAdmin, status_code=201, responses=responses(401, 403, 404, 409)
)
async def create_event(request: Request, admin: Admin, event: EventCreateIn) -> Json:
    """A draft. The same request again answers with its present state."""
    ports = ports_of(request)
    command = Create(event.id, event.slug, event.content(ports.policy.locales[0]))
    return Json(event_admin(await create(ports, admin.person.id, command)), 201)


@router.get("/{event_id}", response_model=EventAdmin, responses=responses(401, 403, 404))
async def get_event_as_admin(request: Request, _: Admin, event_id: Id) -> Json:
    """Everything about one event, with how far its cancellation has come."""
    return Json(event_admin(await read_view(ports_of(request), event_id)))


@router.put("/{event_id}", response_model=EventAdmin, responses=responses(401, 403, 404, 409))
async def update_event(request: Request, admin: Admin, event_id: Id, event: EventUpdateIn) -> Json:
    """Ticket holders are written to when the date or place of a published event changes."""
    ports = ports_of(request)
    content = event.content(ports.policy.locales[0])
    command = Edit(event_id, event.version, event.slug, content, event.still_right)
    return Json(event_admin(await edit(ports, admin.person.id, command)))


@router.delete(
    "/{event_id}",
    response_class=Response,
    status_code=204,
    responses=responses(401, 403, 404, 409),
)
async def delete_event(request: Request, admin: Admin, event_id: Id) -> Response:
    """Only a draft without orders."""
    await delete(ports_of(request), admin.person.id, event_id)
    return Response(status_code=204)


@router.post(
    "/{event_id}/publish", response_model=EventAdmin, responses=responses(401, 403, 404, 409)
)
async def publish_event(request: Request, admin: Admin, event_id: Id, command: VersionIn) -> Json:
    """Needs a ticket type and an end that lies ahead."""
    return Json(
        event_admin(await publish(ports_of(request), admin.person.id, event_id, command.version))
    )


@router.post(
    "/{event_id}/cancel", response_model=EventAdmin, responses=responses(401, 403, 404, 409)
)
async def cancel_event(
    request: Request, admin: Admin, event_id: Id, command: CancelEventIn
) -> Json:
    """Sales stop at once; all orders are refunded and their buyers written to, one by one."""
    view = await cancel(
        ports_of(request), admin.person.id, event_id, command.version, command.confirm_title
    )
    return Json(event_admin(view))


@router.put(
    "/{event_id}/cover",
    response_model=EventAdmin,
    responses=responses(401, 403, 404, 409, 413),
    max_body_size=limits.COVER_BYTES,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": binary("image/jpeg", "image/png", "image/webp"),
        }
    },
)
async def set_event_cover(
    request: Request,
    admin: Admin,
    event_id: Id,
    alt: Annotated[OptionalLine, Query(max_length=limits.ALT_CHARS)] = "",
) -> Json:
    """A JPEG, PNG or WebP picture by its content; it is made anew without metadata."""
    upload = await request.body()
    return Json(
        event_admin(await set_cover(ports_of(request), admin.person.id, event_id, upload, alt))
    )


@router.delete(
    "/{event_id}/cover", response_model=EventAdmin, responses=responses(401, 403, 404, 409)
)
async def remove_event_cover(request: Request, admin: Admin, event_id: Id) -> Json:
    """The page shows a drawn pattern instead."""
    return Json(event_admin(await remove_cover(ports_of(request), admin.person.id, event_id)))


@router.put(
    "/{event_id}/ticket-types/{type_id}",
    response_model=TicketTypeAdmin,
    responses=responses(401, 403, 404, 409),
)
async def save_ticket_type(
    request: Request, admin: Admin, event_id: Id, type_id: Id, kind: TicketTypeIn
) -> Json:
    """Adds or changes a ticket type. A new price counts for later orders only."""
    ports = ports_of(request)
    content = kind.content(ports.policy.locales[0])
    command = PutTicketType(event_id, type_id, kind.version, content, kind.still_right)
    return Json(ticket_type_admin(await put_ticket_type(ports, admin.person.id, command)))


@router.delete(
    "/{event_id}/ticket-types/{type_id}",
    response_class=Response,
    status_code=204,
    responses=responses(401, 403, 404, 409),
)
async def remove_ticket_type(request: Request, admin: Admin, event_id: Id, type_id: Id) -> Response:
    """Only one that nobody has ordered."""
    await delete_ticket_type(ports_of(request), admin.person.id, event_id, type_id)
    return Response(status_code=204)
