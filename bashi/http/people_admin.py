"""Admin routes for people."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from bashi.core import limits
from bashi.core.people import roles
from bashi.core.people.browse import list_people
from bashi.core.people.rules import Role
from bashi.http.deps import Admin, ports_of
from bashi.http.fields import Id, Storable
from bashi.http.json_body import JsonRoute
from bashi.http.people_schemas import PersonRow
from bashi.http.problems import responses
from bashi.http.responses import Json, ListOut, Schema

router = APIRouter(
    prefix="/admin/people", tags=["admin"], responses=responses(401, 403), route_class=JsonRoute
)


class RoleIn(Schema):
    role: Role


@router.get("", response_model=ListOut[PersonRow])
async def list_accounts(
    request: Request,
    _caller: Admin,
    q: Annotated[
        Storable, Query(max_length=limits.QUERY_CHARS, description="Name or address")
    ] = "",
    role: Role | None = None,
    cursor: Id | None = None,
    limit: Annotated[int, Query(ge=1, le=limits.PAGE_ITEMS_MAX)] = limits.PAGE_ITEMS,
) -> Json:
    """Newest first."""
    page = await list_people(ports_of(request), q, role, cursor, limit)
    rows = [PersonRow.of(person) for person in page.people]
    return Json(ListOut[PersonRow](items=rows, next_cursor=page.next_cursor))


@router.put("/{person_id}/role", response_model=PersonRow, responses=responses(404, 409))
async def set_role(request: Request, caller: Admin, person_id: Id, body: RoleIn) -> Json:
    """Counts at the person's next request. A staff role needs a confirmed address, and a new
    sign-in with a password of the length that staff need."""
    changed = await roles.set_role(ports_of(request), person_id, body.role, by=caller.person.id)
    return Json(PersonRow.of(changed))


@router.post("/{person_id}/disable", response_model=PersonRow, responses=responses(404, 409))
async def disable_person(request: Request, caller: Admin, person_id: Id) -> Json:
    """Ends all sessions at once and refuses new ones."""
    changed = await roles.disable(ports_of(request), person_id, by=caller.person.id)
    return Json(PersonRow.of(changed))


@router.post("/{person_id}/enable", response_model=PersonRow, responses=responses(404, 409))
async def enable_person(request: Request, caller: Admin, person_id: Id) -> Json:
    """The person may sign in again."""
    changed = await roles.enable(ports_of(request), person_id, by=caller.person.id)
    return Json(PersonRow.of(changed))
