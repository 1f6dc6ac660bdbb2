"""A disk that fails in the middle: everybody is answered, and what comes after works."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bashi.core.batch import Indefinite, Query, Unavailable
from bashi.engines.sqlite.database import SqliteDatabase
from bashi.engines.sqlite.schema import migrate

SCHEMA = 'CREATE TABLE claim (id TEXT NOT NULL, CONSTRAINT "claim.id" PRIMARY KEY (id));'
CLAIM = Query("INSERT INTO claim (id) VALUES (:id)")
CLAIMS = Query("SELECT id FROM claim ORDER BY id")
ALL_CLAIMS = Query(CLAIMS.sql, long=True)
MISTAKE = Query("INSERT INTO claim (id) VALUES (NULL)")
ANSWERED_SECONDS = 30.0


class Disk(sqlite3.Connection):
    failing: ClassVar[set[str]] = set()
    """Statements, or `open`."""
    code: ClassVar[int] = sqlite3.SQLITE_IOERR

    def __init__(self, *args: Any, **options: Any) -> None:
        self._fail("open")
        super().__init__(*args, **options)

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        self._fail(sql)
        return super().execute(sql, *args)

    def _fail(self, step: str) -> None:
        if step in self.failing:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = self.code
            raise error


@pytest.fixture
async def database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[SqliteDatabase]:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Disk))
    monkeypatch.setattr(Disk, "failing", set())
    path = tmp_path / "disk.sqlite"
    migrate(path, [("0001_disk.sql", SCHEMA)], lambda: 0)
    engine = SqliteDatabase(path)
    yield engine
    await engine.close()


async def outcomes(database: SqliteDatabase, *ids: str) -> list[object]:
    """Of one group: a batch an id, and a mistake in its midst that undoes them all."""
    batches = [database.batch([CLAIM(id=each)]) for each in ids]
    batches.insert(1, database.batch([MISTAKE()]))
    async with asyncio.timeout(ANSWERED_SECONDS):
        return list(await asyncio.gather(*batches, return_exceptions=True))


async def claims(database: SqliteDatabase) -> list[str]:
    return [row["id"] for row in await database.fetch(CLAIMS())]


async def test_a_group_that_cannot_be_rolled_back_is_answered_and_undone(
    database: SqliteDatabase,
) -> None:
    Disk.failing.add("ROLLBACK")
    for outcome in await outcomes(database, "a", "b"):
        assert isinstance(outcome, sqlite3.IntegrityError)
    await database.batch([CLAIM(id="after")])
    assert await claims(database) == ["after"]


async def test_nobody_waits_while_the_disk_stays_away(database: SqliteDatabase) -> None:
    Disk.failing |= {"ROLLBACK", "open"}
    assert all(isinstance(each, Exception) for each in await outcomes(database, "a", "b"))
    assert all(isinstance(each, Unavailable) for each in await outcomes(database, "c", "d"))
    Disk.failing.clear()
    await database.batch([CLAIM(id="after")])
    assert await claims(database) == ["after"]


async def test_a_failed_commit_whose_rollback_fails_too_is_indefinite(
    database: SqliteDatabase,
) -> None:
    Disk.failing |= {"COMMIT", "ROLLBACK"}
    async with asyncio.timeout(ANSWERED_SECONDS):
        with pytest.raises(Indefinite):
            await database.batch([CLAIM(id="a")])
    Disk.failing.clear()
    await database.batch([CLAIM(id="after")])
    assert await claims(database) == ["after"]


@pytest.mark.parametrize(
    "code",
    [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY],
    ids=["failing", "full", "no file descriptor left", "remounted"],
)
async def test_what_an_operator_mends_is_no_mistake_of_ours(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(Disk, "code", code)
    Disk.failing |= {"SAVEPOINT batch", "open"}
    with pytest.raises(Unavailable):
        await database.batch([CLAIM(id="a")])
    with pytest.raises(Unavailable):
        await database.fetch(ALL_CLAIMS())
    Disk.failing.clear()
    await database.batch([CLAIM(id="a")])
    assert [row["id"] for row in await database.fetch(ALL_CLAIMS())] == ["a"]
