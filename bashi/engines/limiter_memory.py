"""In-process rate limiter: fixed windows, the oldest dropped when full."""

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from bashi.core.ports import Use, slot_ms


class MemoryLimiter:
    def __init__(
        self, keys_max: int = 200_000, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lanes: dict[str, tuple[float, int]] = {}
        """When somebody last came, and how long (ms) the lane is taken from then on."""
        self._keys_max = keys_max
        self._seconds = seconds

    async def hit(self, *uses: Use) -> int:
        return max(self._hit(*use) for use in uses)

    def _hit(self, key: str, limit: int, window_seconds: int) -> int:
        now = self._seconds()
        ends, count = self._windows.get(key, (0.0, 0))
        if ends <= now:
            ends, count = now + window_seconds, 0
            self._windows.pop(key, None)
            self._drop_ended(now)
        self._windows[key] = (ends, count + 1)
        return 0 if count < limit else ceil(ends - now)

    async def slot(self, key: str, per_second: int) -> int:
        now = self._seconds()
        came, taken_ms = self._lanes.get(key, (now, 0))
        passed_ms = max(0, int((now - came) * 1000))
        wait_ms = max(0, taken_ms - passed_ms)
        self._lanes[key] = (now, wait_ms + slot_ms(per_second))
        return wait_ms

    def _drop_ended(self, now: float) -> None:
        while self._windows:
            key, (ends, _) = next(iter(self._windows.items()))
            if ends > now and len(self._windows) < self._keys_max:
                return
            del self._windows[key]
