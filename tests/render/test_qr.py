import re

import pytest
from PIL import Image

from bashi.render import qr
from tests.render.facts import ticket
from tests.support.qr_reader import read_qr_codes

LINK = ticket().link


def test_runs_read_back() -> None:
    side, runs = qr.runs(LINK)
    image = Image.new("L", (side, side), 255)
    for x, y, length in runs:
        image.paste(0, (x, y, x + length, y + 1))
    large = image.resize((side * 8, side * 8), Image.Resampling.NEAREST)
    assert [code.text for code in read_qr_codes(large)] == [LINK]


def test_svg_scales_and_keeps_its_quiet_zone() -> None:
    svg = qr.svg(LINK)
    assert svg.startswith("<svg ")
    assert " width=" not in svg
    assert "class" not in svg
    side = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    assert (side - 2 * 4 - 17) % 4 == 0  # 17 + 4 modules a version, and 4 of white on each side
    assert f'fill="#fff" d="M0 0h{side}v{side}h-{side}z"' in svg
    assert 'd="M4 4h7v1h-7z' in svg


@pytest.mark.parametrize("where", ["server", "edge"])
def test_a_ticket_s_code_is_small_on_every_engine(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Version 7 has 45 modules a side: 1.3 mm each on a ticket, and 8 at the size of a phone."""
    site = "https://tickets.of.example.org"
    assert len(site) == 30
    link = f"{site}/t/#3{'28471' * 41}93"
    monkeypatch.setattr(qr, "_has_zxing", lambda: where == "server")
    qr.svg.cache_clear()
    side, _ = qr.runs(link)
    assert side == 45 + 2 * 4
    assert read(link) == [(link, "M")]


def read(text: str) -> list[tuple[str, str]]:
    """What a scanner reads, and the code's level."""
    side, runs = qr.runs(text)
    image = Image.new("L", (side, side), 255)
    for x, y, length in runs:
        image.paste(0, (x, y, x + length, y + 1))
    large = image.resize((side * 8, side * 8), Image.Resampling.NEAREST)
    return [(code.text, code.ec_level) for code in read_qr_codes(large)]
