"""Admin routes that create and change events."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

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
from bashi.core.events.rules import EventStatus
from bashi.http import cursors
from bashi.http.deps import Admin, ports_of
from bashi.http.event_list import Cursor, Limit, Search
from bashi.http.event_schemas import (
    CancelEventIn,
    EventAdmin,
    EventCreateIn,
    EventUpdateIn,
    VersionIn,
    event_admin,
)
from bashi.http.fields import Id, OptionalLine
from bashi.http.json_body import JsonRoute
from bashi.http.problems import responses
from bashi.http.responses import Json, ListOut, binary
from bashi.http.ticket_type_schemas import TicketTypeAdmin, TicketTypeIn, ticket_type_admin

router = APIRouter(prefix="/admin/events", tags=["events: organizers"], route_class=JsonRoute)


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
