"""Write down which characters the bundled fonts can draw, so that the product need not parse them.

python -m tools.fonts     # after a change of a file in bashi/render/fonts
"""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "bashi" / "render" / "fonts"
COVERAGE = FONTS / "coverage.json"


def coverage(path: Path) -> tuple[str, list[int]]:
    """The family's name; first and last character of each range that it draws, in one list."""
    with TTFont(path, lazy=True) as font:
        family = str(font["name"].getBestFamilyName())
        points = sorted(font.getBestCmap())
    ends: list[int] = []
    for point in points:
        if ends and ends[-1] == point - 1:
            ends[-1] = point
        else:
            ends += [point, point]
    return family, ends


def bundled() -> dict[str, list[int]]:
    """Of each family the characters that both its weights have."""
    found = [coverage(path) for path in sorted(FONTS.glob("*-Regular.ttf"))]
    return dict(found)


if __name__ == "__main__":
    lines = [f"  {json.dumps(name)}: {json.dumps(ends)}" for name, ends in bundled().items()]
    COVERAGE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
