"""Short reads of the same moment go to PostgreSQL together, and equal ones as one.

A read alone costs a connection's way through the pool and a round trip; requests for one sale all
ask for the same ticket types.
"""

from collections import ChainMap, defaultdict
from collections.abc import Hashable, Mapping, Sequence

from bashi.core.batch import Row, Statement, Unavailable
from bashi.engines.group_queue import Lane
from bashi.engines.postgres.pool import Pool, read_together
from bashi.engines.postgres.retry import Locked, repeat

GROUP_MAX = 128

Read = list[Row] | Exception
Asked = Mapping[Hashable, Statement]
"""By what makes them equal."""


class ShortReads:
    """Whoever asks while a group is under way waits for the next, never joins that one: what was
    committed before somebody asks is seen."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lane: Lane[Statement, list[Row]] = Lane(self._read, GROUP_MAX)

    async def fetch(self, statement: Statement) -> list[Row]:
        """Raises Locked: who waits for a table must not do it here."""
        return await self._lane.submit(statement)

    async def _read(self, statements: Sequence[Statement]) -> Sequence[Read]:
        answers = await self._answers({_identity(statement): statement for statement in statements})
        return [_own(answers[_identity(statement)]) for statement in statements]

    async def _answers(self, asked: Asked) -> dict[Hashable, Read]:
        try:
            found = await repeat(lambda: read_together(self._pool, list(asked.values())))
        except Exception as error:  # noqa: BLE001 - the lane must answer everyone and live on
            parts = _apart(asked, error)
            if len(parts) == 1:
                return dict.fromkeys(asked, error)
            again = [await self._answers(part) for part in parts]
            return dict(ChainMap(*again))
        return dict(zip(asked, found, strict=True))


def _apart(asked: Asked, error: Exception) -> Sequence[Asked]:
    """Asked again, so that what fails does it alone: queries where one waits for a table, else
    each statement; an outage is everybody's."""
    if isinstance(error, Unavailable) and not isinstance(error, Locked):
        return [asked]
    parts: dict[Hashable, dict[Hashable, Statement]] = defaultdict(dict)
    for identity, statement in asked.items():
        part = statement.query if isinstance(error, Locked) else identity
        parts[part][identity] = statement
    return list(parts.values())


def _identity(statement: Statement) -> Hashable:
    values = statement.params.items()
    named = ((name, tuple(one) if isinstance(one, list) else one) for name, one in values)
    return statement.query, frozenset(named)


def _own(read: Read) -> Read:
    """A list that is nobody else's."""
    return list(read) if isinstance(read, list) else read
