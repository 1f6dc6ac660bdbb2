"""Rate limiter as rows of the database, for where callers share no process."""

from math import ceil

from bashi.core.batch import Query
from bashi.core.ports import Clock, Database, Use, slot_ms

HIT = Query(
    "INSERT INTO counter (name, value, ends_at) VALUES (:name, 1, :ends_at)"
    " ON CONFLICT (name) DO UPDATE SET"
    " value = CASE WHEN counter.ends_at <= :now THEN 1 ELSE counter.value + 1 END,"
    " ends_at = CASE WHEN counter.ends_at <= :now THEN excluded.ends_at ELSE counter.ends_at END"
    " RETURNING value, ends_at"
)
SLOT = Query(
    "INSERT INTO counter (name, value, ends_at) VALUES (:name, :next, :next)"
    " ON CONFLICT (name) DO UPDATE SET"
    " value = CASE WHEN counter.value < :now THEN excluded.value ELSE counter.value + :step END,"
    " ends_at = CASE WHEN counter.value < :now THEN excluded.value ELSE counter.value + :step END"
    " RETURNING value"
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

    async def hit(self, *uses: Use) -> int:
        now = self._clock.now()
        count = [HIT(name=key, now=now, ends_at=now + window * 1000) for key, _, window in uses]
        rows = [result.rows[0] for result in await self._database.batch(count)]
        return max(
            0 if row["value"] <= use.limit else max(1, ceil((row["ends_at"] - now) / 1000))
            for use, row in zip(uses, rows, strict=True)
        )

    async def slot(self, key: str, per_second: int, now: int) -> int:
        step = slot_ms(per_second)
        reserve = SLOT(name=key, now=now, step=step, next=now + step)
        result = (await self._database.batch([reserve]))[0]
        return int(result.rows[0]["value"]) - step

    async def forget_ended(self) -> None:
        await self._database.batch([FORGET(now=self._clock.now(), take=FORGET_TAKE)])
