"""SQL fragments for prefix search over attendee names."""

from collections.abc import Sequence

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.ports import Ports

OTHER = "SELECT 1 FROM attendee_word x WHERE x.ticket_id = w.ticket_id"
_BEGINS = "{0}.word >= CAST(:{1} AS TEXT) AND {0}.word < CAST(:beyond_{1} AS TEXT)"
BEGINS = _BEGINS.format("w", "word")
"""Of `attendee_word w`, by `beginning("word", …)`."""
OTHERS = "".join(
    f" AND (CAST(:other_{n} AS TEXT) IS NULL"
    f" OR EXISTS ({OTHER} AND {_BEGINS.format('x', f'other_{n}')}))"
    for n in range(1, limits.SEARCH_WORDS)
)

THERE = " FROM attendee_word w WHERE w.event_id = :event AND "
# Event by event along the index of words; SQLite keeps to the order of a CROSS JOIN.
ANYWHERE = " FROM event a CROSS JOIN attendee_word w WHERE w.event_id = a.id AND "
_COMMON = Query(f"SELECT 1{ANYWHERE}{BEGINS} LIMIT 1 OFFSET :few", long=True)
_COMMON_THERE = Query(f"SELECT 1{THERE}{BEGINS} LIMIT 1 OFFSET :few", long=True)


async def rare(ports: Ports, words: Sequence[str], event_id: str | None, few: int) -> str | None:
    """The first word that no more than a few tickets have, at the event or at all of them."""
    there = {} if event_id is None else {"event": event_id}
    common = _COMMON_THERE if there else _COMMON
    for word in words:
        if not await ports.database.fetch(common(few=few, **beginning("word", word), **there)):
            return word
    return None


def beginning(name: str, word: str | None) -> dict[str, str | None]:
    """Every word that begins with this one."""
    return {name: word, f"beyond_{name}": None if word is None else word + "\U0010ffff"}


def others(words: Sequence[str]) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    for n in range(1, limits.SEARCH_WORDS):
        values |= beginning(f"other_{n}", words[n - 1] if n <= len(words) else None)
    return values
