"""Public routes for one event: details, calendar file, pictures."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from bashi.core import limits
from bashi.core.errors import NotFound
from bashi.core.events.browse import find_event
from bashi.core.events.pages import api_key
from bashi.core.events.rules import next_change_at
from bashi.core.languages import spoken
from bashi.core.orders.emails import event_facts
from bashi.core.ports import Ports
from bashi.http import event_list
from bashi.http.cached_page import CachedPage, answer, make_page
from bashi.http.cached_route import JSON, KeptRoute, keep, kept
from bashi.http.deps import ports_of
from bashi.http.event_schemas import EventOut, event_out
from bashi.http.fields import Id, Storable
from bashi.http.problems import responses
from bashi.http.responses import Raw, binary, text

router = APIRouter(tags=["events"])

HIDDEN = Query(description="Shows this hidden ticket type too")

_NOT_CHANGED: dict[int | str, dict[str, Any]] = {
    304: {"description": "As the client's copy, by If-None-Match"}
}
_CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": text("text/calendar")}}
_PICTURE: dict[int | str, dict[str, Any]] = {200: {"content": binary("image/webp")}}


class EventRoute(KeptRoute):
    def key(self, query: bytes, path_params: Mapping[str, str]) -> str | None:
        return None if query else api_key(path_params["slug"])


hot = APIRouter(tags=["events"], route_class=EventRoute)


@hot.get("/events/{slug}", response_model=EventOut, responses=_NOT_CHANGED | responses(404))
async def get_event(
    request: Request, slug: Storable, ticket_type: Annotated[Id | None, HIDDEN] = None
) -> Response:
    """One event with its ticket types. How many seats are left stays private."""
    ports = ports_of(request)
    if ticket_type is None:
        return answer(request.scope, await event_page(ports, slug), JSON)
    return answer(request.scope, await _make(ports, slug, ticket_type), JSON)


router.routes.extend([*event_list.router.routes, *hot.routes])


@router.get(
    "/events/{slug}/calendar.ics",
    response_class=Response,
    responses=_CALENDAR | responses(404),
)
async def get_event_calendar(
    request: Request, slug: Storable, lang: Annotated[str, Query(max_length=35)] = ""
) -> Response:
    """The event as an iCalendar file; a later one moves or cancels the entry."""
    ports = ports_of(request)
    shown = await find_event(ports, slug)
    facts = await event_facts(ports, shown.event.id, with_cover=False)
    content = await ports.renderer.calendar(facts, spoken(lang, ports.policy.locales))
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
async def get_picture(request: Request, path: str) -> Response:
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


async def event_page(ports: Ports, slug: str) -> CachedPage:
    """EventOut as JSON, from the cache while it is fresh. Raises NotFound."""
    key = api_key(slug)
    return await kept(ports, key) or await keep(ports, key, await _make(ports, slug, None))


async def _make(ports: Ports, slug: str, hidden_type: str | None) -> CachedPage:
    shown = await find_event(ports, slug, hidden_type)
    now = ports.clock.now()
    content = shown.event.content
    html = {
        language: await ports.renderer.markdown(markdown)
        for language, markdown in content.description.words.items()
    }
    out = event_out(shown, html, now)
    fresh_until = now + limits.CACHE_PAGE_SECONDS * 1000
    change_at = next_change_at(shown.event, shown.kinds, now)
    if change_at is not None:
        fresh_until = min(fresh_until, change_at)
    return make_page(out.model_dump_json().encode(), fresh_until)
