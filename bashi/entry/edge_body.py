"""Bodies at the edge: the platform lets 100 MB through, and its ASGI adapter keeps the whole of one
before the application may refuse it, in a Worker that has 128 MB."""

from typing import Any

from workers import Request


async def without_excess(request: Any, limit_bytes: int) -> Any:
    """The request, or the same with its body cut off behind the limit, where the application sees
    by the length, declared or counted, that it is too long."""
    if not request.body:
        return request
    declared = str(request.js_object.headers.get("content-length"))
    if declared.isdigit() and int(declared) <= limit_bytes:
        return request
    return Request(
        request.url,
        method=request.method,
        headers=request.js_object.headers,
        body=await _beginning(request.body, limit_bytes + 1),
    )


async def _beginning(stream: Any, size_bytes: int) -> bytes:
    reader = stream.getReader()
    taken = bytearray()
    while len(taken) < size_bytes:
        part = await reader.read()
        if part.done:
            return bytes(taken)
        taken += part.value.subarray(0, size_bytes - len(taken)).to_bytes()
    await reader.cancel()
    return bytes(taken)
