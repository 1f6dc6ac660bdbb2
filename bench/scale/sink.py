"""python -m bench.scale.sink PORT FILE: an SMTP server that takes everything and keeps the time.

In a process of its own. FILE gets a line for each email with a PDF in it: when it was taken
(seconds of this machine's monotonic clock), and for whom.
"""

import asyncio
import sys
from pathlib import Path
from time import monotonic
from typing import TextIO

from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.load import HOST


class Sink:
    def __init__(self, lines: TextIO) -> None:
        self._lines = lines

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content
        assert isinstance(content, bytes)
        if b"application/pdf" in content:
            self._lines.write(f"{monotonic()} {' '.join(envelope.rcpt_tos)}\n")
            self._lines.flush()
        return "250 OK"


async def _serve(port: int, lines: TextIO) -> None:
    sink = Sink(lines)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(sink), HOST, port)
    await server.serve_forever()


def main() -> None:
    port, file = sys.argv[1:]
    with Path(file).open("w", encoding="utf-8") as lines:
        asyncio.run(_serve(int(port), lines))


if __name__ == "__main__":
    main()
