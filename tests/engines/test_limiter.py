"""One contract for the counters of a process, of Valkey, and of D1."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
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

START = 1_795_176_000_000


@dataclass
class Bench:
    limiter: Limiter
    advance: Callable[[float], Awaitable[None]]
    """Lets so many seconds pass."""


async def age(client: Valkey, prefix: str, seconds: float) -> None:
    """Valkey's clock cannot be moved, so the ends of its windows are."""
    for key in [key async for key in client.scan_iter(f"{prefix}*")]:
        left = await client.pttl(key) - round(seconds * 1000)
        await (client.pexpire(key, left) if left > 0 else client.delete(key))


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

        limiter: Limiter = MemoryLimiter(seconds=clock.seconds)
        if request.param == "d1":
            database = EdgeDatabase(request.getfixturevalue("edge"), counter_table(tmp_path))
            limiter = DatabaseLimiter(database, clock)
        yield Bench(limiter, advance)
        return
    link = ValkeyLink(request.getfixturevalue("valkey"))
    prefix = f"{uuid4()}:"

    async def advance_ends(seconds: float) -> None:
        await age(link.client, prefix, seconds)

    yield Bench(ValkeyLimiter(link, prefix), advance_ends)
    assert not link.down
    await link.close()


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


async def test_reserves_slots_in_order(bench: Bench) -> None:
    slot = bench.limiter.slot
    assert [await slot("stripe", 20, START) for _ in range(3)] == [START, START + 50, START + 100]
    assert await slot("other", 20, START) == START
    assert await slot("stripe", 20, START + 5_000) == START + 5_000


@pytest.mark.parametrize("per_second", [7, 80, 600])
async def test_slots_are_never_closer_than_the_lane_is_wide(bench: Bench, per_second: int) -> None:
    slots = [await bench.limiter.slot("stripe", per_second, START) for _ in range(4)]
    assert [slot for n, slot in enumerate(slots) if slot - START < n * 1000 / per_second] == []


async def test_nothing_is_lost_when_many_ask_at_once(bench: Bench) -> None:
    waits = await asyncio.gather(*(bench.limiter.hit(Use("a", 30, 60)) for _ in range(100)))
    assert waits.count(0) == 30
    slots = await asyncio.gather(*(bench.limiter.slot("s", 100, START) for _ in range(100)))
    assert sorted(slots) == [START + 10 * n for n in range(100)]


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
    slots = await asyncio.gather(*(each.slot("s", 10, START) for each in (one, two)))
    assert sorted(slots) == [START, START + 100]
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
    assert await limiter.slot("stripe", 10, START) == START
    assert await limiter.slot("stripe", 10, START) == START + 100
    down = link.down
    assert down
    with own_valkey(port):
        assert await limiter.hit(Use("login", 3, 60)) == 60
        clock.advance(seconds=10)
        assert [await limiter.hit(Use("login", 3, 60)) for _ in range(4)] == [0, 0, 0, 60]
        reached: bool = not link.down
        assert reached
    await link.close()
