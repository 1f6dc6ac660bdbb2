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
    _next: Cut | None = None

    def lose(self, cut: Cut) -> None:
        """The connection of the next COMMIT, whosever it is."""
        self._next = cut

    @property
    def lost(self) -> bool:
        return self._next is None

    async def forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._copy(reader, writer, Cut.BEFORE)

    async def back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._copy(reader, writer, Cut.AFTER)

    async def _copy(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: Cut
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                if self._next is cut and COMMIT in data:
                    self._next = None
                    raise ConnectionLost
                writer.write(data)
                await writer.drain()
        writer.close()


class ConnectionLost(Exception):
    """Both directions end with it."""
