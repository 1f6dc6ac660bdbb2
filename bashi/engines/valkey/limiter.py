"""Strict counters that all processes of an installation share: fixed windows, counted in scripts
that Valkey runs as one step each."""

import asyncio
from collections.abc import Sequence
from math import ceil

from bashi.core.ports import Use, slot_ms
from bashi.engines.group_queue import Lane
from bashi.engines.limiter_memory import MemoryLimiter
from bashi.engines.valkey.link import ValkeyDown, ValkeyLink

HITS_MAX = 128  # to a script: others wait a tenth of a millisecond for it

# A window that ends later than it may was begun before the clock of Valkey's machine stepped back.
HITS = """
local waits_ms = {}
for place, key in ipairs(KEYS) do
  local limit, window_ms = tonumber(ARGV[2 * place - 1]), tonumber(ARGV[2 * place])
  local uses = redis.call('INCR', key)
  if uses == 1 or redis.call('PTTL', key) > window_ms then
    redis.call('SET', key, 1, 'PX', window_ms)
    uses = 1
  end
  waits_ms[place] = uses <= limit and 0 or math.max(redis.call('PTTL', key), 1)
end
return waits_ms
"""

# When somebody last came, by Valkey's clock, and how long the lane is taken from then on. A clock
# that steps back lets no time pass: nobody waits for more than those before them.
SLOT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'came', 'taken_ms')
local passed_ms = math.max(0, now - tonumber(kept[1] or now))
local wait_ms = math.max(0, tonumber(kept[2] or 0) - passed_ms)
local taken_ms = wait_ms + tonumber(ARGV[1])
redis.call('HSET', KEYS[1], 'came', string.format('%.0f', now), 'taken_ms', taken_ms)
redis.call('PEXPIRE', KEYS[1], taken_ms + 60000)
return wait_ms
"""


class ValkeyLimiter:
    """Uses of the same moment are counted by one script, each by itself and in their order.

    While Valkey is down each process goes on counting by itself, so nothing is let through
    uncounted: with N processes at most N times the limit passes. Uses are counted in the process
    all the time, so that an outage starts from them and not from nothing. A Valkey that comes back
    empty starts new windows."""

    def __init__(self, link: ValkeyLink, prefix: str) -> None:
        """`prefix` names the installation."""
        self._link = link
        self._prefix = prefix
        self._here = MemoryLimiter()
        self._hits: Lane[Use, int | None] = Lane(self._count, HITS_MAX)
        self._hits_script = link.client.register_script(HITS)
        self._slot_script = link.client.register_script(SLOT)

    async def hit(self, *uses: Use) -> int:
        return max(await asyncio.gather(*(self._hit(use) for use in uses)))

    async def _hit(self, use: Use) -> int:
        alone = await self._here.hit(use)
        shared = await self._hits.submit(use._replace(key=self._prefix + use.key))
        return alone if shared is None else shared

    async def _count(self, hits: Sequence[Use]) -> Sequence[int | Exception | None]:
        """Seconds to wait; None where Valkey could not be asked."""
        keys = [hit.key for hit in hits]
        args = [word for hit in hits for word in (hit.limit, hit.window_seconds * 1000)]
        try:
            waits_ms: list[int] = await self._link.ask(lambda: self._hits_script(keys, args))
        except ValkeyDown:
            return [None] * len(hits)
        except Exception as error:  # noqa: BLE001 - the lane must answer everyone and live on
            return [error] * len(hits)
        return [ceil(wait_ms / 1000) for wait_ms in waits_ms]

    async def slot(self, key: str, per_second: int) -> int:
        keys, args = [f"{self._prefix}lane:{key}"], [slot_ms(per_second)]
        try:
            wait_ms: int = await self._link.ask(lambda: self._slot_script(keys, args))
        except ValkeyDown:
            return await self._here.slot(key, per_second)
        return wait_ms
