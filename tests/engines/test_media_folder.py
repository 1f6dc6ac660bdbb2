import asyncio
from pathlib import Path

import pytest

from bashi.engines.media_folder import FolderMedia


@pytest.fixture
def media(tmp_path: Path) -> FolderMedia:
    return FolderMedia(tmp_path / "media")


async def test_what_was_put_is_got_until_it_is_deleted(media: FolderMedia) -> None:
    assert await media.get("covers/a-360.webp") is None
    await media.put("covers/a-360.webp", b"one", "image/webp")
    await media.put("covers/a-360.webp", b"two", "image/webp")
    assert await media.get("covers/a-360.webp") == b"two"
    await media.delete("covers/a-360.webp")
    assert await media.get("covers/a-360.webp") is None
    await media.delete("covers/a-360.webp")


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
        "a" * 201,
    ],
)
async def test_keys_that_could_lead_elsewhere_are_refused(media: FolderMedia, key: str) -> None:
    with pytest.raises(ValueError, match="not a media key"):
        await media.put(key, b"x", "image/webp")
    with pytest.raises(ValueError, match="not a media key"):
        await media.delete(key)
    assert await media.get(key) is None


async def test_a_folder_is_no_file(media: FolderMedia) -> None:
    await media.put("covers/a", b"x", "image/webp")
    assert await media.get("covers") is None
    assert await media.get("covers/a/b") is None


async def test_a_reader_sees_one_whole_version_or_another(media: FolderMedia) -> None:
    versions = [bytes([letter]) * 300_000 for letter in b"abcdefgh"]
    await media.put("big", versions[0], "image/webp")
    writing = [asyncio.create_task(media.put("big", one, "image/webp")) for one in versions]
    seen = [await media.get("big") for _ in range(50)]
    await asyncio.gather(*writing)
    assert all(content in versions for content in seen)


async def test_a_failed_write_leaves_nothing_behind(
    media: FolderMedia, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await media.put("a", b"old", "image/webp")

    def full(handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        await media.put("a", b"new", "image/webp")
    assert await media.get("a") == b"old"
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["a"]
