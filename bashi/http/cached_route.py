"""Routes answered from the response cache."""

import random
from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bashi.core import limits
from bashi.core.ports import Ports
from bashi.http.cached_page import CachedPage, answer, pack, unpack

PUBLIC = (b"cache-control", b"public, max-age=%d" % limits.CACHE_PAGE_SECONDS)
JSON = [(b"content-type", b"application/json"), PUBLIC]
EARLY_MS = 100.0
"""Pages are made again a little before their time, each reader by its own dice: one of many does it
then, where all would at the end. Source: https://doi.org/10.14778/2757807.2757813 (XFetch)"""


async def kept(ports: Ports, key: str) -> CachedPage | None:
    """The page, unless it is missing or no longer fresh."""
    packed = await ports.cache.get(key)
    if packed is None:
        return None
    page = unpack(packed)
    early = random.expovariate(1 / EARLY_MS)
    return page if ports.clock.now() + early < page.fresh_until else None


async def keep(ports: Ports, key: str, page: CachedPage) -> CachedPage:
    await ports.cache.put(key, pack(page), limits.CACHE_PAGE_SECONDS)
    return page


class KeptRoute(APIRoute):
    """A public read whose pages `CachedPages` answers while they are fresh."""

    def key(self, query: bytes, path_params: Mapping[str, str]) -> str | None:
        """Of the kept page that answers this request; None: ask the handler."""
        raise NotImplementedError


class CachedPages:
    """Answers kept pages before the framework's layers, which cost more than the answer of the most
    read pages of all (ADR 0022). Whatever is not kept, and whatever has a body, is for `otherwise`.

    Stands inside the gateway: headers, limits of hosts, the log and the figures are the same.
    """

    def __init__(self, api: FastAPI, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._ports: Ports = api.state.ports
        self._routes = [route for route in api.routes if isinstance(route, KeptRoute)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = await self._page(scope) if _is_plain_get(scope) else None
        if page is None:
            await self._otherwise(scope, receive, send)
        else:
            await answer(scope, page, JSON)(scope, receive, send)

    async def _page(self, scope: Scope) -> CachedPage | None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        for route in self._routes:
            found = route.path_regex.match(path)
            if found is None:
                continue
            key = route.key(scope["query_string"], found.groupdict())
            page = await kept(self._ports, key) if key else None
            if page is not None:
                scope["route"] = route
            return page
        return None


def _is_plain_get(scope: Scope) -> bool:
    """Without a body, whose limit is the framework's to keep."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return not any(name in _BODIES for name, _ in scope["headers"])


_BODIES = (b"content-length", b"transfer-encoding")
