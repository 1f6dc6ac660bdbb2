"""A network before PostgreSQL that loses the connection at the worst moment."""

import asyncio
from contextlib import suppress
from enum import StrEnum

from tests.support.relay import CHUNK_BYTES, Relay

COMMIT = b"COMMIT\x00"  # as it is asked, and as it is confirmed


class Cut(StrEnum):
    BEFORE = "before COMMIT arrives"
    AFTER = "after COMMIT is done, before that is told"


class Lossy(Relay):
    """Set `cut` for the next COMMIT of any connection; it is None again once that was done."""

    cut: Cut | None = None

    async def forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._copy(reader, writer, Cut.BEFORE)

    async def back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._copy(reader, writer, Cut.AFTER)

    async def _copy(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: Cut
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                if self.cut is cut and COMMIT in data:
                    self.cut = None
                    raise ConnectionLost
                writer.write(data)
                await writer.drain()
        writer.close()


class ConnectionLost(Exception):
    """Both directions end with it."""
