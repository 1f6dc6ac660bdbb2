"""What another caller does between a use case's reading and its writing, as a test decides."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bashi.core.batch import Result, Row, Statement
from bashi.core.ports import Database
from tests.support.database import Template
from tests.support.stripe import Stripe, open_shop


@dataclass
class MeanwhileDatabase:
    inner: Database | None = None
    before: str = ""
    """Waits for the reading, or the batch whose first statement, begins so."""
    other: Callable[[], Awaitable[Any]] | None = None

    async def fetch(self, statement: Statement) -> list[Row]:
        assert self.inner is not None
        await self._let(statement)
        return await self.inner.fetch(statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        assert self.inner is not None
        await self._let(statements[0])
        return await self.inner.batch(statements)

    def let(self, other: Callable[[], Awaitable[Any]], before: str) -> None:
        """`other` happens right before the next that begins with `before`."""
        self.other, self.before = other, before

    async def _let(self, statement: Statement) -> None:
        if self.other is not None and statement.query.sql.startswith(self.before):
            other, self.other = self.other, None
            await other()

    @property
    def happened(self) -> bool:
        return self.other is None


@asynccontextmanager
async def open_busy_shop(
    folder: Path, database_template: Template
) -> AsyncIterator[tuple[Stripe, MeanwhileDatabase]]:
    database = MeanwhileDatabase()
    async with open_shop(folder, database_template, database=database) as stripe:
        inner = database_template.connect(folder)
        database.inner = inner
        try:
            yield stripe, database
        finally:
            await inner.close()
