"""The Http port over real sockets."""

import asyncio

import pytest

from bashi.core.ports import HttpFailed
from bashi.engines.http_httpx import HttpxHttp
from tests.support.server import free_port


async def test_an_answer_that_never_ends_is_none() -> None:
    """Each piece of it comes in time."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while not gone.is_set():
            writer.write(b".")
            await asyncio.sleep(0.1)
        writer.close()
        closed.set()

    gone, closed, port = asyncio.Event(), asyncio.Event(), free_port()
    async with await asyncio.start_server(drip, "127.0.0.1", port), HttpxHttp() as http:
        with pytest.raises(HttpFailed) as caught:
            async with asyncio.timeout(10):
                await http.request("GET", f"http://127.0.0.1:{port}/", {}, None, 1)
        gone.set()
        await closed.wait()
    assert caught.value.sent
