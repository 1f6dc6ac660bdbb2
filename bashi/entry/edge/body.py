"""Bodies at the edge: the platform lets 100 MB through, and its ASGI adapter keeps the whole of one
before the application may refuse it, in a Worker that has 128 MB."""

from collections.abc import AsyncIterator
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from workers import Request

PART_BYTES = 64 * 1024


def body_when_asked_for(app: ASGIApp, request: Any) -> tuple[ASGIApp, Any]:
    """The application and the request without its body, of which the application takes in part by
    part what it reads: nothing from who may not send it, and nothing over its limits."""
    if not request.body:
        return app, request
    parts = _parts(request.body)

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        async def next_part() -> Message:
            part = await anext(parts, None)
            # The adapter's own first message is the end of the body that it does not see.
            return await receive() if part is None else _message(part)

        await app(scope, receive if scope["type"] == "lifespan" else next_part, send)

    bare = Request(request.url, method=request.method, headers=request.js_object.headers)
    return reading, bare


async def _parts(stream: Any) -> AsyncIterator[bytes]:
    reader = stream.getReader()
    while not (read := await reader.read()).done:
        for start in range(0, read.value.length, PART_BYTES):
            yield read.value.subarray(start, start + PART_BYTES).to_bytes()


def _message(part: bytes) -> Message:
    return {"type": "http.request", "body": part, "more_body": True}
