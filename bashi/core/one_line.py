"""One-line text for people to read: composed, trimmed, without characters that nobody sees.

Sources: UAX #9 §2.7 and UTS #39 §5.4 (marks) of Unicode; UAX #31 §2.3 for the two joiners, which
Bangla needs beside its hasanta (র‍্যাব has U+200D before it, ক্‌ U+200C after it).
"""

import unicodedata

MARKS_IN_A_ROW_MAX = 4  # UTS #39 §5.4: no language stacks more; they are drawn over neighbors
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_VIRAMA_CLASS = 9
_JOINING_SCRIPTS = ("ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "MANDAIC", "ADLAM")
_BLANK = frozenset("\u2800\u115f\u1160\u3164\uffa0\ufffc\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
"""Drawn as nothing, though their categories are those of letters, symbols and marks."""
_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Signs that enclose numbers: format characters by category only."""


class Unreadable(ValueError):
    """`code` as in docs/errors.md; the sentence says what to do."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def one_line(text: str) -> str:
    """The text as it is stored: NFC, single spaces, what is invisible left out.

    Raises Unreadable when nothing is left that a reader would see, and for controls and piles of
    accents, which are no slip of a keyboard.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if words.isascii() and words.isprintable() and any(map(str.isalnum, words)):
        return words  # most names, which the rest would look at sign by sign for as long as a write
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") for sign in words):
        raise Unreadable("invisible_characters", "Please write visible characters only.")
    line = " ".join(without_invisible(words).split())
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in line):
        raise Unreadable("invisible_characters", "Please write visible characters only.")
    _check_marks(line)
    return line


def without_invisible(text: str) -> str:
    """The same for text of any length, whose lines and spaces stay."""
    kept: list[str] = []
    for position, sign in enumerate(text):
        before = kept[-1] if kept else " "
        after = text[position + 1] if position + 1 < len(text) else " "
        if _belongs(sign, before, after):
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def _belongs(sign: str, before: str, after: str) -> bool:
    if sign in (_ZWNJ, _ZWJ):
        return _joins(sign, before, after)
    if sign in _BLANK or _is_reserved(sign):
        return False
    if _selects_a_variation(sign):
        return unicodedata.category(before)[0] in "LNSP"
    if before.isspace() and unicodedata.category(sign) in ("Mn", "Me"):
        return False  # without a letter of its own, it would sit on somebody else's
    return unicodedata.category(sign) != "Cf" or sign in _VISIBLE_FORMATS


def _joins(sign: str, before: str, after: str) -> bool:
    """Where the joiner changes what is drawn: at a virama, in cursive scripts, between emoji."""
    if _is_virama(before) or (_is_virama(after) and unicodedata.category(before)[0] == "L"):
        return True
    if sign == _ZWJ and unicodedata.category(after) == "So":
        return unicodedata.category(before) in ("So", "Sk") or _selects_a_variation(before)
    return _is_cursive(before) and _is_cursive(after)


def _is_virama(sign: str) -> bool:
    return unicodedata.combining(sign) == _VIRAMA_CLASS


def _is_cursive(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM" and unicodedata.name(sign, "").startswith(
        _JOINING_SCRIPTS
    )


def _is_reserved(sign: str) -> bool:
    """Ignorable by default or no character, though unassigned so far."""
    if sign == "\u2065" or "\ufff0" <= sign <= "\ufff8" or "\ufdd0" <= sign <= "\ufdef":
        return True
    if "\U000e0000" <= sign <= "\U000e0fff":
        return not _selects_a_variation(sign)
    return ord(sign) & 0xFFFE == 0xFFFE


def _selects_a_variation(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _check_marks(line: str) -> None:
    """Decomposed, since é is a letter with one mark as much as e and its accent are."""
    row: list[str] = []
    for sign in unicodedata.normalize("NFD", line):
        if unicodedata.category(sign) not in ("Mn", "Me"):
            row = []
            continue
        row.append(sign)
        if len(row) > MARKS_IN_A_ROW_MAX or row[-2:] == [sign, sign]:
            raise Unreadable("piled_accents", "Please write fewer accents on one letter.")
