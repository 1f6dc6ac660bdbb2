"""docs/engines.md as the suite reads it: what may differ between engines, and nothing else may."""

from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"
ENGINES = slice(1, -1)  # between the columns "what" and "why"


def differences(engine: str) -> Mapping[str, str]:
    """What stands in this engine's column, by the first column's words."""
    header, _, *rows = _table()
    place = header.index(engine)
    return {row[0].strip("`"): row[place].strip("`") for row in rows}


def engines() -> list[str]:
    return _table()[0][ENGINES]


def _table() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
