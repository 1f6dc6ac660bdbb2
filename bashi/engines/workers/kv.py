"""Workers KV as a Cache, behind a small one in this isolate.

KV keeps nothing for less than a minute and shows a change up to a minute late, so what lives
shorter stays in the isolate; one key takes one write a second.
Source: https://developers.cloudflare.com/kv/platform/limits/
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from pyodide.ffi import JsException

from bashi.engines.cache_memory import MemoryCache

log = structlog.get_logger()

KV_SECONDS_MIN = 60
KV_KEY_BYTES = 512
NEAR_ENTRIES = 2_000
WRITE_EVERY_SECONDS = 1.0


class WorkersCache:
    def __init__(self, binding: Any, seconds: Callable[[], float] = time.monotonic) -> None:
        self._binding = binding
        self._seconds = seconds
        self._near = MemoryCache(NEAR_ENTRIES)
        self._short: set[str] = set()
        self._written: dict[str, float] = {}

    async def get(self, key: str) -> bytes | None:
        found = await self._near.get(key)
        if found is not None or _kind(key) in self._short:
            return found
        if len(key.encode()) > KV_KEY_BYTES:
            return None  # asked for by somebody who made up an address; KV would fail
        stored = await self._read(key)
        if stored is None:
            return None
        value = bytes(stored)
        await self._near.put(key, value, KV_SECONDS_MIN)
        return value

    async def _read(self, key: str) -> Any:
        """None too while KV does not answer."""
        try:
            return await self._binding.get(key, "arrayBuffer")
        except JsException as error:
            log.warning("cache_not_read", reason=str(error))
            return None

    async def put(self, key: str, value: bytes, ttl_seconds: int) -> None:
        await self._near.put(key, value, min(ttl_seconds, KV_SECONDS_MIN))
        if ttl_seconds < KV_SECONDS_MIN:
            self._short.add(_kind(key))
        elif not self._wait_seconds(key):
            await self._write(key, self._binding.put(key, value, {"expirationTtl": ttl_seconds}))

    async def delete(self, key: str) -> None:
        await self._near.delete(key)
        if _kind(key) not in self._short:
            await asyncio.sleep(self._wait_seconds(key))  # unlike a put, it can't be left out
            await self._write(key, self._binding.delete(key))

    def _wait_seconds(self, key: str) -> float:
        """Until the key may be written again."""
        begin = self._seconds() - WRITE_EVERY_SECONDS
        self._written = {name: at for name, at in self._written.items() if at > begin}
        return self._written.get(key, begin) - begin

    async def _write(self, key: str, writing: Awaitable[None]) -> None:
        """Another isolate may have been first within the second. Who asks a cache allows for it."""
        self._written[key] = self._seconds()
        try:
            await writing
        except JsException as error:
            log.warning("cache_not_written", reason=str(error))


def _kind(key: str) -> str:
    """Keys of one kind, `kind:…`, live equally long."""
    return key.partition(":")[0]
