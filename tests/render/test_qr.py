import io
import re

import zxingcpp
from PIL import Image

from bashi.render import qr
from tests.render.facts import ticket

LINK = ticket().link


def test_png_reads_back() -> None:
    with Image.open(io.BytesIO(qr.png(LINK))) as image:
        assert image.mode == "1"
        assert [code.text for code in zxingcpp.read_barcodes(image.convert("L"))] == [LINK]


def test_svg_scales_and_keeps_its_quiet_zone() -> None:
    svg = qr.svg(LINK)
    assert svg.startswith("<svg ")
    assert " width=" not in svg
    assert "class" not in svg
    side = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    assert (side - 2 * 4 - 17) % 4 == 0  # 17 + 4 modules a version, and 4 of white on each side
    assert f'fill="#fff" d="M0 0h{side}v{side}h-{side}z"' in svg
    assert 'stroke="#000" d="M4 4.5h7' in svg
