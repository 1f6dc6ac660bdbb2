"""Cached responses, whole: body, gzip copy and ETag."""

import gzip
import hashlib
import struct
from dataclasses import dataclass

from starlette.types import Scope

from bashi.http.responses import Raw

Headers = list[tuple[bytes, bytes]]

_HEAD = struct.Struct(">Q16sI")
# The ETag is weak: the same for both encodings.
_VARY = (b"vary", b"accept-encoding")


@dataclass(frozen=True, slots=True)
class CachedPage:
    fresh_until: int
    """Epoch ms: a moment that is known to change the page may come before the cache forgets it."""
    tag: bytes
    body: bytes
    gzipped: bytes
    """Empty for what does not shrink."""


def make_page(body: bytes, fresh_until: int) -> CachedPage:
    return CachedPage(fresh_until, tag_of(body), body, gzip.compress(body, 6, mtime=0))


def tag_of(body: bytes) -> bytes:
    """What an ETag says of a body."""
    return hashlib.sha256(body).hexdigest()[:16].encode()


def pack(page: CachedPage) -> bytes:
    head = _HEAD.pack(page.fresh_until, page.tag, len(page.gzipped))
    return b"".join((head, page.gzipped, page.body))


def unpack(packed: bytes) -> CachedPage:
    fresh_until, tag, gzip_bytes = _HEAD.unpack_from(packed)
    body_at = _HEAD.size + gzip_bytes
    return CachedPage(fresh_until, tag, packed[body_at:], packed[_HEAD.size : body_at])


def answer(scope: Scope, page: CachedPage, headers: Headers, status: int = 200) -> Raw:
    """The page as this client takes it; 304 when it has it already (RFC 9110 §13.1.2)."""
    body, headers = page.body, [*headers, (b"etag", b'W/"%b"' % page.tag), _VARY]
    for name, value in scope["headers"]:
        if name == b"if-none-match" and page.tag in value and status == 200:
            return Raw(304, headers, b"")
        if name == b"accept-encoding" and b"gzip" in value and page.gzipped:
            body = page.gzipped
            headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    return Raw(status, headers, b"" if scope["method"] == "HEAD" else body)
