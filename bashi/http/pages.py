"""Answers made once for everybody and kept in the cache, whole: body, gzip copy and ETag."""

import gzip
import hashlib
import struct
from dataclasses import dataclass

from starlette.types import Scope

from bashi.http.answers import Raw

Headers = list[tuple[bytes, bytes]]

_HEAD = struct.Struct(">Q16sI")
_VARY = (b"vary", b"accept-encoding")


@dataclass(frozen=True, slots=True)
class Page:
    fresh_until: int
    """Epoch ms: a moment that is known to change the page may come before the cache forgets it."""
    tag: bytes
    body: bytes
    gzipped: bytes


def make_page(body: bytes, fresh_until: int) -> Page:
    tag = hashlib.sha256(body).hexdigest()[:16].encode()
    return Page(fresh_until, tag, body, gzip.compress(body, 6, mtime=0))


def pack(page: Page) -> bytes:
    head = _HEAD.pack(page.fresh_until, page.tag, len(page.gzipped))
    return b"".join((head, page.gzipped, page.body))


def unpack(packed: bytes) -> Page:
    fresh_until, tag, gzip_bytes = _HEAD.unpack_from(packed)
    body_at = _HEAD.size + gzip_bytes
    return Page(fresh_until, tag, packed[body_at:], packed[_HEAD.size : body_at])


def answer(scope: Scope, page: Page, headers: Headers) -> Raw:
    """The page as this client takes it; 304 when it has it already (RFC 9110 §13.1.2)."""
    accepts_gzip = False
    for name, value in scope["headers"]:
        if name == b"if-none-match" and page.tag in value:
            return Raw(304, [*headers, _etag(page), _VARY], b"")
        if name == b"accept-encoding" and b"gzip" in value:
            accepts_gzip = True
    if not accepts_gzip:
        size = str(len(page.body)).encode()
        return Raw(200, [*headers, _etag(page), _VARY, (b"content-length", size)], page.body)
    size = str(len(page.gzipped)).encode()
    encoding = (b"content-encoding", b"gzip")
    return Raw(
        200,
        [*headers, _etag(page), _VARY, encoding, (b"content-length", size)],
        page.gzipped,
    )


def _etag(page: Page) -> tuple[bytes, bytes]:
    """Weak: the same for both encodings."""
    return b"etag", b'W/"%b"' % page.tag
