"""Media in an R2 bucket."""

from typing import Any

from bashi.engines.media_keys import checked, valid


class R2Media:
    def __init__(self, bucket: Any) -> None:
        self._bucket = bucket

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        """Durable when it returns. Raises ValueError: see media_keys.py."""
        kept = {"httpMetadata": {"contentType": content_type}}
        await self._bucket.put(checked(key), content, kept)

    async def get(self, key: str) -> bytes | None:
        if not valid(key):
            return None
        found = await self._bucket.get(key)
        return None if found is None else bytes(await found.arrayBuffer())

    async def delete(self, key: str) -> None:
        await self._bucket.delete(checked(key))
