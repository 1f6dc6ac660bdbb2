"""The Http port on httpx, with one connection pool for the process."""

import asyncio
import os
import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpx

from bashi.core.ports import HttpAnswer, HttpFailed


def _authorities() -> ssl.SSLContext | bool:
    """Whose certificates are believed: those of the operator, where OpenSSL's own variables name
    any, as for mail and Valkey; else those that httpx brings."""
    named = any(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    return ssl.create_default_context() if named else True


class HttpxHttp:
    """Close it with `aclose`, or use it as a context manager."""

    def __init__(self, connections: int = 100) -> None:
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        # Proxies and credentials come from settings, never from whatever the environment holds.
        self._client = httpx.AsyncClient(
            limits=limits, verify=_authorities(), trust_env=False, follow_redirects=False
        )

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_seconds: float,
    ) -> HttpAnswer:
        try:
            async with asyncio.timeout(timeout_seconds):  # httpx begins anew at each byte
                answer = await self._client.request(
                    method, url, headers=headers, content=body, timeout=timeout_seconds
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as failure:
            raise HttpFailed(sent=False) from failure
        except (httpx.RequestError, TimeoutError) as failure:
            raise HttpFailed(sent=True) from failure
        return HttpAnswer(answer.status_code, answer.headers, answer.content)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()
