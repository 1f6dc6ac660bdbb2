"""Choose the fonts for the scripts of a text, and mark visibly what no font can draw."""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

MARK = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that no font has, so that no field is ever empty."""

MAIN = ("Noto Sans", "Noto Sans Bengali")
"""Tried first, in this order: Latin, Greek, Cyrillic and common signs; Bengali and the danda."""

_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))
_KANA = ((0x3041, 0x30FF), (0xFF65, 0xFF9F))
_HAN = ((0x3000, 0x3029), (0x3105, 0x312F), (0x3400, 0x4DB5), (0x4E00, 0x9FA5), (0xFF01, 0xFF5E))
_CJK = (*_HANGUL, *_KANA, *_HAN)
_EAST_ASIAN = {
    "KR": ("Noto Sans CJK KR", "Noto Sans KR"),
    "JP": ("Noto Sans CJK JP", "Noto Sans JP"),
    "SC": ("Noto Sans CJK SC", "Noto Sans SC"),
    "TC": ("Noto Sans CJK TC", "Noto Sans TC"),
}
"""Optional: these faces take 30 MB. Each draws all of _CJK in its own country's forms, but the
second names of KR, JP and TC, whose files leave out characters that are rare there."""


def fonts(texts: Iterable[str], optional: frozenset[str] = frozenset()) -> list[str]:
    """Families that draw `texts`, in the order to try. `optional`: families that are installed."""
    signs: set[str] = set().union(*texts)
    needed = {family for sign in signs if (family := _family(sign)) is not None}
    east_asian = [_regional(signs, optional)] if any(_is_cjk(sign) for sign in signs) else []
    bundled = [name for name in _coverage() if name in needed or name == MAIN[0]]
    return bundled + [name for names in east_asian for name in names]


def drawable(text: str, optional: frozenset[str] = frozenset()) -> str:
    """In composed form with single spaces, MARK for each cluster that no font can draw."""
    cjk = any(optional.intersection(names) for names in _EAST_ASIAN.values())
    drawn: list[str] = []
    missing = joined = False
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if category == "Cc" or sign.isspace():
            drawn.append(" ")
            missing = False
        elif sign in _JOINERS or category == "Cf":
            joined = missing and sign in _JOINERS
            if sign in _JOINERS and not missing:
                drawn.append(sign)
        elif _family(sign) is not None or (cjk and _is_cjk(sign)):
            drawn.append(sign)
            missing = False
        elif category == "Mn" and "\ufe00" <= sign <= "\ufe0f":
            continue  # how to draw the sign before it: as text, or as a picture
        elif not (missing and (joined or category in ("Mn", "Mc", "Me", "Sk"))):
            drawn.append(MARK)
            missing = True
    return " ".join("".join(drawn).split())


@lru_cache(8192)
def _family(sign: str) -> str | None:
    point = ord(sign)
    return next((name for name, ends in _coverage().items() if _within(ends, point)), None)


def _within(ends: Sequence[int], point: int) -> bool:
    before = bisect_right(ends, point)
    return before % 2 == 1 or (before > 0 and ends[before - 1] == point)


@cache
def _coverage() -> dict[str, list[int]]:
    """By family, MAIN first: first and last character of each range (tools/fonts.py)."""
    content = (files("bashi.render") / "fonts" / "coverage.json").read_text()
    found: dict[str, list[int]] = json.loads(content)
    return {name: found[name] for name in sorted(found, key=lambda name: name not in MAIN)}


def _is_cjk(sign: str) -> bool:
    return _is_in(_CJK, sign)


def _is_in(ranges: Sequence[tuple[int, int]], sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in ranges)


def _regional(signs: set[str], optional: frozenset[str]) -> list[str]:
    """Han characters have national forms: those of the language that kana or Hangul give away."""
    first = "SC"
    if any(_is_in(_KANA, sign) for sign in signs):
        first = "JP"
    elif any(_is_in(_HANGUL, sign) for sign in signs):
        first = "KR"
    regions = (first, *(region for region in ("SC", "TC", "JP", "KR") if region != first))
    return [name for region in regions for name in _EAST_ASIAN[region] if name in optional]
