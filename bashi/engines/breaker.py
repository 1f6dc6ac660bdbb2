"""Circuit breaker, and what is said of an outage: one line at its beginning and one at its end."""

import random
import time
from collections.abc import Callable

import structlog

from bashi.core.backoff import Backoff

log = structlog.get_logger()


class Outage:
    """Of something that others run. Logged as `<name>_down` with the reason, and `<name>_back`."""

    def __init__(self, name: str, **told: str) -> None:
        """`told`: what both lines say besides; never a secret."""
        self.down = False
        self._began, self._ended = f"{name}_down", f"{name}_back"
        self._told = told

    def failed(self, reason: str) -> None:
        if not self.down:
            log.warning(self._began, reason=reason, **self._told)
        self.down = True

    def worked(self) -> None:
        if self.down:
            log.info(self._ended, **self._told)
        self.down = False


class Breaker(Outage):
    """While it is down, one call in a while may try; all others should not wait for it."""

    def __init__(
        self,
        name: str,
        backoff: Backoff,
        seconds: Callable[[], float] = time.monotonic,
        **told: str,
    ) -> None:
        super().__init__(name, **told)
        self._backoff = backoff
        self._seconds = seconds
        self._tries = 0
        self._try_at = 0.0

    def may_try(self) -> bool:
        """Whoever hears yes tries, and tells how it went; the others wait a pause more."""
        if not self.down:
            return True
        if self._seconds() < self._try_at:
            return False
        self._wait_longer()
        return True

    def failed(self, reason: str) -> None:
        if not self.down:
            self._tries = 0
            self._wait_longer()
        super().failed(reason)

    def _wait_longer(self) -> None:
        self._try_at = self._seconds() + self._backoff.wait_ms(self._tries, uneven()) / 1000
        self._tries += 1


def uneven() -> float:
    """A share of a pause."""
    return random.uniform(0.5, 1.0)  # noqa: S311 - spreads, hides nothing
