"""Cache shared through Valkey. While Valkey is down it misses."""

from collections.abc import Sequence

from bashi.engines.group_queue import Lane
from bashi.engines.valkey.link import ValkeyDown, ValkeyLink

KEYS_MAX = 128  # to a question


class ValkeyCache:
    """Whoever reads while a question is under way shares the next one, never that one: an entry
    that was deleted before it was asked for is not found."""

    def __init__(self, link: ValkeyLink, prefix: str) -> None:
        """`prefix` names the installation and the version whose entries these are."""
        self._link = link
        self._prefix = prefix
        self._reads: Lane[str, bytes | None] = Lane(self._read, KEYS_MAX)
        self.hits = 0
        self.misses = 0

    async def get(self, key: str) -> bytes | None:
        found = await self._reads.submit(key)
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
        return found

    async def _read(self, keys: Sequence[str]) -> Sequence[bytes | Exception | None]:
        asked = list(dict.fromkeys(keys))
        try:
            found: list[bytes | None] = await self._link.ask(
                lambda: self._link.client.mget([self._prefix + key for key in asked])
            )
        except ValkeyDown:
            return [None] * len(keys)
        except Exception as error:  # noqa: BLE001 - the lane must answer everyone and live on
            return [error] * len(keys)
        by_key = dict(zip(asked, found, strict=True))
        return [by_key[key] for key in keys]

    async def put(self, key: str, value: bytes, ttl_seconds: int) -> None:
        try:
            await self._link.ask(
                lambda: self._link.client.set(self._prefix + key, value, ex=ttl_seconds)
            )
        except ValkeyDown:
            return

    async def delete(self, key: str) -> None:
        """An entry that a broken connection kept from being deleted ends with its time."""
        try:
            await self._link.ask(lambda: self._link.client.delete(self._prefix + key))
        except ValkeyDown:
            return
