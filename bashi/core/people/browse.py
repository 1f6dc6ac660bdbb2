"""The list of people that an admin looks through."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.errors import InvalidFields
from bashi.core.people import sql
from bashi.core.people.rules import Person, Role
from bashi.core.ports import Ports

LIKE_BYTES = 50
"""Source: https://developers.cloudflare.com/d1/platform/limits/ (LIKE pattern)."""

_AFTER_ALL_IDS = "g"
"""Behind every hexadecimal digit, in any collation."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: Sequence[Person]
    next_cursor: str | None


async def list_people(
    ports: Ports, words: str, role: Role | None, cursor: str | None, limit: int
) -> PeoplePage:
    """Newest first. `words` is part of a name or an address. Raises InvalidFields."""
    rows = await ports.database.fetch(
        sql.PEOPLE(
            before=cursor or _AFTER_ALL_IDS,
            role=role.value if role else "",
            like=_pattern(words),
            limit=limit + 1,
        )
    )
    people = [sql.person(row) for row in rows[:limit]]
    return PeoplePage(people, people[-1].id if len(rows) > limit else None)


def _pattern(words: str) -> str:
    folded = " ".join(words.lower().split())
    if not folded:
        return ""
    for special in "!%_":
        folded = folded.replace(special, f"!{special}")
    pattern = f"%{folded}%"
    if len(pattern.encode()) > LIKE_BYTES:
        raise InvalidFields({"q": "Please search for something shorter."})
    return pattern
