"""A batching queue: callers that arrive while a group runs form the next group."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bashi.core.batch import Result, Statement

Batch = Sequence[Statement]
Outcome = list[Result] | Exception

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Asked, Answer]):
    asked: Asked
    answer: asyncio.Future[Answer]


class Lane(Generic[Asked, Answer]):
    """Belongs to one event loop. `do` answers each of a group, and never raises."""

    def __init__(
        self,
        do: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer | Exception]]],
        group_max: int,
    ) -> None:
        self._do = do
        self._group_max = group_max
        self._waiting: deque[_Waiting[Asked, Answer]] = deque()
        self._serving: asyncio.Task[None] | None = None

    async def submit(self, asked: Asked) -> Answer:
        """Whoever goes away meanwhile leaves it behind: it is done all the same."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(asked, answer))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        return await answer

    async def _serve(self) -> None:
        while self._waiting:
            size = min(self._group_max, len(self._waiting))
            group = [self._waiting.popleft() for _ in range(size)]
            outcomes = await self._do([waiting.asked for waiting in group])
            for waiting, outcome in zip(group, outcomes, strict=True):
                _tell(waiting.answer, outcome)


def _tell(answer: asyncio.Future[Answer], outcome: Answer | Exception) -> None:
    if answer.done():  # whoever asked has gone
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
