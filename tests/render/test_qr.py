import re

import zxingcpp
from PIL import Image

from bashi.render import qr
from tests.render.facts import ticket

LINK = ticket().link


def test_runs_read_back() -> None:
    side, runs = qr.runs(LINK)
    image = Image.new("L", (side, side), 255)
    for x, y, length in runs:
        image.paste(0, (x, y, x + length, y + 1))
    large = image.resize((side * 8, side * 8), Image.Resampling.NEAREST)
    assert [code.text for code in zxingcpp.read_barcodes(large)] == [LINK]


def test_svg_scales_and_keeps_its_quiet_zone() -> None:
    svg = qr.svg(LINK)
    assert svg.startswith("<svg ")
    assert " width=" not in svg
    assert "class" not in svg
    side = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    assert (side - 2 * 4 - 17) % 4 == 0  # 17 + 4 modules a version, and 4 of white on each side
    assert f'fill="#fff" d="M0 0h{side}v{side}h-{side}z"' in svg
    assert 'stroke="#000" d="M4 4.5h7' in svg
