"""Connection to Valkey shared by cache and limiter, and its health."""

import random
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from valkey.asyncio import BlockingConnectionPool, Valkey
from valkey.asyncio.retry import Retry
from valkey.backoff import NoBackoff
from valkey.exceptions import ValkeyError

log = structlog.get_logger()

CONNECTIONS = 32
TIMEOUT_SECONDS = 0.5
PAUSE_FIRST_SECONDS = 0.1
PAUSE_MAX_SECONDS = 5.0

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
        self.down = False
        self._seconds = seconds
        self._pause = PAUSE_FIRST_SECONDS
        self._try_at = 0.0

    async def ask(self, call: Callable[[], Awaitable[T]]) -> T:
        """Raises ValkeyDown."""
        probing = self.down
        if probing:
            if self._seconds() < self._try_at:
                raise ValkeyDown
            self._wait_longer()
        try:
            if probing:
                await self.client.set(PROBE, "1", ex=PROBE_SECONDS)
            answer = await call()
        except (ValkeyError, OSError, TimeoutError) as error:
            if not self.down:
                self._began(error)
            raise ValkeyDown from error
        if probing and self.down:
            self.down = False
            log.info("valkey_back", place=self.place)
        return answer

    async def close(self) -> None:
        await self.client.connection_pool.aclose()

    def _began(self, error: Exception) -> None:
        self.down, self._pause = True, PAUSE_FIRST_SECONDS
        self._wait_longer()
        log.warning("valkey_down", place=self.place, reason=type(error).__name__)

    def _wait_longer(self) -> None:
        self._try_at = self._seconds() + self._pause * random.uniform(0.5, 1.0)  # noqa: S311
        self._pause = min(self._pause * 2, PAUSE_MAX_SECONDS)


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
