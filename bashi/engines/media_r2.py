"""Media in an R2 bucket."""

from typing import Any


class R2Media:
    def __init__(self, bucket: Any) -> None:
        self._bucket = bucket

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        """Durable when it returns."""
        await self._bucket.put(key, content, {"httpMetadata": {"contentType": content_type}})

    async def get(self, key: str) -> bytes | None:
        found = await self._bucket.get(key)
        return None if found is None else bytes(await found.arrayBuffer())

    async def delete(self, key: str) -> None:
        await self._bucket.delete(key)
