"""Parse JSON request bodies, with a bound on nesting.

Python's own reader calls itself for every level, and at the edge nothing stops it in time: a few
thousand levels are past the end of WebAssembly's stack, which ends the Worker, not the request.
"""

from collections.abc import Callable, Coroutine
from json import JSONDecodeError
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json


def read_json(content: str | bytes) -> Any:
    """Raises ValueError, also for more than 200 levels and for half a surrogate pair."""
    return from_json(content, cache_strings="keys")  # values may be passwords


class JsonRoute(APIRoute):
    """For every route that takes a body; `DirectRoute` reads its own in the same way."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def read(request: Request) -> Response:
            return await handle(_JsonRequest(request.scope, request.receive))

        return read


class _JsonRequest(Request):
    async def json(self) -> Any:
        try:
            return read_json(await self.body())
        except ValueError as error:
            raise JSONDecodeError("not JSON", "", 0) from error
