"""Normalize attendee names into searchable words."""

import itertools
import re
import unicodedata

from bashi.core import limits
from bashi.core.folding import APOSTROPHES, fold

_LETTERS = ("L", "M", "N")
_PARTICLE_CHARS = 3
"""O, Mc, De, St: people write them apart from what follows, or together with it."""
_HUMP = re.compile(r"(?<=[^\W\d_])(?=[A-Z][a-z])")
_APOSTROPHE = re.compile(f"[{re.escape(''.join(sorted(APOSTROPHES)))}]")


def words_of(name: str) -> list[str]:
    """What the index keeps of a name: each word once, without accents and case, the first few.

    José is found by "jose", D'Souza by "dsouza" and "souza", Anne-Marie by "annemarie" and "marie",
    Mc Donald by "mcdonald", McDonald by "donald".
    """
    pieces = name.split()
    whole = [_letters(fold(piece)).replace(" ", "") for piece in pieces]
    joined = [
        first + second
        for first, second in itertools.pairwise(whole)
        if 0 < len(first) <= _PARTICLE_CHARS
    ]
    parts = _letters(fold(_HUMP.sub(" ", _APOSTROPHE.sub(" ", name)))).split()
    words = (word[: limits.NAME_WORD_CHARS] for word in (*whole, *parts, *joined) if word)
    return list(dict.fromkeys(words))[: limits.NAME_WORDS]


def typed_words(text: str) -> list[str]:
    """The beginnings that must all be found. One that begins another is found with it."""
    typed = _letters(fold(text)).split()
    words = list(dict.fromkeys(word[: limits.NAME_WORD_CHARS] for word in typed))
    return [
        word
        for word in words
        if not any(other.startswith(word) for other in words if other != word)
    ][: limits.SEARCH_WORDS]


def _letters(folded: str) -> str:
    return "".join(sign if unicodedata.category(sign)[0] in _LETTERS else " " for sign in folded)
