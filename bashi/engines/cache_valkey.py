"""A cache that all processes of an installation share. Without Valkey it remembers nothing."""

from bashi.engines.valkey import ValkeyDown, ValkeyLink


class ValkeyCache:
    def __init__(self, link: ValkeyLink, prefix: str) -> None:
        """`prefix` names the installation and the version whose entries these are."""
        self._link = link
        self._prefix = prefix
        self.hits = 0
        self.misses = 0

    async def get(self, key: str) -> bytes | None:
        try:
            found: bytes | None = await self._link.ask(
                lambda: self._link.client.get(self._prefix + key)
            )
        except ValkeyDown:
            found = None
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
        return found

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
