"""One contract for the counters of a process, of Valkey, and of D1."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from uuid import uuid4

import pytest
from valkey.asyncio import Valkey

from bashi.core.ports import Limiter, Use
from bashi.engines.limiter_database import DatabaseLimiter
from bashi.engines.limiter_memory import MemoryLimiter
from bashi.engines.valkey.limiter import ValkeyLimiter
from bashi.engines.valkey.link import ValkeyLink
from tests.edge.adapters import EdgeDatabase
from tests.support.database import SqliteTemplate
from tests.support.stand_ins import MovableClock
from tests.support.valkey import own_valkey


@dataclass
class Bench:
    limiter: Limiter
    advance: Callable[[float], Awaitable[None]]
    """Lets so many seconds pass."""
    step: Callable[[float], Awaitable[None]]
    """Sets the limiter's clock forth, or back, since it was used last."""


async def age(client: Valkey, prefix: str, seconds: float) -> None:
    """Valkey's clock cannot be moved, so the ends of its windows are."""
    for key in [key async for key in client.scan_iter(f"{prefix}*")]:
        left = await client.pttl(key) - round(seconds * 1000)
        await (client.pexpire(key, left) if left > 0 else client.delete(key))


async def nothing(_: float) -> None:
    """The system's monotonic clock is never set."""


def counter_table(folder: Path) -> str:
    """As the migrations make it."""
    path = SqliteTemplate(folder / "template.sqlite").path
    with closing(sqlite3.connect(path)) as database:
        ((sql,),) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'counter'")
    return str(sql)


@pytest.fixture(params=["memory", "valkey", pytest.param("d1", marks=pytest.mark.slow)])
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    if request.param != "valkey":
        clock = MovableClock()

        async def advance(seconds: float) -> None:
            clock.advance(seconds=seconds)

        if request.param == "memory":
            yield Bench(MemoryLimiter(seconds=clock.seconds), advance, nothing)
            return
        edge = request.getfixturevalue("edge")
        database = EdgeDatabase(edge, counter_table(tmp_path))

        async def step(seconds: float) -> None:
            """As the database's own clock cannot be moved, what it wrote is."""
            clock.advance(seconds=seconds)
            shift = "UPDATE counter SET value = value - ?1, ends_at = ends_at - ?1 WHERE name = ?2"
            edge.sql(shift, round(seconds * 1000), "stripe", database="CONTRACT")

        yield Bench(DatabaseLimiter(database, clock), advance, step)
        return
    link = ValkeyLink(request.getfixturevalue("valkey"))
    prefix = f"{uuid4()}:"

    async def advance_ends(seconds: float) -> None:
        await age(link.client, prefix, seconds)

    async def step_ends(seconds: float) -> None:
        lane, back_ms = f"{prefix}lane:stripe", -round(seconds * 1000)
        shift = link.client.register_script("redis.call('HINCRBY', KEYS[1], 'came', ARGV[1])")
        await shift([lane], [back_ms])
        await age(link.client, prefix, seconds)

    yield Bench(ValkeyLimiter(link, prefix), advance_ends, step_ends)
    await link.close()
    assert not link.down


async def test_counts_in_windows(bench: Bench) -> None:
    limiter = bench.limiter
    assert [await limiter.hit(Use("a", 2, 60)) for _ in range(4)] == [0, 0, 60, 60]
    assert await limiter.hit(Use("b", 2, 60)) == 0
    await bench.advance(58.5)
    assert await limiter.hit(Use("a", 2, 60)) in (1, 2)
    await bench.advance(2)
    assert [await limiter.hit(Use("a", 2, 60)) for _ in range(3)] == [0, 0, 60]


async def test_several_at_once_are_counted_each_and_the_longest_wait_is_told(bench: Bench) -> None:
    limiter = bench.limiter
    narrow, wide = Use("narrow", 1, 60), Use("wide", 3, 3600)
    assert [await limiter.hit(narrow, wide) for _ in range(4)] == [0, 60, 60, 3600]
    assert await limiter.hit(Use("another", 1, 60)) == 0


async def test_being_held_back_does_not_prolong_the_wait(bench: Bench) -> None:
    await bench.limiter.hit(Use("a", 1, 60))
    for _ in range(5):
        await bench.advance(10)
        assert await bench.limiter.hit(Use("a", 1, 60)) <= 50
    await bench.advance(10)
    assert await bench.limiter.hit(Use("a", 1, 60)) == 0


