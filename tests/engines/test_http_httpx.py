"""The Http port over real sockets."""

import asyncio
import ssl
from pathlib import Path

import pytest

from bashi.core.ports import HttpFailed
from bashi.engines.http_httpx import HttpxHttp
from tests.support.certificates import certify
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


@pytest.mark.parametrize("named", [True, False])
async def test_an_authority_of_the_operators_own_is_believed_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        writer.close()

    certify(tmp_path)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(tmp_path / "fullchain.pem", tmp_path / "privkey.pem")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    if named:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "fullchain.pem"))
    port = free_port()
    async with (
        await asyncio.start_server(answer, "127.0.0.1", port, ssl=own),
        HttpxHttp() as http,
    ):
        asked = http.request("GET", f"https://127.0.0.1:{port}/", {}, None, 10)
        if named:
            assert (await asked).status == 204
        else:
            with pytest.raises(HttpFailed):
                await asked
