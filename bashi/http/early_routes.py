"""Hot routes answered before the framework's layers of middleware (ADR 0023)."""

from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bashi.core import limits
from bashi.http.fast_route import DirectRoute

Handler = Callable[[Request, Exception], Awaitable[Response]]


class EarlyRoutes:
    """Answers what a `DirectRoute` takes; everything else, and a body whose length is not declared
    or over the limit, is for `otherwise`.

    What stands between needs nothing of these routes: no telemetry, no dependency that is closed
    afterwards, no body beyond the declared length, which the HTTP server holds. Errors go to the
    framework's handlers, and one without a handler to the gateway, as before.
    """

    def __init__(self, api: FastAPI, otherwise: ASGIApp) -> None:
        self._api = api
        self._otherwise = otherwise
        self._routes = [route for route in api.routes if isinstance(route, DirectRoute)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._route(scope)
        if route is None:
            await self._otherwise(scope, receive, send)
            return
        scope["app"], scope["route"], scope["endpoint"] = self._api, route, route.endpoint
        request = Request(scope, receive)
        try:
            answer = await route.answer(request)
        except Exception as error:
            handle = self._handler(error)
            if handle is None:
                raise
            answer = await handle(request, error)
        await answer(scope, receive, send)

    def _route(self, scope: Scope) -> DirectRoute | None:
        if scope["type"] != "http" or not _is_bounded(scope):
            return None
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        for route in self._routes:
            if scope["method"] in (route.methods or ()):
                found = route.path_regex.match(path)
                if found is not None:
                    scope["path_params"] = found.groupdict()
                    return route
        return None

    def _handler(self, error: Exception) -> Handler | None:
        """The nearest one, as the framework looks for it; its last resort is the gateway's."""
        for kind in type(error).__mro__:
            if kind is not Exception and kind in self._api.exception_handlers:
                return cast(Handler, self._api.exception_handlers[kind])
        return None


def _is_bounded(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return False
        if name == b"content-length" and not (value.isdigit() and int(value) <= limits.BODY_BYTES):
            return False
    return True
