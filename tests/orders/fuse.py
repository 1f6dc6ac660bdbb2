"""A process that dies at its nth step outside itself, before the step or right after it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bashi.core.batch import Result, Row, Statement
from bashi.core.ports import Database, Http, HttpAnswer
from tests.support.database import Template
from tests.support.product import ORGANIZATION
from tests.support.stand_ins import PlainRenderer
from tests.support.stripe import Stripe, open_shop


class Killed(BaseException):
    """No handler of the product sees it, as none sees a kill -9."""


@dataclass
class Fuse:
    left: int | None = None
    """Steps until it blows; None: never."""

    def burn(self) -> None:
        if self.left is None:
            return
        if self.left == 0:
            self.left = None
            raise Killed
        self.left -= 1


@dataclass
class MortalDatabase:
    fuse: Fuse
    inner: Database | None = None

    async def fetch(self, statement: Statement) -> list[Row]:
        assert self.inner is not None
        self.fuse.burn()
        return await self.inner.fetch(statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        assert self.inner is not None
        self.fuse.burn()
        done = await self.inner.batch(statements)
        self.fuse.burn()
        return done


@dataclass
class MortalHttp:
    fuse: Fuse
    inner: Http

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_seconds: float,
    ) -> HttpAnswer:
        self.fuse.burn()
        answer = await self.inner.request(method, url, headers, body, timeout_seconds)
        self.fuse.burn()
        return answer


@asynccontextmanager
async def open_mortal_shop(
    folder: Path, database_template: Template
) -> AsyncIterator[tuple[Stripe, Fuse]]:
    fuse = Fuse()
    database = MortalDatabase(fuse)
    async with open_shop(
        folder,
        database_template,
        wrap=lambda http: MortalHttp(fuse, http),
        database=database,
        renderer=PlainRenderer(ORGANIZATION),
    ) as stripe:
        inner = database_template.connect(folder)
        database.inner = inner
        try:
            yield stripe, fuse
        finally:
            await inner.close()
