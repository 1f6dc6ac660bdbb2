"""A cover picture that could not be stored whole, or that no event names, leaves no file behind."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bashi.core.batch import Result, Row, Statement, Unavailable
from bashi.core.events.cover_rules import WIDTHS
from bashi.core.ports import Database, Media, MediaUnavailable
from bashi.engines.media.folder import FolderMedia
from bashi.engines.media.s3 import S3Media
from tests.events.organizer import Organizer, organizer_of
from tests.events.test_cover import picture
from tests.support.client import problem
from tests.support.database import Template
from tests.support.product import open_product


@dataclass
class Filling:
    """Has room for so many files; of the next nobody knows whether it arrived."""

    inner: Media
    room: int = 100
    stuck: bool = False
    """Nothing can be deleted either."""
    keys: list[str] = field(default_factory=list)

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        await self.inner.put(key, content, content_type)
        self.keys.append(key)
        if len(self.keys) > self.room:
            raise MediaUnavailable("the place is full")

    async def get(self, key: str) -> bytes | None:
        return await self.inner.get(key)

    async def delete(self, key: str) -> None:
        if self.stuck:
            raise MediaUnavailable("the place is stuck")
        await self.inner.delete(key)

    async def kept(self) -> list[str]:
        return [key for key in self.keys if await self.inner.get(key) is not None]


@dataclass
class Leaving:
    """Goes away when told to, between a read and a write."""

    inner: Database | None = None
    away: bool = False

    async def fetch(self, statement: Statement) -> list[Row]:
        assert self.inner is not None
        return await self.inner.fetch(statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        assert self.inner is not None
        if self.away:
            raise Unavailable("away")
        return await self.inner.batch(statements)


@dataclass
class Place:
    media: Filling
    database: Leaving
    organizer: Organizer


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.slow)])
def media(request: pytest.FixtureRequest, tmp_path: Path) -> Filling:
    if request.param == "folder":
        return Filling(FolderMedia(tmp_path / "media"))
    return Filling(S3Media(request.getfixturevalue("s3").bucket))


@pytest.fixture
async def place(
    tmp_path: Path, database_template: Template, media: Filling
) -> AsyncIterator[Place]:
    database = Leaving()
    async with open_product(tmp_path, database_template, media=media, database=database) as product:
        inner = database.inner = database_template.connect(tmp_path)
        yield Place(media, database, await organizer_of(product))
        await inner.close()


@pytest.mark.parametrize("room", range(len(WIDTHS)))
async def test_what_was_stored_before_goes_too(place: Place, room: int) -> None:
    event = await place.organizer.published()
    path = f"/{event['id']}/cover"
    place.media.room = room
    answer = await place.organizer.call("PUT", path, content=picture())
    problem(answer, 503, "media_unavailable")
    assert len(place.media.keys) == room + 1
    assert await place.media.kept() == []
    assert (await place.organizer.read(event))["cover"] is None
    place.media.room = 100
    assert (await place.organizer.call("PUT", path, content=picture())).status_code == 200
    assert len(await place.media.kept()) == len(WIDTHS)


async def test_what_cannot_be_taken_back_is_in_the_log(place: Place) -> None:
    event = await place.organizer.published()
    place.media.room, place.media.stuck = 2, True
    with capture_logs() as logs:
        await place.organizer.call("PUT", f"/{event['id']}/cover", content=picture())
    [reason] = [line["reason"] for line in logs if line["event"] == "media_unavailable"]
    assert all(key in reason for key in place.media.keys)


async def test_what_the_database_did_not_keep_goes_too(place: Place) -> None:
    event = await place.organizer.published()
    path = f"/{event['id']}/cover"
    place.database.away = True
    answer = await place.organizer.call("PUT", path, content=picture())
    problem(answer, 503, "database_unavailable")
    assert len(place.media.keys) == len(WIDTHS)
    assert await place.media.kept() == []
    place.database.away = False
    assert (await place.organizer.call("PUT", path, content=picture())).status_code == 200
