"""The built site as a closed set of files: an unlisted path names nothing."""

import asyncio
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bashi.http.cached_page import CachedPage, tag_of

KEPT_BYTES = 512 * 1024
"""Larger files (the QR reader) are read when asked for."""

_NOT_PAGES = frozenset(("/csp.json", "/_headers", "/_redirects"))
_TYPES = {".webmanifest": "application/manifest+json", ".wasm": "application/wasm"} | {
    ".woff2": "font/woff2",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class SiteFile:
    content_type: bytes
    policy: bytes | None
    """Content-Security-Policy of a page."""
    page: CachedPage


class Files(Protocol):
    def built(self) -> bool: ...
    def __contains__(self, path: str) -> bool: ...
    async def read(self, path: str) -> SiteFile:
        """Only for a path that is contained."""
        ...


class SiteFiles:
    """Reads nothing before the first request, and each small file once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: Mapping[str, Path] = {}
        self._policies: Mapping[str, str] = {}
        self._kept: dict[str, SiteFile] = {}

    def built(self) -> bool:
        """Whether there is a site; looks again until there is one."""
        if not self._paths and (self._folder / "index.html").exists():
            self._policies = json.loads((self._folder / "csp.json").read_text("utf-8"))
            self._paths = _paths(self._folder)
        return bool(self._paths)

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    async def read(self, path: str) -> SiteFile:
        """Only for a path that is contained."""
        found = self._kept.get(path)
        if found is None:
            found = await asyncio.to_thread(self._load, path)
            if len(found.page.body) <= KEPT_BYTES:
                self._kept[path] = found
        return found

    def _load(self, path: str) -> SiteFile:
        file = self._paths[path]
        packed = file.with_name(f"{file.name}.gz")
        body = file.read_bytes()
        policy = self._policies.get(path.removesuffix("index.html"))
        guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return SiteFile(
            _TYPES.get(file.suffix, guessed).encode(),
            policy.encode() if policy else None,
            CachedPage(0, tag_of(body), body, packed.read_bytes() if packed.exists() else b""),
        )


def _paths(folder: Path) -> Mapping[str, Path]:
    found = {
        f"/{file.relative_to(folder).as_posix()}": file
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".gz"
    }
    return {path: file for path, file in found.items() if path not in _NOT_PAGES}
