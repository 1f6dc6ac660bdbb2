"""Attendees' words in a statement: the one it goes along, and others of the same ticket."""

from collections.abc import Sequence

from bashi.core import limits

OTHER = "SELECT 1 FROM attendee_word x WHERE x.ticket_id = w.ticket_id"
_BEGINS = "{0}.word >= CAST(:{1} AS TEXT) AND {0}.word < CAST(:beyond_{1} AS TEXT)"
BEGINS = _BEGINS.format("w", "word")
"""Of `attendee_word w`, by `beginning("word", …)`."""
OTHERS = "".join(
    f" AND (CAST(:other_{n} AS TEXT) IS NULL"
    f" OR EXISTS ({OTHER} AND {_BEGINS.format('x', f'other_{n}')}))"
    for n in range(1, limits.SEARCH_WORDS)
)


def beginning(name: str, word: str | None) -> dict[str, str | None]:
    """Every word that begins with this one."""
    return {name: word, f"beyond_{name}": None if word is None else word + "\U0010ffff"}


def others(words: Sequence[str]) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    for n in range(1, limits.SEARCH_WORDS):
        values |= beginning(f"other_{n}", words[n - 1] if n <= len(words) else None)
    return values
