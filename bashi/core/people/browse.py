"""List people, for admins."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.folding import fold
from bashi.core.like import like_pattern
from bashi.core.people import sql
from bashi.core.people.rules import Person, Role
from bashi.core.ports import Ports

_AFTER_ALL_IDS = "g"
"""Behind every hexadecimal digit, in any collation."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: Sequence[Person]
    next_cursor: str | None


async def list_people(
    ports: Ports, words: str, role: Role | None, cursor: str | None, limit: int
) -> PeoplePage:
    """Newest first. `words` is part of a name or an address."""
    rows = await ports.database.fetch(
        sql.PEOPLE(
            before=cursor or _AFTER_ALL_IDS,
            role=role.value if role else "",
            email=like_pattern(words.lower()),
            name=like_pattern(fold(words)),
            limit=limit + 1,
        )
    )
    people = [sql.person(row) for row in rows[:limit]]
    return PeoplePage(people, people[-1].id if len(rows) > limit else None)
