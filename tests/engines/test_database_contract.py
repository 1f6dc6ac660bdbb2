"""What every Database must do. An engine joins by being listed in `database`."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bashi.core import limits
from bashi.core.batch import Query, Refused, Statement
from bashi.core.portable import NotPortable
from bashi.core.ports import Database
from bashi.engines.postgres import schema as postgres_schema
from bashi.engines.postgres.database import PostgresDatabase
from bashi.engines.sqlite import schema as sqlite_schema
from bashi.engines.sqlite.database import SqliteDatabase
from tests.edge.adapters import EdgeDatabase

SCHEMA = """
CREATE TABLE tier (
    id TEXT NOT NULL,
    held BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    CONSTRAINT "tier.id" PRIMARY KEY (id),
    CONSTRAINT tier_within_capacity CHECK (held >= 0 AND held <= capacity)
);
CREATE TABLE claim (
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    CONSTRAINT "claim.id" PRIMARY KEY (id),
    CONSTRAINT "claim.email" UNIQUE (email)
);
"""

ADD_TIER = Query("INSERT INTO tier (id, held, capacity) VALUES (:id, 0, :capacity)")
HOLD = Query("UPDATE tier SET held = held + :count WHERE id = :id")
TIER = Query("SELECT id, held, capacity FROM tier WHERE id = :id")
TIERS = Query("SELECT id FROM tier WHERE id IN :ids[] ORDER BY id")
BETWEEN = Query("SELECT id FROM tier WHERE capacity >= :least AND capacity <= :most ORDER BY id")
ALL_LONG = Query("SELECT id FROM tier ORDER BY id", long=True)
CLAIM = Query("INSERT INTO claim (id, email) VALUES (:id, :email)")
CLAIMS = Query("SELECT id FROM claim ORDER BY id")


MIGRATIONS = [("0001_contract.sql", SCHEMA)]


def open_sqlite(folder: Path) -> SqliteDatabase:
    path = folder / "contract.sqlite"
    sqlite_schema.migrate(path, MIGRATIONS, lambda: 0)
    return SqliteDatabase(path)


def open_postgres(url: str, *, lane: bool) -> PostgresDatabase:
    postgres_schema.migrate(url, MIGRATIONS, lambda: 0)
    return PostgresDatabase(url, lane=lane)


@pytest.fixture(
    params=[
        "sqlite",
        "postgres",
        "postgres without its lane",
        pytest.param("d1", marks=pytest.mark.slow),
    ]
)
async def database(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    engine: SqliteDatabase | PostgresDatabase | EdgeDatabase
    if request.param == "sqlite":
        engine = open_sqlite(tmp_path)
    elif request.param == "d1":
        engine = EdgeDatabase(request.getfixturevalue("edge"), SCHEMA)
    else:
        url = request.getfixturevalue("postgres").database()
        engine = open_postgres(url, lane=request.param == "postgres")
    await engine.batch([ADD_TIER(id="a", capacity=5), ADD_TIER(id="b", capacity=5)])
    yield engine
    await engine.close()


async def held(database: Database, tier: str = "a") -> int:
    return int((await database.fetch(TIER(id=tier)))[0]["held"])


async def claims(database: Database) -> list[str]:
    return [row["id"] for row in await database.fetch(CLAIMS())]


async def test_a_batch_is_seen_by_the_next_fetch(database: Database) -> None:
    await database.batch([HOLD(count=2, id="a")])
    assert await held(database) == 2


async def test_reads_of_the_same_moment_have_answers_of_their_own(database: Database) -> None:
    asked = (BETWEEN(least=0, most=9), BETWEEN(most=0, least=9), BETWEEN(least=0, most=9))
    found = await asyncio.gather(*(database.fetch(each) for each in asked))
    assert [[row["id"] for row in rows] for rows in found] == [["a", "b"], [], ["a", "b"]]
    found[0].clear()
    assert len(found[2]) == 2


async def test_results_tell_rows_and_changes_of_each_statement(database: Database) -> None:
    written, missed, read = await database.batch(
        [HOLD(count=1, id="a"), HOLD(count=1, id="nobody"), TIER(id="a")]
    )
    assert (written.changed, missed.changed) == (1, 0)
    assert [row["held"] for row in read.rows] == [1]


@pytest.mark.parametrize(
    ("refusing", "name"),
    [
        (HOLD(count=6, id="a"), "tier_within_capacity"),
        (HOLD(count=-1, id="a"), "tier_within_capacity"),
        (ADD_TIER(id="a", capacity=1), "tier.id"),
        (CLAIM(id="taken", email="new@example.org"), "claim.id"),
        (CLAIM(id="new", email="taken@example.org"), "claim.email"),
        (HOLD(1, "tier_is_there", count=1, id="nobody"), "tier_is_there"),
    ],
)
async def test_a_refusal_is_named_and_nothing_of_the_batch_stays(
    database: Database, refusing: Statement, name: str
) -> None:
    await database.batch([CLAIM(id="taken", email="taken@example.org")])
    first = CLAIM(id="first", email="first@example.org")
    with pytest.raises(Refused) as refused:
        await database.batch([first, HOLD(count=1, id="b"), refusing])
    assert refused.value.name == name
    assert await claims(database) == ["taken"]
    assert await held(database, "b") == 0


async def test_a_refusal_is_an_answer_and_no_line_in_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refused):
        await database.batch([HOLD(count=1, id="b"), HOLD(count=6, id="a"), HOLD(count=1, id="b")])
    assert caplog.messages == []


async def test_a_guard_is_named_before_what_it_should_have_prevented(database: Database) -> None:
    with pytest.raises(Refused, match="tier_is_there"):
        await database.batch(
            [HOLD(1, "tier_is_there", count=1, id="nobody"), HOLD(count=6, id="a")]
        )


async def test_a_met_guard_refuses_nothing(database: Database) -> None:
    await database.batch([HOLD(1, "tier_is_there", count=3, id="a")])
    assert await held(database) == 3


async def test_a_refused_batch_leaves_its_neighbors_alone(database: Database) -> None:
    batches = [
        database.batch([CLAIM(id=f"c{n:02}", email=f"{n}@example.org"), HOLD(count=1, id="a")])
        for n in range(20)
    ]
    outcomes = await asyncio.gather(*batches, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert {outcome.name for outcome in refused} == {"tier_within_capacity"}
    assert len(refused) == 15
    assert await held(database) == 5
    assert len(await claims(database)) == 5


async def test_a_mistake_is_no_refusal_and_writes_nothing(database: Database) -> None:
    wrong = Query("INSERT INTO claim (id) VALUES (:id)")  # email is NOT NULL
    with pytest.raises(Exception, match=r"(?i)not[- ]null") as raised:
        await database.batch([HOLD(count=1, id="a"), wrong(id="x")])
    assert not isinstance(raised.value, Refused)
    assert await held(database) == 0
    await database.batch([HOLD(count=1, id="a")])  # and the engine lives on
    assert await held(database) == 1


async def test_a_list_is_one_parameter(database: Database) -> None:
    found = await database.fetch(TIERS(ids=["b", "nobody", "a", "বাংলা"]))
    assert [row["id"] for row in found] == ["a", "b"]
    assert await database.fetch(TIERS(ids=[])) == []


async def test_a_long_fetch_sees_what_was_written(database: Database) -> None:
    await database.batch([ADD_TIER(id="c", capacity=1)])
    assert [row["id"] for row in await database.fetch(ALL_LONG())] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "value", [1.5, True, b"bytes", "\x00", ("a", "tuple"), [1, 2], 2**53 - 1, -(2**53) + 1]
)
async def test_what_one_engine_refuses_all_refuse(database: Database, value: object) -> None:
    with pytest.raises(NotPortable):
        await database.fetch(TIER(id=value))  # type: ignore[arg-type]
    with pytest.raises(NotPortable):
        await database.batch([HOLD(count=1, id=value)])  # type: ignore[arg-type]


def too_much() -> Iterator[Statement]:
    many = {f"p{n}": n for n in range(limits.SQL_PARAMS + 1)}
    yield Query("SELECT " + ", ".join(f":{name}" for name in many))(**many)
    yield Query("SELECT 1 AS one -- " + "x" * limits.SQL_BYTES)()
    yield Query("INSERT OR IGNORE INTO claim (id, email) VALUES ('a', 'b')")()


@pytest.mark.parametrize("statement", list(too_much()))
async def test_sql_beyond_the_shared_subset_is_refused(
    database: Database, statement: Statement
) -> None:
    with pytest.raises(NotPortable):
        await database.fetch(statement)


async def test_bangla_and_null_come_back_as_they_were(database: Database) -> None:
    await database.batch([CLAIM(id="ক্ষিতি", email="মিতালী@example.org")])
    assert await claims(database) == ["ক্ষিতি"]
    echo = Query("SELECT CAST(:nothing AS TEXT) AS empty, CAST(:number AS BIGINT) AS number")
    row = (await database.fetch(echo(nothing=None, number=2**53 - 2)))[0]
    assert (row["empty"], row["number"]) == (None, 2**53 - 2)
