"""The one ASGI middleware: request id, client address, headers, compression, log, metrics.

Pure ASGI, since each stacked middleware costs more than a point read.
"""

import gzip
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bashi.core.errors import Problem
from bashi.core.host_header import host_of
from bashi.http.client_address import FORWARDED_CHARS, Network, client_address
from bashi.http.problems import body_too_large, internal_error, problem_answer

log = structlog.get_logger()

SLOW_SECONDS = 1.0
GZIP_BYTES_MIN = 1024
DISCARDED_BYTES = 64 * 1024 * 1024  # of a body over the limit; whoever sends more is cut off
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""What proxies add to say for whom they ask."""
_FORWARDED = tuple(name.encode() for name in FORWARDED)
_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_READABLE = (b"application/json", b"application/problem+json", b"text/html", b"text/plain")
_COMPRESSIBLE = (b"application/json", b"application/problem+json", b"text/", b"image/svg+xml")

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class GatewayOptions:
    trusted_proxies: Sequence[Network]
    hosts: frozenset[str]
    """Host names that are answered; empty: any."""
    https: bool
    log_all: bool
    refuse_forwarded: bool
    """The demo trusts nobody and says so."""


class Meter(Protocol):
    def request(self, route: str, status: int, seconds: float) -> None:
        """One answer: of which route, and how long it took."""
        ...


class _Misdirected(Problem):
    status = 421


class Gateway:
    def __init__(self, app: ASGIApp, options: GatewayOptions, meter: Meter) -> None:
        self._app = app
        self._options = options
        self._meter = meter
        self._trusted = tuple(options.trusted_proxies)
        self._common: Headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(self), geolocation=(), microphone=(), payment=()"),
        ]
        if options.https:
            self._common.append((b"strict-transport-security", b"max-age=31536000"))

    def drain(self) -> None:
        """From now on clients and balancers are told not to call again on the same connection."""
        self._common.append((b"connection", b"close"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if b"cookie" in headers:
            scope["headers"] = [_unquoted(*pair) for pair in scope["headers"]]
        answer = _Answer(receive, send, self._common, scope["method"], headers)
        if scope["method"] == "HEAD":
            scope["method"] = (
                "GET"  # whoever has an answer to GET has one to HEAD (RFC 9110 §9.3.2)
            )
        scope["state"] = {
            "request_id": answer.request_id,
            "client_address": self._client_address(scope, headers),
        }
        refusal = self._refusal(headers)
        app = self._app if refusal is None else problem_answer(answer.request_id, refusal)
        try:
            await app(scope, receive, answer.send)
        except Exception:
            log.exception("request_failed", request_id=answer.request_id, path=_route(scope))
            if not answer.status:
                await internal_error(answer.request_id)(scope, receive, answer.send)
        self._account(scope, answer)

    def _refusal(self, headers: Mapping[bytes, bytes]) -> Problem | None:
        options = self._options
        if options.hosts and _host_name(headers) not in options.hosts:
            return _Misdirected("wrong_host", "This site does not answer to that host name.")
        if options.refuse_forwarded and any(name in headers for name in _FORWARDED):
            return _Misdirected("behind_proxy", "The demo is not made to stand behind a proxy.")
        return None

    def _client_address(self, scope: Scope, headers: Mapping[bytes, bytes]) -> str:
        peer = scope["client"][0] if scope.get("client") else ""
        forwarded = headers.get(b"x-forwarded-for", b"")[-FORWARDED_CHARS:].decode("latin-1")
        return client_address(peer, forwarded, self._trusted)

    def _account(self, scope: Scope, answer: "_Answer") -> None:
        seconds = perf_counter() - answer.started
        route = _route(scope)
        self._meter.request(route, answer.status, seconds)
        if self._options.log_all or answer.status >= 500 or seconds > SLOW_SECONDS:
            log.info(
                "request",
                request_id=answer.request_id,
                method=answer.method,
                route=route,
                status=answer.status,
                ms=round(seconds * 1000, 1),
            )


class _Answer:
    """Holds the start of an answer until its first body part shows whether to compress."""

    __slots__ = (
        "_accepts_gzip",
        "_common",
        "_declared",
        "_receive",
        "_send",
        "_start",
        "method",
        "request_id",
        "started",
        "status",
    )

    def __init__(
        self,
        receive: Receive,
        send: Send,
        common: Headers,
        method: str,
        headers: Mapping[bytes, bytes],
    ) -> None:
        self._receive = receive
        self._send = send
        self._common = common
        self._declared = b"content-length" in headers
        self._accepts_gzip = b"gzip" in headers.get(b"accept-encoding", b"")
        self.method = method
        self._start: Message | None = None
        self.request_id = f"{random.getrandbits(64):016x}"
        self.started = perf_counter()
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None:
            if self.status == 413:
                # A declared length over the limit is answered by Starlette, past every handler.
                await self._discard_body()
                problem = body_too_large(self.request_id)
                start = {**start, "headers": problem.raw_headers}
                message = {**message, "body": problem.body}
            headers: Headers = [*start["headers"], *self._common]
            headers.append((b"x-request-id", self.request_id.encode()))
            named = dict(headers)
            kind = named.get(b"content-type", b"")
            if _POLICY[0] not in named and kind.startswith(_READABLE):
                headers.append(_POLICY)
            if self._accepts_gzip and _worth_compressing(named, message):
                message = {**message, "body": gzip.compress(message["body"], 5)}
                headers = [pair for pair in headers if pair[0] != b"content-length"]
                headers.append((b"content-length", str(len(message["body"])).encode()))
                headers += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
            await self._send({**start, "headers": headers})
        await self._send(message if self.method != "HEAD" else {**message, "body": b""})

    async def _discard_body(self) -> None:
        """Nothing of a body with a declared length over the limit was read; with its end unread,
        the connection would be reset, and a browser would show that instead of our answer."""
        left = DISCARDED_BYTES if self._declared else 0
        while left > 0:
            message = await self._receive()
            left -= len(message.get("body", b""))
            if not message.get("more_body"):
                return


def _unquoted(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Cookies without those in quotes, as none of ours is: every route reads them all, and Python
    before 3.11.10 and 3.12.6 takes a minute of CPU for a long one (CVE-2024-7592)."""
    if name != b"cookie" or b'"' not in value:
        return name, value
    return name, b";".join(cookie for cookie in value.split(b";") if b'"' not in cookie)


def _worth_compressing(headers: Mapping[bytes, bytes], message: Message) -> bool:
    if message.get("more_body") or len(message.get("body", b"")) < GZIP_BYTES_MIN:
        return False
    kind = headers.get(b"content-type", b"")
    return b"content-encoding" not in headers and kind.startswith(_COMPRESSIBLE)


def _route(scope: Scope) -> str:
    """The route's template, never the path itself: no ids, and few label values."""
    route = scope.get("route")
    path: str = getattr(route, "path_format", "")
    return f"{scope['method']} {path or 'site'}" if scope["method"] in _METHODS else "other"


_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def _host_name(headers: Mapping[bytes, bytes]) -> str:
    return host_of(headers.get(b"host", b"").decode("latin-1"))
