"""python -m bench.scale.sink PORT FILE: an SMTP server that takes everything and keeps the time.

In a process of its own, and as little work as an SMTP server can be: a real one is on another
machine. FILE gets a line for each email with a PDF in it: when it was taken (seconds of this
machine's monotonic clock), and for whom.
"""

import asyncio
import sys
from pathlib import Path
from time import monotonic
from typing import TextIO

from bench.load import HOST

END = b"\r\n.\r\n"


class _Session(asyncio.Protocol):
    """RFC 5321, of one client that makes no mistakes."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._got = bytearray()
        self._recipient = ""
        self._reads_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._got.endswith(END if self._reads_data else b"\r\n"):  # it waits for each answer
            whole = bytes(self._got)
            self._got.clear()
            self._transport.write(self._taken(whole) if self._reads_data else self._told(whole))

    def _taken(self, email: bytes) -> bytes:
        self._reads_data = False
        if b"application/pdf" in email:
            self._lines.write(f"{monotonic()} {self._recipient}\n")
            self._lines.flush()
        return b"250 OK\r\n"

    def _told(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"RCPT":
            self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
        self._reads_data = verb == b"DATA"
        if self._reads_data:
            return b"354 go on\r\n"
        return b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n"


async def _serve(port: int, lines: TextIO) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Session(lines), HOST, port)
    await server.serve_forever()


def main() -> None:
    port, file = sys.argv[1:]
    with Path(file).open("w", encoding="utf-8") as lines:
        asyncio.run(_serve(int(port), lines))


if __name__ == "__main__":
    main()
