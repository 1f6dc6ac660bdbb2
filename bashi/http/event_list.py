"""GET the public list of events; its first pages are cached."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from bashi.core import limits
from bashi.core.events.browse import Shown, When, browse
from bashi.core.events.pages import LIST_ITEMS, list_key
from bashi.core.events.rules import next_change_at
from bashi.core.ports import Ports
from bashi.http import cursors
from bashi.http.cached_page import CachedPage, answer, make_page
from bashi.http.cached_route import JSON, KeptRoute, keep, kept
from bashi.http.deps import ports_of
from bashi.http.event_schemas import EventCard, event_card
from bashi.http.fields import Storable
from bashi.http.responses import ListOut

Limit = Annotated[int, Query(ge=1, le=limits.PAGE_ITEMS_MAX)]
Cursor = Annotated[str | None, Query(max_length=300)]
Search = Annotated[Storable, Query(max_length=limits.QUERY_CHARS)]

_NOT_CHANGED: dict[int | str, dict[str, Any]] = {
    304: {"description": "As the client's copy, by If-None-Match"}
}
_KEYS = {
    urlencode({"when": when, "limit": items}).encode(): list_key(when, items)
    for when, items in product(When, LIST_ITEMS)
} | {b"": list_key(When.UPCOMING, limits.PAGE_ITEMS)}
"""By the query string, as the site writes it; other spellings find their page a little later."""


class ListRoute(KeptRoute):
    def key(self, query: bytes, path_params: Mapping[str, str]) -> str | None:  # noqa: ARG002
        return _KEYS.get(query)


router = APIRouter(tags=["events"], route_class=ListRoute)


@router.get("/events", response_model=ListOut[EventCard], responses=_NOT_CHANGED)
async def list_events(
    request: Request,
    when: When = When.UPCOMING,
    q: Search = "",
    cursor: Cursor = None,
    limit: Limit = limits.PAGE_ITEMS,
) -> Response:
    """Published and canceled events: upcoming ones soonest first, past ones latest first."""
    ports = ports_of(request)
    if q or cursor or limit not in LIST_ITEMS:
        page = await _make(ports, when, q, cursors.decode(cursor), limit)
    else:
        page = await first_page(ports, when, limit)
    return answer(request.scope, page, JSON)


async def first_page(ports: Ports, when: When, limit: int) -> CachedPage:
    """`limit`: one of LIST_ITEMS."""
    key = list_key(when, limit)
    return await kept(ports, key) or await keep(
        ports, key, await _make(ports, when, "", None, limit)
    )


async def _make(
    ports: Ports, when: When, query: str, after: cursors.Key | None, limit: int
) -> CachedPage:
    now = ports.clock.now()
    found = await browse(ports, when, query, after, limit + 1)
    shown = found[:limit]
    last = shown[-1].event if len(found) > limit else None
    position = (last.content.starts_at, last.id) if last else None
    out = ListOut[EventCard](
        items=[event_card(each, now) for each in shown],
        next_cursor=cursors.encode(position),
    )
    return make_page(out.model_dump_json().encode(), _fresh_until(shown, now))


def _fresh_until(shown: Sequence[Shown], now: int) -> int:
    changes = (next_change_at(each.event, each.kinds, now) for each in shown)
    return min([now + limits.CACHE_PAGE_SECONDS * 1000, *(at for at in changes if at is not None)])
