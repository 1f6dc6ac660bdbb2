"""Covers by Cloudflare Images: it turns them upright, applies their color profile and leaves their
metadata out by itself.

Source: https://developers.cloudflare.com/images/optimization/features/#metadata
"""

from collections.abc import Mapping
from typing import Any

import js
import structlog
from pyodide.ffi import JsException, to_js

from bashi.core.errors import Invalid
from bashi.core.events import cover_rules as rules
from bashi.engines.workers.javascript import octets

log = structlog.get_logger()

_FORMATS = tuple(f"image/{name.lower()}" for name in rules.FORMATS)
_USED_UP = 9422
"""https://developers.cloudflare.com/images/pricing/#images-free"""

_USED_UP_WORDS = (
    "This site has made as many pictures this month as it may. Its operator can allow more."
)


class WorkersImages:
    def __init__(self, binding: Any) -> None:
        self._binding = binding

    async def cover(self, upload: bytes) -> Mapping[int, bytes]:
        """Raises besides what the port says `images_used_up`: no more this month."""
        rules.check_bytes(upload)
        original = js.Blob.new(to_js([octets(upload)]))
        try:
            told = await self._binding.info(original.stream())
            if told["format"] not in _FORMATS:
                raise rules.unreadable()
            rules.check_size(told["width"], told["height"])
            return {width: await self._webp(original, width) for width in rules.WIDTHS}
        except JsException as error:
            # Its codes do not tell an unreadable picture from a failure of its own.
            log.warning("picture_refused", reason=str(error))
            if getattr(error, "code", None) == _USED_UP:
                raise Invalid("images_used_up", _USED_UP_WORDS) from error
            raise rules.unreadable() from error

    async def _webp(self, original: Any, width: int) -> bytes:
        image = self._binding.input(original.stream())
        image = image.transform({"width": width, "fit": "scale-down"})
        made = await image.output(
            {
                "format": "image/webp",
                "quality": rules.WEBP_QUALITY,
                "background": "#ffffff",
                "anim": False,
            }
        )
        content: bytes = await made.response().bytes()
        return content
