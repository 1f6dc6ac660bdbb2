"""Rate limiter as rows of the database, for where callers share no process."""

from math import ceil

from bashi.core.batch import Query
from bashi.core.ports import Clock, Database, Use, slot_ms

# One that ends later than it may was begun before the clock stepped back.
_ENDED = "(counter.ends_at <= :now OR counter.ends_at > excluded.ends_at)"
_INSERT = "INSERT INTO counter (name, value, ends_at) VALUES (:name,"
_OR_UPDATE = "ON CONFLICT (name) DO UPDATE SET"
HIT = Query(
    f"{_INSERT} 1, :ends_at) {_OR_UPDATE}"
    f" value = CASE WHEN {_ENDED} THEN 1 ELSE counter.value + 1 END,"
    f" ends_at = CASE WHEN {_ENDED} THEN excluded.ends_at ELSE counter.ends_at END"
    " RETURNING value, ends_at"
)
# `value` is when somebody last came, by the database's clock, and `ends_at` until when the lane is
# taken. A clock that steps back lets no time pass: nobody waits for more than those before them.
_NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_SLOT = (
    f"{_INSERT} {_NOW}, {_NOW} + CAST(:step AS BIGINT)) {_OR_UPDATE} value = excluded.value,"
    " ends_at = excluded.ends_at + MAX(0, counter.ends_at - MAX(excluded.value, counter.value))"
    " RETURNING ends_at - value AS taken_ms"
)
FORGET = Query(
    "DELETE FROM counter WHERE name IN"
    " (SELECT name FROM counter WHERE ends_at < :now ORDER BY ends_at LIMIT :take)"
)
FORGET_TAKE = 500


class DatabaseLimiter:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._slot = Query(_SLOT)  # in the words of SQLite, which D1 is

    async def hit(self, *uses: Use) -> int:
        now = self._clock.now()
        count = [HIT(name=key, now=now, ends_at=now + window * 1000) for key, _, window in uses]
        rows = [result.rows[0] for result in await self._database.batch(count)]
        return max(
            0 if row["value"] <= use.limit else max(1, ceil((row["ends_at"] - now) / 1000))
            for use, row in zip(uses, rows, strict=True)
        )

    async def slot(self, key: str, per_second: int) -> int:
        step = slot_ms(per_second)
        (taken,) = await self._database.batch([self._slot(name=key, step=step)])
        return int(taken.rows[0]["taken_ms"]) - step

    async def forget_ended(self) -> None:
        await self._database.batch([FORGET(now=self._clock.now(), take=FORGET_TAKE)])
