"""In-process cache: bounded, with expiry, oldest entries evicted first."""

import time
from collections import OrderedDict


class MemoryCache:
    def __init__(self, entries_max: int = 20_000) -> None:
        self._entries: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._entries_max = entries_max
        self.hits = 0
        self.misses = 0

    async def get(self, key: str) -> bytes | None:
        found = self._entries.get(key)
        if found is None or found[0] < time.monotonic():
            self.misses += 1
            return None
        self.hits += 1
        return found[1]

    async def put(self, key: str, value: bytes, ttl_seconds: int) -> None:
        self._entries[key] = (time.monotonic() + ttl_seconds, value)
        self._entries.move_to_end(key)
        if len(self._entries) > self._entries_max:
            self._entries.popitem(last=False)

    async def delete(self, key: str) -> None:
        self._entries.pop(key, None)
