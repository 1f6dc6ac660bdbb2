"""One contract for pictures in a folder, in a bucket behind the S3 API, and in the edge's."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from bashi.core.ports import Media
from bashi.engines.media.folder import FolderMedia
from bashi.engines.media.s3 import S3Media
from tests.edge.adapters import EdgeMedia


@pytest.fixture(
    params=[
        "folder",
        pytest.param("s3", marks=pytest.mark.slow),
        pytest.param("r2", marks=pytest.mark.slow),
    ]
)
def media(request: pytest.FixtureRequest, tmp_path: Path) -> Media:
    if request.param == "folder":
        return FolderMedia(tmp_path / "media")
    if request.param == "s3":
        return S3Media(request.getfixturevalue("s3").bucket)
    return EdgeMedia(request.getfixturevalue("edge"))


@pytest.fixture
def name() -> str:
    """Buckets are shared by all tests."""
    return f"covers/{uuid4()}"


async def test_what_was_put_is_got_until_it_is_deleted(media: Media, name: str) -> None:
    assert await media.get(f"{name}-360.webp") is None
    await media.put(f"{name}-360.webp", b"\x00\xffone", "image/webp")
    await media.put(f"{name}-360.webp", b"\x00\xfftwo", "image/webp")
    assert await media.get(f"{name}-360.webp") == b"\x00\xfftwo"
    assert await media.get(f"{name}-640.webp") is None
    await media.delete(f"{name}-360.webp")
    assert await media.get(f"{name}-360.webp") is None
    await media.delete(f"{name}-360.webp")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../outside",
        "covers/../../outside",
        "covers//a",
        "covers/",
        ".hidden",
        "covers/.put-x",
        "A.webp",
        "a b",
        "a\0b",
        "a\n",
        "কভার",
        "a\\b",
        "a?delete",
        "a%2fb",
        "a" * 201,
    ],
)
async def test_keys_that_could_lead_elsewhere_are_refused(media: Media, key: str) -> None:
    with pytest.raises(ValueError, match="not a media key"):
        await media.put(key, b"x", "image/webp")
    with pytest.raises(ValueError, match="not a media key"):
        await media.delete(key)
    assert await media.get(key) is None


async def test_a_folder_is_no_file(media: Media, name: str) -> None:
    await media.put(name, b"x", "image/webp")
    assert await media.get("covers") is None
    assert await media.get(f"{name}/b") is None


async def test_a_reader_sees_one_whole_version_or_another(media: Media, name: str) -> None:
    versions = [bytes([email]) * 300_000 for email in b"abcdefgh"]
    await media.put(name, versions[0], "image/webp")
    writing = [asyncio.create_task(media.put(name, one, "image/webp")) for one in versions]
    seen = [await media.get(name) for _ in range(50)]
    await asyncio.gather(*writing)
    assert all(content in versions for content in seen)
