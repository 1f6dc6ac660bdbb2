"""PostgreSQL goes away and comes back: callers wait a little, or are told to come again."""

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from bashi.core.batch import Query, Unavailable
from bashi.engines.postgres import database as postgres_engine
from bashi.engines.postgres import pool as postgres_pool
from bashi.engines.postgres.database import PostgresDatabase
from bashi.engines.postgres.schema import migrate
from tests.engines.test_database_contract import ADD_TIER, HOLD, MIGRATIONS, held
from tests.support.lossy import COMMIT
from tests.support.postgres import OwnPostgres, Postgres, moved, running_postgres
from tests.support.relay import CHUNK_BYTES, Freezing, Relay, relaying
from tests.support.server import free_port

pytestmark = pytest.mark.slow
SLOW = Query("SELECT CAST(pg_sleep(0.5) AS TEXT) AS slept", long=True)

SIZE = Query("SELECT capacity FROM tier WHERE id = :id")
HELD = Query("SELECT held FROM tier WHERE held > 0", long=True)
ONE = Query("SELECT '1' AS one", long=True)
STALE = Query("SELECT '1' AS one", stale_ok=True)


@pytest.fixture
def own() -> Iterator[OwnPostgres]:
    with running_postgres(free_port()) as server:
        yield server


async def test_a_restart_is_waited_for_and_a_long_outage_is_told(own: OwnPostgres) -> None:
    migrate(own.url, MIGRATIONS, lambda: 0)
    database = PostgresDatabase(own.url)
    await database.batch([ADD_TIER(id="a", capacity=5)])
    assert await held(database) == 0
    own.stop()
    own.start()
    assert await held(database) == 0
    await database.batch([HOLD(count=1, id="a")])
    own.stop()
    with pytest.raises(Unavailable):
        await held(database)
    with pytest.raises(Unavailable):
        await database.batch([HOLD(count=1, id="a")])
    own.start()
    await database.batch([HOLD(count=1, id="a")])
    assert await held(database) == 2
    await database.close()


async def test_a_restart_is_over_for_whoever_comes_next(own: OwnPostgres) -> None:
    """However many connections it has ended."""
    database = PostgresDatabase(own.url, pool_size=10)
    await asyncio.gather(*(database.fetch(SLOW()) for _ in range(30)))
    own.stop()
    own.start()
    assert [row["slept"] for row in await database.fetch(SLOW())] == [""]
    await database.close()


async def test_after_a_silence_everybody_gets_answers_of_their_own(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "SILENT_TOGETHER_SECONDS", 1)
    monkeypatch.setattr(postgres_engine, "SILENT_SECONDS", 1)
    url, port = postgres.database(), free_port()
    migrate(url, MIGRATIONS, lambda: 0)
    names = [f"tier-{number}" for number in range(20)]
    freezing = Freezing(urlsplit(url).port or 5432)
    with relaying(port, freezing):
        database = PostgresDatabase(moved(url, port))
        for size, name in enumerate(names):
            await database.batch([ADD_TIER(id=name, capacity=size)])
        with freezing.frozen():
            work = [database.fetch(SIZE(id=name)) for name in names]
            writes = [database.batch([HOLD(count=1, id=name)]) for name in names]
            answers = await asyncio.gather(*work, *writes, return_exceptions=True)
            assert {type(answer) for answer in answers} == {Unavailable}
        sizes = await asyncio.gather(*(database.fetch(SIZE(id=name)) for name in names))
        assert [row["capacity"] for (row,) in sizes] == list(range(20))
        await database.batch([HOLD(count=1, id="tier-9")])
        held = [row["held"] for row in await database.fetch(HELD())]
        assert held == [1]
        await database.close()


async def test_a_silent_replica_is_left_for_the_primary(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "SILENT_SECONDS", 1)
    url, port = postgres.database(), free_port()
    freezing = Freezing(urlsplit(url).port or 5432)
    with relaying(port, freezing):
        database = PostgresDatabase(url, replica_url=moved(url, port))
        assert [row["one"] for row in await database.fetch(STALE())] == ["1"]
        with freezing.frozen():
            assert [row["one"] for row in await database.fetch(STALE())] == ["1"]
        await database.close()


class MuteAtFirst(Relay):
    """The first connection is made, and what it asks then is never answered."""

    muted = False

    async def forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            if b"set_config" in data and not self.muted:
                self.muted = True
                await asyncio.Event().wait()
            writer.write(data)
            await writer.drain()
        writer.close()


async def test_a_connection_that_falls_silent_as_it_is_made_is_replaced(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "CONNECT_SECONDS", 1)
    url, port = postgres.database(), free_port()
    migrate(url, MIGRATIONS, lambda: 0)
    mute = MuteAtFirst([urlsplit(url).port or 5432])
    with relaying(port, mute):
        database = PostgresDatabase(moved(url, port), pool_size=1)
        await database.fetch(ONE())
        await database.batch([ADD_TIER(id="a", capacity=5)])
        assert await held(database) == 0
        assert mute.muted
        await database.close()


class Sleepy(Relay):
    """Between what a transaction did and its COMMIT this process was held up, once."""

    slept = False

    async def forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            if COMMIT in data and not self.slept:
                self.slept = True
                await asyncio.sleep(2)
            writer.write(data)
            await writer.drain()
        writer.close()


async def test_who_overslept_in_the_lane_does_it_again(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "IDLE_IN_TRANSACTION_SECONDS", 1)
    url, port = postgres.database(), free_port()
    migrate(url, MIGRATIONS, lambda: 0)
    sleepy = Sleepy([urlsplit(url).port or 5432])
    with relaying(port, sleepy):
        database = PostgresDatabase(moved(url, port))
        await database.batch([ADD_TIER(id="a", capacity=5)])
        assert sleepy.slept
        await database.batch([HOLD(count=1, id="a")])
        assert await held(database) == 1
        await database.close()
