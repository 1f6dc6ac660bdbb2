"""Short reads of the same moment go to PostgreSQL together, and equal ones as one.

A read alone costs a connection's way through the pool and a round trip; requests for one sale all
ask for the same ticket types.
"""

from collections.abc import Hashable, Sequence

from bashi.core.batch import Row, Statement, Unavailable
from bashi.engines.lane import Lane
from bashi.engines.postgres_pool import Pool, read_together
from bashi.engines.postgres_repeat import repeat

GROUP_MAX = 128

Read = list[Row] | Exception


class ShortReads:
    """Whoever asks while a group is under way waits for the next, never joins that one: what was
    committed before somebody asks is seen."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lane: Lane[Statement, list[Row]] = Lane(self._read, GROUP_MAX)

    async def fetch(self, statement: Statement) -> list[Row]:
        return await self._lane.submit(statement)

    async def _read(self, statements: Sequence[Statement]) -> Sequence[Read]:
        asked = {_identity(statement): statement for statement in statements}
        answers = await self._answers(list(asked.values()))
        by_identity = dict(zip(asked, answers, strict=True))
        return [_own(by_identity[_identity(statement)]) for statement in statements]

    async def _answers(self, statements: Sequence[Statement]) -> Sequence[Read]:
        """Where one fails, each is asked by itself, so that it fails alone."""
        try:
            return await repeat(lambda: read_together(self._pool, statements))
        except Exception as error:  # noqa: BLE001 - the lane must answer everyone and live on
            if len(statements) == 1 or isinstance(error, Unavailable):
                return [error] * len(statements)
        return [(await self._answers([statement]))[0] for statement in statements]


def _identity(statement: Statement) -> Hashable:
    values = statement.params.items()
    named = ((name, tuple(one) if isinstance(one, list) else one) for name, one in values)
    return statement.query, frozenset(named)


def _own(read: Read) -> Read:
    """A list that is nobody else's."""
    return list(read) if isinstance(read, list) else read
