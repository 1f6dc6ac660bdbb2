"""PostgreSQL by way of a PgBouncer, which gives each transaction another session."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bashi.core.batch import Query, Refused
from bashi.engines.postgres.database import PostgresDatabase
from tests.support.pgbouncer import MISSING, PROGRAM, running_pgbouncer
from tests.support.postgres import Postgres
from tests.support.server import Server, free_port, running

pytestmark = [pytest.mark.slow, pytest.mark.skipif(PROGRAM is None, reason=MISSING)]

ADD = Query("INSERT INTO setting (name, value) VALUES (:name, :value)")
PUT = Query("UPDATE setting SET value = :value WHERE name = :name")
GET = Query("SELECT value FROM setting WHERE name = :name")
LONG = Query("SELECT COUNT(*) AS many FROM setting", long=True)
SETTINGS = Query(
    "SELECT name, setting FROM pg_settings"
    " WHERE name IN ('enable_seqscan', 'lock_timeout', 'statement_timeout')"
)


@pytest.fixture(params=["transaction", "session"])
def url(request: pytest.FixtureRequest, postgres: Postgres) -> Iterator[str]:
    with running_pgbouncer(postgres.empty(), free_port(), request.param) as url:
        yield url


@pytest.fixture
async def databases(url: str) -> AsyncIterator[list[PostgresDatabase]]:
    """Of two processes; PgBouncer has four sessions for their connections."""
    found = [PostgresDatabase(url, pool_size=4) for _ in range(2)]
    yield found
    for each in found:
        await each.close()


async def test_two_processes_read_and_write_as_ever(databases: list[PostgresDatabase]) -> None:
    async def work(number: int) -> None:
        database = databases[number % 2]
        name = str(number)
        await database.batch([ADD(name=name, value="a")])
        with pytest.raises(Refused, match=r"setting\.name"):
            await database.batch([PUT(name=name, value="b"), ADD(name=name, value="b")])
        with pytest.raises(Refused, match="is_there"):
            await database.batch([PUT(1, "is_there", name="none", value="b")])
        assert [row["value"] for row in await database.fetch(GET(name=name))] == ["a"]
        await database.fetch(LONG())

    await asyncio.gather(*(work(number) for number in range(60)))
    for database in databases:
        assert (await database.fetch(LONG()))[0]["many"] == 60


async def test_a_read_has_the_limits_that_a_session_of_our_own_would_give(
    databases: list[PostgresDatabase],
) -> None:
    """And leaves nothing of them to those who get that session next."""
    for database in databases:
        found = {row["name"]: row["setting"] for row in await database.fetch(SETTINGS())}
        assert found["enable_seqscan"] == "off"
        assert int(found["lock_timeout"]) > 0
        assert int(found["statement_timeout"]) > 0


def test_servers_start_and_serve(url: str, tmp_path: Path) -> None:
    one = Server(tmp_path / "one", free_port(), {"BASHI_DATABASE_URL": url})
    two = Server(tmp_path / "two", free_port(), {"BASHI_DATABASE_URL": url})
    two.environment["BASHI_SECRET"] = one.environment["BASHI_SECRET"] = "s" * 40
    with running(one), running(two):
        for server in (one, two) * 5:
            answer = httpx.get(f"{server.api_url}/events")
            assert answer.status_code == 200, answer.text
            assert answer.json()["items"]
        assert "prepared statement" not in one.log.read_text() + two.log.read_text()
