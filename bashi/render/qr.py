"""QR codes: a link that ends in a long number, as a vector for pages and documents.

The number is packed in numeric mode, 3.3 bits a digit, and what stands before it in byte mode.
"""

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any, cast

_QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004)."""
_MASK = 2
"""Any of the eight reads as well on a signed link, whose digits are as good as random; in Python,
choosing the best takes ten times as long as all the rest, which a page of tickets multiplies."""
_ENDS_IN_NUMBER = re.compile(r"(.+?)(\d{20,})", re.DOTALL)
_DARK = re.compile(b"\x01+")
_BYTE_MODE, _NUMERIC_MODE = 4, 1
_DARK_IS_ONE = bytes([1] + [0] * 255)
Run = tuple[int, int, int]


@lru_cache(maxsize=1024)
def svg(text: str) -> str:
    """An <svg> element without width and height, black on white, for a page to size."""
    side, dark = runs(text)
    drawn = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path d="{drawn}"/></svg>'
    )


def runs(text: str) -> tuple[int, list[Run]]:
    """Modules a side, quiet zone included, and each horizontal run of dark ones: (x, y, length)."""
    rows = _rows_of_zxing(text) if _has_zxing() else _rows_of_python(text)
    found = [
        (run.start(), y, run.end() - run.start())
        for y, row in enumerate(rows)
        for run in _DARK.finditer(row)
    ]
    return len(rows), found


@cache
def _has_zxing() -> bool:
    """Servers have; there is no wheel of it for the edge."""
    return find_spec("zxingcpp") is not None


def _rows_of_zxing(text: str) -> list[bytes]:
    """In half a millisecond, which Python takes four times as long for."""
    import zxingcpp  # noqa: PLC0415 - absent at the edge

    # Level M survives a scratched screen; a higher one would make a long link's modules tiny.
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=True)
    side, _ = image.shape
    flat = bytes(memoryview(image)).translate(_DARK_IS_ONE)
    return [flat[y * side : (y + 1) * side] for y in range(side)]


def _rows_of_python(text: str) -> list[bytes]:
    import segno  # noqa: PLC0415 - where the other is, this one is not needed

    ended = _ENDS_IN_NUMBER.fullmatch(text)
    parts = [(ended[1], _BYTE_MODE), (ended[2], _NUMERIC_MODE)] if ended else [(text, None)]
    # segno's encoder takes segments, which its annotation leaves out.
    code = segno.make_qr(cast(str, parts), error="m", boost_error=False, mask=_MASK)
    return [bytes(row) for row in code.matrix_iter(border=_QUIET_ZONE)]
