from bashi.engines.limiter_memory import MemoryLimiter
from tests.support.stand_ins import MovableClock


async def test_counts_in_windows() -> None:
    clock = MovableClock()
    limiter = MemoryLimiter(seconds=clock.seconds)
    assert [await limiter.hit("a", 2, 60) for _ in range(4)] == [0, 0, 60, 60]
    assert await limiter.hit("b", 2, 60) == 0
    clock.advance(seconds=59.5)
    assert await limiter.hit("a", 2, 60) == 1
    clock.advance(seconds=0.5)
    assert [await limiter.hit("a", 2, 60) for _ in range(3)] == [0, 0, 60]


async def test_being_held_back_does_not_prolong_the_wait() -> None:
    clock = MovableClock()
    limiter = MemoryLimiter(seconds=clock.seconds)
    for _ in range(59):
        await limiter.hit("a", 1, 60)
        clock.advance(seconds=1)
    assert await limiter.hit("a", 1, 60) == 1
    clock.advance(seconds=1)
    assert await limiter.hit("a", 1, 60) == 0


async def test_keeps_no_more_than_it_may() -> None:
    clock = MovableClock()
    limiter = MemoryLimiter(keys_max=10, seconds=clock.seconds)
    for number in range(100):
        assert await limiter.hit(f"key {number}", 1, 60) == 0
    assert len(limiter._windows) == 10
    assert await limiter.hit("key 99", 1, 60) == 60
    clock.advance(seconds=60)
    await limiter.hit("another", 1, 60)
    assert len(limiter._windows) == 1


async def test_reserves_slots_in_order() -> None:
    limiter = MemoryLimiter()
    assert [await limiter.slot("stripe", 20, 1_000) for _ in range(3)] == [1_000, 1_050, 1_100]
    assert await limiter.slot("other", 20, 1_000) == 1_000
    assert await limiter.slot("stripe", 20, 5_000) == 5_000
