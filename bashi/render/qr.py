"""QR codes: what stands on a ticket, as a vector for pages and as pixels for documents."""

import io
from functools import lru_cache

import segno

_QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004)."""


_MASK = 2
"""Any of the eight reads as well on a signed link, whose signs are as good as random; choosing the
best takes ten times as long as all the rest (28 ms), which a page of tickets multiplies."""


@lru_cache(maxsize=256)
def _code(text: str) -> segno.QRCode:
    # Level M survives a scratched screen; a higher one would make a long link's modules tiny.
    return segno.make_qr(text, error="m", boost_error=False, mask=_MASK)


@lru_cache(maxsize=1024)
def svg(text: str) -> str:
    """An <svg> element without width and height, black on white, for a page to size."""
    return _code(text).svg_inline(
        border=_QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )


def png(text: str, pixels_per_module: int = 8) -> bytes:
    """A black and white PNG of one bit a pixel, quiet zone included."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=pixels_per_module, border=_QUIET_ZONE)
    return out.getvalue()
