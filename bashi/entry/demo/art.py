"""Draw the covers of the demo's events, after painted alpona."""

import io
from collections.abc import Iterator
from math import cos, pi, sin

from PIL import Image, ImageDraw
from PIL.ImageDraw import ImageDraw as Pen

WIDTH, HEIGHT = 1920, 1080
FINAL = (1280, 720)
FULL = 2 * pi

Color = tuple[int, int, int]
GOLD: Color = (242, 182, 50)
CREAM: Color = (255, 246, 224)
CRIMSON: Color = (143, 18, 48)
MAROON: Color = (74, 8, 26)
VERMILION: Color = (214, 64, 28)
MARIGOLD: Color = (250, 168, 28)
SUN: Color = (255, 214, 92)
NIGHT: Color = (22, 20, 62)
INDIGO: Color = (74, 42, 120)
LEAF: Color = (46, 125, 72)
GRASS: Color = (98, 168, 84)
SKY: Color = (142, 206, 232)
TEAL: Color = (16, 110, 118)


def durga(size: tuple[int, int] = FINAL) -> bytes:
    picture = _sky(MAROON, VERMILION)
    pen = ImageDraw.Draw(picture)
    _mandala(pen, 960, 540, 470, (GOLD, CREAM, MARIGOLD))
    for offset in (-780, 780):
        _mandala(pen, 960 + offset, 540, 230, (MARIGOLD, GOLD, CREAM))
    _eye(pen, 960, 540, 150)
    _border(pen, GOLD)
    return _webp(picture, size)


def boishakh(size: tuple[int, int] = FINAL) -> bytes:
    picture = _sky(VERMILION, SUN)
    pen = ImageDraw.Draw(picture)
    for turn in _turns(40):
        _petal(pen, (960, 1080), turn, (380, 1500), 26, MARIGOLD)
    _disc(pen, 960, 1080, 400, CRIMSON)
    _mandala(pen, 960, 1080, 370, (CREAM, SUN, GOLD))
    for column, radius in ((250, 130), (1670, 130), (610, 90), (1310, 90)):
        _mandala(pen, column, 260 if radius > 100 else 190, radius, (CREAM, CRIMSON, CREAM))
    _border(pen, CREAM)
    return _webp(picture, size)


def saraswati(size: tuple[int, int] = FINAL) -> bytes:
    picture = _sky(TEAL, (226, 240, 226))
    pen = ImageDraw.Draw(picture)
    for radius in range(430, 60, -60):
        pen.arc(_box(960, 560, radius), 0, 360, fill=CREAM, width=6)
        _ring_of_dots(pen, 960, 560, radius + 26, 48, (6, SUN))
    for layer, (reach, color) in enumerate(((400, SUN), (320, CREAM), (240, MARIGOLD))):
        for step in range(-4 + layer, 5 - layer):
            turn = -pi / 2 + step * 0.34
            _petal(pen, (960, 880), turn, (30, reach), 62, color)
    for row in range(5):
        _wave(pen, 900 + row * 40, 16, (TEAL, (10, 84, 92))[row % 2])
    _border(pen, CREAM)
    return _webp(picture, size)


def picnic(size: tuple[int, int] = FINAL) -> bytes:
    picture = _sky(SKY, (250, 240, 206))
    pen = ImageDraw.Draw(picture)
    _mandala(pen, 1560, 270, 190, (SUN, MARIGOLD, SUN))
    _wave(pen, 700, 90, GRASS)
    _wave(pen, 820, 60, LEAF)
    _wave(pen, 940, 40, (30, 92, 54))
    for column in (220, 420, 1720):
        pen.rectangle((column - 14, 620, column + 14, 830), fill=(110, 72, 44))
        _disc(pen, column, 580, 60, LEAF)
        for turn in _turns(9):
            _petal(pen, (column, 580), turn, (20, 150), 56, LEAF)
    flags = (CRIMSON, GOLD, TEAL, VERMILION, CREAM)
    for place in range(20):
        x = place * 100
        y = 90 + 70 * sin(pi * place / 19)
        corners = [(x, y), (x + 84, y + 6), (x + 42, y + 92)]
        pen.polygon(corners, fill=flags[place % len(flags)])
    return _webp(picture, size)


def baul(size: tuple[int, int] = FINAL) -> bytes:
    picture = _sky(NIGHT, INDIGO)
    pen = ImageDraw.Draw(picture)
    for star in range(140):
        _disc(pen, star * 761 % WIDTH, star * 433 % 760, 2 + star % 3, CREAM)
    crescent = Image.new("L", picture.size)
    _disc(ImageDraw.Draw(crescent), 1470, 300, 170, 255)
    _disc(ImageDraw.Draw(crescent), 1400, 260, 160, 0)
    picture.paste(SUN, mask=crescent)
    _wave(pen, 900, 50, (44, 26, 78))
    _wave(pen, 990, 30, (30, 18, 56))
    for side in (-1, 1):
        pen.line((700, 190, 700 + side * 105, 760), fill=GOLD, width=22)
    pen.line((700, 200, 700, 820), fill=CREAM, width=5)
    pen.polygon([(570, 740), (830, 740), (790, 930), (610, 930)], fill=VERMILION)
    pen.ellipse((570, 700, 830, 780), fill=MARIGOLD)
    _ring_of_dots(pen, 700, 850, 46, 12, (7, CRIMSON))
    _disc(pen, 700, 190, 34, GOLD)
    for lamp, x in enumerate(range(980, 1900, 150)):
        _lamp(pen, x, 960 + 20 * (lamp % 2), 44)
    return _webp(picture, size)


