"""What a balancer does: each request goes to the next of the processes."""

from collections.abc import Iterator

import httpx

from tests.support.market import ONE_USE


class Spread(httpx.AsyncBaseTransport):
    """`turns` yields where each request goes. The Host header stays what the client wrote."""

    def __init__(self, turns: Iterator[str]) -> None:
        self._turns = turns
        self._inner = httpx.AsyncHTTPTransport(limits=ONE_USE)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        to = httpx.URL(next(self._turns))
        url = request.url.copy_with(scheme=to.scheme, host=to.host, port=to.port)
        sent = httpx.Request(
            request.method,
            url,
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(sent)

    async def aclose(self) -> None:
        await self._inner.aclose()
