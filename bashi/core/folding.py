"""Fold text for searches: without case, accents, and the many forms of one sign."""

import unicodedata

_ACCENTS = range(200, 241)
"""Combining classes of marks above, below and through a letter. No vowel sign, nukta or hasanta of
Bangla is among them: without those it would be another name. Source: UAX #44, table 15."""
_INVISIBLE = "Cf"  # joiners, which some keyboards put into Bangla and others don't
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i",
        "æ": "ae", "œ": "oe", "þ": "th", "ƒ": "f", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ə": "e",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, in lower case, as people without them type them."""
APOSTROPHES = frozenset(
    "'\u2018\u2019\u201b`\u00b4\u02b9\u02bb\u02bc\u02bd\u02bf\u02c8\u2032\uff07"
)
"""Also those that are letters or accents to Unicode; U+00B4 and U+FF07 before they are folded."""
_DASHES = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"
)


def fold(text: str) -> str:
    """`fold("Durga’s  CAFÉ")` is "durgas cafe". Apostrophes go, other signs stay."""
    plain = "".join(sign for sign in text if sign not in APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    kept = "".join(sign for sign in decomposed if not _dropped(sign))
    return " ".join(kept.translate(_LETTERS).translate(_DASHES).split())


def _dropped(sign: str) -> bool:
    return unicodedata.category(sign) == _INVISIBLE or unicodedata.combining(sign) in _ACCENTS