async def waits(limiter: Limiter, per_second: int, places: int) -> list[tuple[int, float]]:
    """Of each place, and how long (ms) the lane had been in use when it was taken."""
    began = time.monotonic()
    return [
        (await limiter.slot("stripe", per_second), (time.monotonic() - began) * 1000)
        for _ in range(places)
    ]


@pytest.mark.parametrize("per_second", [1, 7, 80, 600])
async def test_places_in_a_lane_follow_each_other_at_its_pace(
    bench: Bench, per_second: int
) -> None:
    for place, (wait_ms, passed_ms) in enumerate(await waits(bench.limiter, per_second, 4)):
        turn_ms = place * ceil(1000 / per_second)
        assert max(0, turn_ms - passed_ms - 1) <= wait_ms <= turn_ms
    assert await bench.limiter.slot("other", per_second) == 0


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_clock_that_steps_makes_nobody_wait_for_it(bench: Bench, hours: float) -> None:
    for _ in range(3):
        await bench.limiter.slot("stripe", 1)
        await bench.limiter.hit(Use("login", 1, 60))
    await bench.step(hours * 3600)
    assert await bench.limiter.slot("stripe", 1) <= 3000
    assert await bench.limiter.hit(Use("login", 1, 60)) <= 60


async def test_nothing_is_lost_when_many_ask_at_once(bench: Bench) -> None:
    waits = await asyncio.gather(*(bench.limiter.hit(Use("a", 30, 60)) for _ in range(100)))
    assert waits.count(0) == 30
    began = time.monotonic()
    slots = await asyncio.gather(*(bench.limiter.slot("s", 1) for _ in range(100)))
    passed_ms = (time.monotonic() - began) * 1000
    for place, wait_ms in enumerate(sorted(slots)):
        assert 1000 * place - passed_ms - 1 <= wait_ms <= 1000 * place


async def test_a_process_keeps_no_more_than_it_may() -> None:
    clock = MovableClock()
    limiter = MemoryLimiter(keys_max=10, seconds=clock.seconds)
    for number in range(100):
        assert await limiter.hit(Use(f"key {number}", 1, 60)) == 0
    assert len(limiter._windows) == 10
    assert await limiter.hit(Use("key 99", 1, 60)) == 60
    clock.advance(seconds=60)
    await limiter.hit(Use("another", 1, 60))
    assert len(limiter._windows) == 1


async def test_processes_share_counters_and_installations_do_not(valkey: str) -> None:
    prefix = f"{uuid4()}:"
    links = [ValkeyLink(valkey) for _ in range(3)]
    one, two, stranger = (
        ValkeyLimiter(link, name) for link, name in zip(links, (prefix, prefix, "x:"), strict=True)
    )
    waits = await asyncio.gather(
        *(each.hit(Use("login", 10, 60)) for _ in range(20) for each in (one, two))
    )
    assert waits.count(0) == 10
    assert await stranger.hit(Use(str(uuid4()), 10, 60)) == 0
    first, second = sorted(await asyncio.gather(*(each.slot("s", 1) for each in (one, two))))
    assert first == 0
    assert 0 < second <= 1000
    for link in links:
        await link.close()


async def test_without_valkey_each_process_goes_on_from_its_own_count() -> None:
    clock = MovableClock()
    with own_valkey() as server:
        link = ValkeyLink(server.connection_url, clock.seconds)
        limiter = ValkeyLimiter(link, "ours:")
        assert [await limiter.hit(Use("login", 3, 60)) for _ in range(2)] == [0, 0]
        port = server.port
    assert [await limiter.hit(Use("login", 3, 60)) for _ in range(3)] == [0, 60, 60]
    assert await limiter.slot("stripe", 1) == 0
    assert 0 < await limiter.slot("stripe", 1) <= 1000
    down = link.down
    assert down
    with own_valkey(port):
        assert await limiter.hit(Use("login", 3, 60)) == 60
        clock.advance(seconds=10)
        assert [await limiter.hit(Use("login", 3, 60)) for _ in range(4)] == [0, 0, 0, 60]
        reached: bool = not link.down
        assert reached
    await link.close()
