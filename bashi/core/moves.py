"""State machines as tables: named moves, from which the guards of SQL are written."""

from collections.abc import Iterable
from enum import StrEnum


class Move:
    """One thing that may happen to a row: the states it may find, and the states it may leave."""

    def __init__(self, sources: Iterable[StrEnum], targets: Iterable[StrEnum]) -> None:
        self.sources = frozenset(str(one) for one in sources)
        self.targets = frozenset(str(one) for one in targets)
        states = ", ".join(f"'{state}'" for state in sorted(self.sources))
        self.guard = f"status IN ({states})"
        """For the WHERE of the UPDATE that makes the move."""

    def allows(self, before: str, after: str) -> bool:
        return before in self.sources and after in self.targets
