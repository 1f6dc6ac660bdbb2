"""Media store in an R2 bucket."""

from collections.abc import Awaitable
from typing import Any

from pyodide.ffi import JsException

from bashi.core.ports import MediaUnavailable
from bashi.engines.media.keys import checked, valid


class R2Media:
    def __init__(self, bucket: Any) -> None:
        self._bucket = bucket

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        """Durable when it returns. Raises ValueError (see media_keys.py), MediaUnavailable."""
        kept = {"httpMetadata": {"contentType": content_type}}
        await _answer(self._bucket.put(checked(key), content, kept))

    async def get(self, key: str) -> bytes | None:
        """None for what isn't there, and for keys that can't be. Raises MediaUnavailable."""
        if not valid(key):
            return None
        found = await _answer(self._bucket.get(key))
        return None if found is None else bytes(await _answer(found.arrayBuffer()))

    async def delete(self, key: str) -> None:
        """Raises ValueError, MediaUnavailable."""
        await _answer(self._bucket.delete(checked(key)))


async def _answer(asked: Awaitable[Any]) -> Any:
    try:
        return await asked
    except JsException as error:
        raise MediaUnavailable(f"R2: {error}") from error
