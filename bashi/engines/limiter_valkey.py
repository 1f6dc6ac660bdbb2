"""Strict counters that all processes of an installation share: fixed windows, counted in scripts
that Valkey runs as one step each."""

from math import ceil

from bashi.engines.limiter_memory import MemoryLimiter
from bashi.engines.valkey import ValkeyDown, ValkeyLink

HIT = """
local limit, window_ms = tonumber(ARGV[1]), tonumber(ARGV[2])
local uses = redis.call('INCR', KEYS[1])
if uses == 1 then redis.call('PEXPIRE', KEYS[1], window_ms) end
if uses <= limit then return 0 end
return math.max(redis.call('PTTL', KEYS[1]), 1)
"""

# Past its moment a slot bars nobody, so the key may go.
SLOT = """
local now, width = tonumber(ARGV[1]), tonumber(ARGV[2])
local slot = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
local free = slot + width
local kept_ms = string.format('%.0f', free - now + 60000)
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', kept_ms)
return slot
"""


class ValkeyLimiter:
    """While Valkey is down each process goes on counting by itself, so nothing is let through
    uncounted: with N processes at most N times the limit passes. Uses are counted in the process
    all the time, so that an outage starts from them and not from nothing. A Valkey that comes back
    empty starts new windows."""

    def __init__(self, link: ValkeyLink, prefix: str) -> None:
        """`prefix` names the installation."""
        self._link = link
        self._prefix = prefix
        self._here = MemoryLimiter()
        self._hit = link.client.register_script(HIT)
        self._slot = link.client.register_script(SLOT)

    async def hit(self, key: str, limit: int, window_seconds: int) -> int:
        alone = await self._here.hit(key, limit, window_seconds)
        keys, args = [self._prefix + key], [limit, window_seconds * 1000]
        try:
            left_ms: int = await self._link.ask(lambda: self._hit(keys, args))
        except ValkeyDown:
            return alone
        return ceil(left_ms / 1000)

    async def slot(self, key: str, per_second: int, now: int) -> int:
        keys, args = [f"{self._prefix}slot:{key}"], [now, 1000 // per_second]
        try:
            slot: int = await self._link.ask(lambda: self._slot(keys, args))
        except ValkeyDown:
            return await self._here.slot(key, per_second, now)
        return slot
