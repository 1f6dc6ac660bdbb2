"""Text in a box of a ticket: shaped, wrapped, shrunk to fit, in two scripts at once."""

import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

LATIN = "NotoSans"
BENGALI = "NotoSansBengali"
_MM_PER_POINT = 25.4 / 72
_LINE_HEIGHT = 1.32
"""Of the size; Bengali's signs above and below need more than Latin's."""
_STEP_POINTS = 0.5

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """Millimetres from the page's upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Style:
    points: float
    smallest_points: float
    color: Color
    bold: bool = False
    align: str = "L"


def load_fonts(pdf: "FPDF") -> None:
    """Latin first; what it lacks comes from Bengali, whose conjuncts need the shaping engine."""
    folder = files("bashi.render") / "fonts"
    for family in (LATIN, BENGALI):
        for style, weight in (("", "Regular"), ("B", "Bold")):
            pdf.add_font(family, style, str(folder / f"{family}-{weight}.ttf"))
    pdf.set_fallback_fonts([BENGALI])
    pdf.set_text_shaping(use_shaping_engine=True)


def write(pdf: "FPDF", box: Box, text: str, style: Style) -> float:
    """Put `text` into the box, as large as the style allows. Returns its height."""
    clean = printable(text)
    points, lines = _fit(pdf, box, clean, style)
    pdf.set_font(LATIN, "B" if style.bold else "", points)
    pdf.set_text_color(*style.color)
    line_height = _line_height(points)
    for index, line in enumerate(lines):
        pdf.set_xy(box.x, box.y + index * line_height)
        # fpdf2 2.8.9 believes the font to be set after a line that began in the fallback font,
        # though that line's own state was restored behind it: emails would come out of the other.
        pdf.current_font_is_set_on_page = False
        pdf.cell(box.width, line_height, line, align=style.align)
    return len(lines) * line_height


def printable(text: str) -> str:
    """Without what no ticket font can draw (emoji, controls), in composed form, spaces single."""
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if unicodedata.category(sign) == "Cc" else sign
        for sign in composed
        if unicodedata.category(sign) not in ("So", "Sk", "Cs", "Co", "Cn")
        and sign not in "\ufe0e\ufe0f"
    )
    return " ".join("".join(kept).split())


def _line_height(points: float) -> float:
    return points * _MM_PER_POINT * _LINE_HEIGHT


def _fit(pdf: "FPDF", box: Box, text: str, style: Style) -> tuple[float, list[str]]:
    points = style.points
    while True:
        pdf.set_font(LATIN, "B" if style.bold else "", points)
        if pdf.get_string_width(text) <= box.width:
            return points, [text]  # most texts; breaking lines costs more than all the rest
        lines = _wrap(pdf, box.width, text)
        room = max(1, int(box.height / _line_height(points) + 1e-6))
        widest = max((pdf.get_string_width(word) for word in text.split()), default=0)
        if len(lines) <= room and widest <= box.width:
            return points, lines
        if points <= style.smallest_points:
            return points, _shortened(lines, room)
        # Sizes at which the widest word can't fit are not tried: each try costs milliseconds.
        at_most = points * min(1, box.width / widest if widest else 1)
        steps = max(1, int((points - at_most) / _STEP_POINTS))
        points = max(points - steps * _STEP_POINTS, style.smallest_points)


def _wrap(pdf: "FPDF", width: float, text: str) -> list[str]:
    lines = pdf.multi_cell(width, text=text, align="L", dry_run=True, output="LINES")
    return [line.strip() for line in lines] if isinstance(lines, list) else [text]


def _shortened(lines: list[str], room: int) -> list[str]:
    if len(lines) <= room:
        return lines
    return [*lines[: room - 1], lines[room - 1].rstrip(" ,.;:–-") + "…"]