def lamps(size: tuple[int, int] = FINAL) -> bytes:
    picture = _sky((18, 8, 30), CRIMSON)
    pen = ImageDraw.Draw(picture)
    _mandala(pen, 960, 430, 380, (GOLD, CRIMSON, MARIGOLD))
    for row, (y, count, reach) in enumerate(((760, 7, 62), (900, 9, 76), (1030, 11, 88))):
        gap = WIDTH / count
        for place in range(count):
            _lamp(pen, gap * (place + 0.5), y + row * 6, reach)
    return _webp(picture, size)


def _sky(top: Color, bottom: Color) -> Image.Image:
    shade = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    size = (WIDTH, HEIGHT)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), shade)


def _mandala(pen: Pen, x: float, y: float, reach: float, colors: tuple[Color, ...]) -> None:
    """Rings of petals and dots around a center, the heart of an alpona."""
    first, second, third = colors
    for turn in _turns(16):
        _petal(pen, (x, y), turn, (reach * 0.62, reach), reach * 0.09, first)
        _petal(pen, (x, y), turn, (reach * 0.68, reach * 0.92), reach * 0.045, third)
    _ring_of_dots(pen, x, y, reach * 1.04, 64, (reach * 0.014, second))
    pen.arc(_box(x, y, reach * 0.6), 0, 360, fill=second, width=max(2, int(reach * 0.018)))
    for turn in _turns(12):
        _petal(pen, (x, y), turn + FULL / 24, (reach * 0.3, reach * 0.56), reach * 0.07, second)
        _petal(pen, (x, y), turn + FULL / 24, (reach * 0.36, reach * 0.5), reach * 0.03, first)
    _ring_of_dots(pen, x, y, reach * 0.6, 48, (reach * 0.022, third))
    for turn in _turns(8):
        _petal(pen, (x, y), turn, (reach * 0.06, reach * 0.3), reach * 0.06, first)
    _disc(pen, x, y, reach * 0.08, second)


def _petal(
    pen: Pen,
    center: tuple[float, float],
    turn: float,
    reach: tuple[float, float],
    half_width: float,
    color: Color,
) -> None:
    """A leaf from one distance to another, pointing away from the center."""
    start, end = reach
    along, across = (cos(turn), sin(turn)), (-sin(turn), cos(turn))
    outline = []
    for step in range(25):
        share = step / 12 if step <= 12 else 2 - step / 12
        side = sin(pi * share**0.8) * half_width * (1 if step <= 12 else -1)
        away = start + (end - start) * share
        outline.append(
            (
                center[0] + along[0] * away + across[0] * side,
                center[1] + along[1] * away + across[1] * side,
            )
        )
    pen.polygon(outline, fill=color)


def _eye(pen: Pen, x: float, y: float, reach: float) -> None:
    _disc(pen, x, y, reach * 1.15, CRIMSON)
    for turn in (0.0, pi):
        _petal(pen, (x, y), turn, (-reach * 0.9, reach), reach * 0.42, CREAM)
    _disc(pen, x, y, reach * 0.36, MAROON)
    _disc(pen, x, y, reach * 0.14, GOLD)
    _disc(pen, x, y - reach * 0.78, reach * 0.12, VERMILION)


def _lamp(pen: Pen, x: float, y: float, reach: float) -> None:
    """A clay lamp with its flame."""
    for glow, color in ((1.0, (150, 56, 40)), (0.72, (196, 92, 40)), (0.45, (240, 150, 50))):
        _petal(pen, (x, y), -pi / 2, (reach * 0.1, reach * (0.5 + glow)), reach * 0.4 * glow, color)
    _petal(pen, (x, y), -pi / 2, (reach * 0.15, reach * 0.8), reach * 0.12, CREAM)
    box = (x - reach * 0.8, y - reach * 0.45, x + reach * 0.8, y + reach * 0.55)
    pen.chord(box, 0, 180, fill=MARIGOLD)
    pen.arc(box, 0, 180, fill=GOLD, width=max(2, int(reach * 0.08)))


def _border(pen: Pen, color: Color) -> None:
    """Arches and dots along the lower edge, as on the rim of a sari."""
    for x in range(0, WIDTH + 1, 80):
        pen.arc(_box(x, HEIGHT + 6, 58), 180, 360, fill=color, width=7)
        pen.arc(_box(x, HEIGHT + 6, 34), 180, 360, fill=color, width=5)
        _disc(pen, x + 40, HEIGHT - 62, 8, color)
        _disc(pen, x, HEIGHT - 14, 9, color)


def _wave(pen: Pen, y: float, swing: float, color: Color) -> None:
    crest = [(x, y + swing * sin(x / 230 + y)) for x in range(0, WIDTH + 20, 20)]
    pen.polygon([(0, HEIGHT), *crest, (WIDTH, HEIGHT)], fill=color)


def _ring_of_dots(
    pen: Pen, x: float, y: float, reach: float, count: int, dot: tuple[float, Color]
) -> None:
    radius, color = dot
    for turn in _turns(count):
        _disc(pen, x + reach * cos(turn), y + reach * sin(turn), radius, color)


def _disc(pen: Pen, x: float, y: float, radius: float, color: Color | int) -> None:
    pen.ellipse(_box(x, y, radius), fill=color)


def _box(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, x + radius, y + radius)


def _turns(count: int) -> Iterator[float]:
    return (FULL * step / count for step in range(count))


def _webp(picture: Image.Image, size: tuple[int, int]) -> bytes:
    """Drawn larger and made smaller, so that edges are smooth."""
    out = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(out, "WEBP", quality=95)
    return out.getvalue()
