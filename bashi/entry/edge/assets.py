"""Built site on Workers static assets: the pages that a Worker fills in or falls back to."""

import json
from collections.abc import Mapping
from typing import Any

from bashi.http.cached_page import CachedPage, tag_of
from bashi.http.site_files import SiteFile

_ORIGIN = "https://assets.internal"
_HTML = b"text/html; charset=utf-8"


class AssetFiles:
    """The pages that csp.json names; the platform serves all other files by itself."""

    def __init__(self, binding: Any) -> None:
        self._binding = binding
        self._policies: Mapping[str, str] = {}
        self._kept: dict[str, SiteFile] = {}

    async def open(self) -> None:
        """Once, before the first question."""
        found = await self._fetch("/csp.json")
        self._policies = {_file(path): policy for path, policy in json.loads(found).items()}

    def built(self) -> bool:
        return bool(self._policies)

    def __contains__(self, path: str) -> bool:
        return path in self._policies

    async def read(self, path: str) -> SiteFile:
        found = self._kept.get(path)
        if found is None:
            # The platform redirects from a page's file name to its address.
            body = await self._fetch(path.removesuffix("index.html").removesuffix(".html"))
            policy = self._policies[path].encode()
            found = self._kept[path] = SiteFile(
                _HTML, policy, CachedPage(0, tag_of(body), body, b"")
            )
        return found

    async def _fetch(self, path: str) -> bytes:
        answer = await self._binding.fetch(f"{_ORIGIN}{path}")
        if answer.status != 200:
            raise FileNotFoundError(f"{path}: {answer.status}")
        content: bytes = await answer.bytes()
        return content


def _file(path: str) -> str:
    return f"{path}index.html" if path.endswith("/") else path
