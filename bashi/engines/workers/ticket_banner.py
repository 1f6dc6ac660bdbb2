"""The strip of a cover on top of tickets, by Cloudflare Images.

Made once for many emails: what Images makes is counted, and paid for.
"""

from hashlib import sha256
from typing import Any

import js
import structlog
from pyodide.ffi import JsException, to_js

from bashi.core.limits import CACHE_STATIC_SECONDS
from bashi.core.ports import Cache
from bashi.engines.workers.javascript import octets

log = structlog.get_logger()

_JPEG_QUALITY = 82


class WorkersBanner:
    def __init__(self, binding: Any, cache: Cache) -> None:
        self._binding = binding
        self._cache = cache

    async def cut(self, picture: bytes, width: int, height: int) -> bytes | None:
        """The middle of a picture as a JPEG of exactly `width` x `height` pixels, or None when it
        can't be made now: a ticket without a picture is better than none."""
        key = f"strip:{sha256(picture).hexdigest()}:{width}x{height}"
        kept = await self._cache.get(key)
        if kept is not None:
            return kept
        try:
            made = await self._make(picture, width, height)
        except JsException as error:
            log.warning("strip_not_made", reason=str(error))
            return None
        await self._cache.put(key, made, CACHE_STATIC_SECONDS)
        return made

    async def _make(self, picture: bytes, width: int, height: int) -> bytes:
        image = self._binding.input(js.Blob.new(to_js([octets(picture)])).stream())
        image = image.transform({"width": width, "height": height, "fit": "cover"})
        made = await image.output({"format": "image/jpeg", "quality": _JPEG_QUALITY})
        content: bytes = (await made.response().bytes()).to_bytes()
        return content
