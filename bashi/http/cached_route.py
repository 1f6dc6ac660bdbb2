"""Routes answered from the response cache."""

import random

from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send

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
    """Answers from the cache as soon as the path is known: what FastAPI builds for a handler
    (request, stacks, parameters) costs several times the answer of the most read pages of all."""

    def key(self, _scope: Scope) -> str | None:
        """Of the kept page that answers this request; None: ask the handler."""
        raise NotImplementedError

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self.key(scope) if scope["method"] == "GET" else None
        page = await kept(scope["app"].state.ports, key) if key else None
        if page is None:
            await super().handle(scope, receive, send)
        else:
            await answer(scope, page, JSON)(scope, receive, send)
