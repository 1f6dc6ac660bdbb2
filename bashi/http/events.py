"""Events for everybody: the list, one event, its calendar file, and pictures."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

from bashi.core import limits
from bashi.core.errors import NotFound
from bashi.core.events.browse import When, browse, find_event
from bashi.core.events.pages import api_key
from bashi.core.events.rules import next_change_at
from bashi.core.orders.letters import event_facts
from bashi.core.ports import Ports
from bashi.http import cursors
from bashi.http.answers import ListOut, Raw
from bashi.http.deps import ports_of
from bashi.http.event_schemas import EventCard, EventOut, event_card, event_out
from bashi.http.pages import Page, answer, make_page, pack, unpack
from bashi.http.problems import responses
from bashi.http.values import Id, Storable

router = APIRouter(tags=["events"])

Limit = Annotated[int, Query(ge=1, le=limits.PAGE_ITEMS_MAX)]
Cursor = Annotated[str | None, Query(max_length=300)]
HIDDEN = Query(description="Shows this hidden ticket type too")
Search = Annotated[Storable, Query(max_length=limits.QUERY_CHARS)]

_JSON = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"public, max-age=%d" % limits.CACHE_PAGE_SECONDS),
]
_NOT_CHANGED: dict[int | str, dict[str, Any]] = {
    304: {"description": "As the client's copy, by If-None-Match"}
}
_CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}}
_PICTURE: dict[int | str, dict[str, Any]] = {200: {"content": {"image/webp": {}}}}


@router.get("/events", response_model=ListOut[EventCard], responses=_NOT_CHANGED)
async def list_events(
    request: Request,
    when: When = When.UPCOMING,
    q: Search = "",
    cursor: Cursor = None,
    limit: Limit = limits.PAGE_ITEMS,
) -> Response:
    """Published and cancelled events: upcoming ones soonest first, past ones latest first."""
    ports = ports_of(request)
    now = ports.clock.now()
    found = await browse(ports, when, q, cursors.decode(cursor), limit + 1)
    shown = found[:limit]
    last = shown[-1].event if len(found) > limit else None
    position = (last.content.starts_at, last.id) if last else None
    out = ListOut[EventCard](
        items=[event_card(each, now) for each in shown],
        next_cursor=cursors.encode(position),
    )
    return answer(request.scope, make_page(out.model_dump_json().encode(), now), _JSON)


class KeptRoute(APIRoute):
    """Answers from the cache as soon as the path is known: what FastAPI builds for a handler
    (request, stacks, parameters) costs several times the answer of the most read page of all."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "GET" and not scope["query_string"]:
            page = await _kept(scope["app"].state.ports, scope["path_params"]["slug"])
            if page is not None:
                await answer(scope, page, _JSON)(scope, receive, send)
                return
        await super().handle(scope, receive, send)


hot = APIRouter(tags=["events"], route_class=KeptRoute)


@hot.get("/events/{slug}", response_model=EventOut, responses=_NOT_CHANGED | responses(404))
async def read_event(
    request: Request, slug: Storable, ticket_type: Annotated[Id | None, HIDDEN] = None
) -> Response:
    """One event with its ticket types. How many seats are left stays private."""
    ports = ports_of(request)
    if ticket_type is None:
        return answer(request.scope, await event_page(ports, slug), _JSON)
    return answer(request.scope, await _make(ports, slug, ticket_type), _JSON)


router.routes.extend(hot.routes)


@router.get(
    "/events/{slug}/calendar.ics",
    response_class=Response,
    responses=_CALENDAR | responses(404),
)
async def read_calendar(
    request: Request, slug: Storable, lang: Literal["en", "bn"] = "en"
) -> Response:
    """The event as an iCalendar file; a later one moves or cancels the entry."""
    ports = ports_of(request)
    shown = await find_event(ports, slug)
    facts = await event_facts(ports, shown.event.id, with_cover=False)
    content = await ports.renderer.calendar(facts, lang)
    headers = {
        "content-disposition": f'attachment; filename="{slug}.ics"',
        "cache-control": "no-cache",
    }
    return Response(content, 200, headers, "text/calendar; charset=utf-8")


@router.get(
    "/media/{path:path}",
    response_class=Response,
    responses=_PICTURE | responses(404),
)
async def read_media(request: Request, path: str) -> Response:
    """A picture. Its name is never used again for another one."""
    content = await ports_of(request).media.get(path)
    if content is None:
        raise NotFound("no_such_file", "There is no such picture.")
    headers = [
        (b"content-type", b"image/webp"),
        (b"cache-control", b"public, max-age=31536000, immutable"),
        (b"content-length", str(len(content)).encode()),
    ]
    return Raw(200, headers, content)


async def event_page(ports: Ports, slug: str) -> Page:
    """EventOut as JSON, from the cache while it is fresh. Raises NotFound."""
    page = await _kept(ports, slug)
    if page is None:
        page = await _make(ports, slug, None)
        await ports.cache.put(api_key(slug), pack(page), limits.CACHE_PAGE_SECONDS)
    return page


async def _kept(ports: Ports, slug: str) -> Page | None:
    packed = await ports.cache.get(api_key(slug))
    if packed is None:
        return None
    page = unpack(packed)
    return page if ports.clock.now() < page.fresh_until else None


async def _make(ports: Ports, slug: str, hidden_type: str | None) -> Page:
    shown = await find_event(ports, slug, hidden_type)
    now = ports.clock.now()
    content = shown.event.content
    out = event_out(
        shown,
        await ports.renderer.markdown(content.description_en),
        await ports.renderer.markdown(content.description_bn),
        now,
    )
    fresh_until = now + limits.CACHE_PAGE_SECONDS * 1000
    change_at = next_change_at(shown.event, shown.kinds, now)
    if change_at is not None:
        fresh_until = min(fresh_until, change_at)
    return make_page(out.model_dump_json().encode(), fresh_until)
