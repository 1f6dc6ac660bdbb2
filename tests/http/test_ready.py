"""Readiness: a server whose commits fail is no longer asked, until one is kept again."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import httpx
import pytest

from bashi.core.batch import Indefinite, Refused, Result, Row, Statement, Unavailable
from bashi.core.ports import Database
from bashi.http.app import create_app
from bashi.http.gateway import Gateway
from bashi.http.metrics import MeteredDatabase, Metrics
from tests.support.product import OPTIONS, Product


class Disk:
    """A Database; reads go on while `mood` is set, commits do not."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.mood: Exception | None = None

    async def fetch(self, statement: Statement) -> list[Row]:
        return await self._database.fetch(statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        if self.mood is not None:
            raise self.mood
        return await self._database.batch(statements)


@pytest.fixture
def disk(product: Product) -> Disk:
    return Disk(product.ports.database)


@pytest.fixture
async def server(product: Product, disk: Disk) -> AsyncIterator[httpx.AsyncClient]:
    metrics = Metrics()
    ports = replace(product.ports, database=MeteredDatabase(disk, metrics))
    transport = httpx.ASGITransport(Gateway(create_app(ports, metrics), OPTIONS, metrics))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize(
    "fault", [Indefinite("disk I/O error"), Unavailable("database or disk is full")]
)
async def test_a_server_whose_commits_fail_is_not_ready(
    server: httpx.AsyncClient, disk: Disk, fault: Exception
) -> None:
    form = {"email": "somebody@example.org"}
    assert (await server.get("/readyz")).status_code == 200
    disk.mood = fault
    assert (await server.post("/auth/forgot-password", json=form)).status_code == 503
    for _ in range(2):
        answer = await server.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    disk.mood = None
    assert (await server.get("/readyz")).status_code == 200


async def test_what_the_rules_refuse_says_nothing_about_the_disk(
    server: httpx.AsyncClient, disk: Disk
) -> None:
    disk.mood = Refused("person.email")
    await server.post("/auth/forgot-password", json={"email": "somebody@example.org"})
    assert (await server.get("/readyz")).status_code == 200
