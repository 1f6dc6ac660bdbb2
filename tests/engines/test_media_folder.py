from pathlib import Path

import pytest

from bashi.core.ports import MediaUnavailable
from bashi.engines.media.folder import FolderMedia


async def test_a_failed_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = FolderMedia(tmp_path / "media")
    await media.put("a", b"old", "image/webp")

    def full(handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(MediaUnavailable, match="no space"):
        await media.put("a", b"new", "image/webp")
    assert await media.get("a") == b"old"
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["a"]
