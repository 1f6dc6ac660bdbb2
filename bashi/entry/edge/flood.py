"""Workers rate limiting ahead of ours: a flood costs no database write."""

from typing import Any

import structlog
from pyodide.ffi import JsException
from starlette.types import ASGIApp, Receive, Scope, Send

from bashi.core.errors import TooMany
from bashi.http.client_address import network_of
from bashi.http.problems import problem_answer

log = structlog.get_logger()

_GUARDED = ("/api/auth/", "/auth/")
_WAIT_SECONDS = 60


class Flood:
    """Counted by Cloudflare for each of its places, and not to the unit."""

    def __init__(self, app: ASGIApp, binding: Any) -> None:
        self._app = app
        self._binding = binding

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["path"].startswith(_GUARDED):
            state = scope["state"]
            if not await self._within(network_of(state["client_address"])):
                words = f"Too many tries. Wait {_WAIT_SECONDS} seconds."
                app = problem_answer(
                    state["request_id"], TooMany("too_many_requests", words, _WAIT_SECONDS)
                )
        await app(scope, receive, send)

    async def _within(self, network: str) -> bool:
        """True too while it does not answer: the limits that guard accounts are the database's."""
        try:
            said = await self._binding.limit({"key": network})
        except JsException as error:
            log.warning("flood_not_counted", reason=str(error))
            return True
        within: bool = said["success"]
        return within
