"""Group commit: batches that wait are committed together, then all of them are answered."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bashi.core.batch import Result, Statement

Batch = Sequence[Statement]
Outcome = list[Result] | Exception


@dataclass(frozen=True, slots=True)
class _Waiting:
    batch: Batch
    answer: asyncio.Future[list[Result]]


class Lane:
    """Belongs to one event loop. `commit` answers each batch of a group, and never raises."""

    def __init__(
        self, commit: Callable[[Sequence[Batch]], Awaitable[Sequence[Outcome]]], group_max: int
    ) -> None:
        self._commit = commit
        self._group_max = group_max
        self._waiting: deque[_Waiting] = deque()
        self._serving: asyncio.Task[None] | None = None

    async def submit(self, batch: Batch) -> list[Result]:
        """Whoever goes away meanwhile leaves the batch behind: it is committed all the same."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(batch, answer))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        results: list[Result] = await answer
        return results

    async def _serve(self) -> None:
        while self._waiting:
            size = min(self._group_max, len(self._waiting))
            group = [self._waiting.popleft() for _ in range(size)]
            outcomes = await self._commit([waiting.batch for waiting in group])
            for waiting, outcome in zip(group, outcomes, strict=True):
                _tell(waiting.answer, outcome)


def _tell(answer: asyncio.Future[list[Result]], outcome: Outcome) -> None:
    if answer.done():  # whoever asked has gone
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
