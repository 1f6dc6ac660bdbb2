"""The platform's own rate limit before ours: a flood costs no write of the database."""

from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from bashi.core.errors import TooMany
from bashi.http.addresses import network_of
from bashi.http.problems import problem_answer

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
            said = await self._binding.limit({"key": network_of(state["client_address"])})
            if not said["success"]:
                words = f"Too many tries. Wait {_WAIT_SECONDS} seconds."
                app = problem_answer(
                    state["request_id"], TooMany("too_many_requests", words, _WAIT_SECONDS)
                )
        await app(scope, receive, send)
