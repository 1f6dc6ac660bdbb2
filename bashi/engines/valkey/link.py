"""Connection to Valkey shared by cache and limiter, and its health."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlsplit

from valkey.asyncio import BlockingConnectionPool, Valkey
from valkey.asyncio.retry import Retry
from valkey.backoff import NoBackoff
from valkey.exceptions import ValkeyError

from bashi.core.backoff import Backoff
from bashi.engines.breaker import Breaker

CONNECTIONS = 32
TIMEOUT_SECONDS = 0.5
PAUSES = Backoff(first_ms=100, most_ms=5_000)

PROBE = "bashi:probe"  # one that is full, or a replica by now, answers reads and is of no use
PROBE_SECONDS = 60

T = TypeVar("T")


class ValkeyDown(Exception):
    """No answer came, or none is expected for a moment: go on without."""


class ValkeyLink:
    """While Valkey does not answer, one call at a time tries it, after pauses that grow; all
    others hear `ValkeyDown` at once instead of waiting for a time-out each.

    An outage is logged once when it starts and once when it is over, without the password.
    """

    def __init__(self, url: str, seconds: Callable[[], float] = time.monotonic) -> None:
        """`url`: redis://, rediss:// (certificate and host name are checked) or unix://."""
        self.client = Valkey(connection_pool=_pool(url))
        self.place = place(url)
        self._breaker = Breaker("valkey", PAUSES, seconds, place=self.place)

    @property
    def down(self) -> bool:
        return self._breaker.down

    async def ask(self, call: Callable[[], Awaitable[T]]) -> T:
        """Raises ValkeyDown."""
        probing = self.down
        if not self._breaker.may_try():
            raise ValkeyDown
        try:
            if probing:
                await self.client.set(PROBE, "1", ex=PROBE_SECONDS)
            answer = await call()
        except (ValkeyError, OSError, TimeoutError) as error:
            self._breaker.failed(type(error).__name__)
            raise ValkeyDown from error
        if probing:
            self._breaker.worked()
        return answer

    async def close(self) -> None:
        await self.client.connection_pool.aclose()


def place(url: str) -> str:
    """Where it is, without user and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _pool(url: str) -> BlockingConnectionPool:
    secure = {"ssl_check_hostname": True} if urlsplit(url).scheme in ("rediss", "valkeys") else {}
    return BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
        **secure,
    )
