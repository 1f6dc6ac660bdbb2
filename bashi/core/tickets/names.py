"""Normalize attendee names into searchable words."""

import unicodedata

from bashi.core import limits

_ACCENTS = range(200, 241)
"""Combining classes of marks above, below and through an email. No vowel sign, nukta or hasanta of
Bangla is among them: without those it would be another name. Source: UAX #44, table 15."""
_EMAILS = ("L", "M", "N")
_INVISIBLE = "Cf"  # joiners, which some keyboards put into Bangla and others don't


def words_of(name: str) -> list[str]:
    """Each once, without accents and case, the first few of them: José is found by "jose"."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    spaced = "".join(map(_kept, folded))
    words = (word[: limits.NAME_WORD_CHARS] for word in spaced.split())
    return list(dict.fromkeys(words))[: limits.NAME_WORDS]


def typed_words(text: str) -> list[str]:
    """The beginnings that must all be found. One that begins another is found with it."""
    words = words_of(text)
    return [
        word
        for word in words
        if not any(other.startswith(word) for other in words if other != word)
    ][: limits.SEARCH_WORDS]


def _kept(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == _INVISIBLE or unicodedata.combining(sign) in _ACCENTS:
        return ""
    return sign if category[0] in _EMAILS else " "
