"""QR codes, as vector for pages and as pixels for documents."""

from functools import lru_cache
from itertools import groupby

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


def runs(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Modules a side, quiet zone included, and each horizontal run of dark ones: (x, y, length)."""
    rows = [list(row) for row in _code(text).matrix_iter(border=_QUIET_ZONE)]
    found: list[tuple[int, int, int]] = []
    for y, row in enumerate(rows):
        x = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                found.append((x, y, length))
            x += length
    return len(rows), found
