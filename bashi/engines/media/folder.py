"""Media store in a folder; each file appears whole or not at all."""

import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bashi.core.ports import MediaUnavailable
from bashi.engines.media.keys import checked, valid

T = TypeVar("T")


class FolderMedia:
    """The content type is the file name's business: readers take it from the extension."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, content: bytes, content_type: str) -> None:  # noqa: ARG002
        """Durable when it returns. Raises ValueError (see media_keys.py), MediaUnavailable."""
        path = self._path(key)
        await self._ask(lambda: _write(path, content))

    async def get(self, key: str) -> bytes | None:
        """None for what isn't there, and for keys that can't be. Raises MediaUnavailable."""
        if not valid(key):
            return None
        path = self._path(key)
        return await self._ask(lambda: _read(path))

    async def delete(self, key: str) -> None:
        """Raises ValueError, MediaUnavailable."""
        path = self._path(key)
        await self._ask(lambda: path.unlink(missing_ok=True))

    async def _ask(self, call: Callable[[], T]) -> T:
        """A disk that is full, gone or not ours."""
        try:
            return await asyncio.to_thread(call)
        except OSError as error:
            raise MediaUnavailable(f"{self._folder}: {error.strerror or error}") from error

    def _path(self, key: str) -> Path:
        return self._folder / checked(key)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".put-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A rename is durable only when its folder is (rename(2), fsync(2))."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
