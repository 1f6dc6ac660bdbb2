"""One contract for the cache of a process, the one that processes share, and the edge's."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from bashi.core.ports import Cache
from bashi.engines.cache_memory import MemoryCache
from bashi.engines.valkey.cache import ValkeyCache
from bashi.engines.valkey.link import ValkeyLink, place
from tests.edge.adapters import EdgeCache
from tests.edge.harness import Edge
from tests.support.stand_ins import MovableClock
from tests.support.valkey import own_valkey


@pytest.fixture(params=["memory", "valkey", pytest.param("workers", marks=pytest.mark.slow)])
async def cache(request: pytest.FixtureRequest) -> AsyncIterator[Cache]:
    if request.param == "memory":
        yield MemoryCache()
        return
    if request.param == "workers":
        yield EdgeCache(request.getfixturevalue("edge"), str(uuid4()))
        return
    link = ValkeyLink(request.getfixturevalue("valkey"))
    yield ValkeyCache(link, f"{uuid4()}:")
    await link.close()
    assert not link.down


async def test_gives_back_what_was_put(cache: Cache) -> None:
    assert await cache.get("page") is None
    await cache.put("page", b"\x00\xffone", 60)
    assert await cache.get("page") == b"\x00\xffone"
    await cache.put("page", b"", 60)
    assert await cache.get("page") == b""
    assert await cache.get("another") is None


async def test_forgets_on_demand(cache: Cache) -> None:
    await cache.put("page", b"one", 60)
    await cache.delete("page")
    await cache.delete("page")
    assert await cache.get("page") is None


async def test_forgets_in_time(cache: Cache) -> None:
    await cache.put("page", b"one", 1)
    async with asyncio.timeout(30):
        while await cache.get("page") is not None:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.05)


async def test_serves_many_at_once(cache: Cache) -> None:
    numbers = [str(number) for number in range(300)]
    await asyncio.gather(*(cache.put(each, each.encode(), 60) for each in numbers))
    found = await asyncio.gather(*(cache.get(each) for each in numbers))
    assert found == [each.encode() for each in numbers]


async def test_who_reads_at_the_same_time_asks_valkey_together(valkey: str) -> None:
    """The page of a sale that opens now: two questions, whoever many readers there are."""
    link = ValkeyLink(valkey)
    cache = ValkeyCache(link, f"{uuid4()}:")
    await cache.put("page", b"one", 60)
    before = await questions(link)
    found = await asyncio.gather(*(cache.get("page") for _ in range(100)))
    assert set(found) == {b"one"}
    assert await questions(link) - before <= 2
    await link.close()


async def questions(link: ValkeyLink) -> int:
    stats = await link.client.info("commandstats")
    return sum(
        each["calls"] for name, each in stats.items() if name in ("cmdstat_get", "cmdstat_mget")
    )


async def test_what_one_process_deletes_is_gone_for_all(valkey: str) -> None:
    links = [ValkeyLink(valkey) for _ in range(2)]
    prefix = f"{uuid4()}:"
    one, two = (ValkeyCache(link, prefix) for link in links)
    stranger = ValkeyCache(links[0], f"{uuid4()}:")
    await one.put("page", b"old", 60)
    assert await stranger.get("page") is None
    assert await two.get("page") == b"old"
    await two.delete("page")
    assert await one.get("page") is None
    for link in links:
        await link.close()


@pytest.mark.slow
async def test_what_one_isolate_puts_another_finds(edge: Edge) -> None:
    prefix = str(uuid4())
    one, two = EdgeCache(edge, prefix), EdgeCache(edge, prefix)
    await one.put("page", b"\x00\xffone", 60)
    await one.put("draft", b"short", 59)
    assert await two.get("page") == b"\x00\xffone"
    assert await two.get("draft") is None


async def test_an_outage_is_a_miss_told_once_and_ends_by_itself() -> None:
    clock = MovableClock()
    with own_valkey() as server:
        link = ValkeyLink(f"redis://127.0.0.1:{server.port}", clock.seconds)
        cache = ValkeyCache(link, "ours:")
        await cache.put("page", b"one", 60)
        port = server.port
    with capture_logs() as logs:
        for _ in range(5):
            assert await cache.get("page") is None
            await cache.put("page", b"two", 60)
            await cache.delete("page")
            clock.advance(seconds=10)
        assert [line["event"] for line in logs] == ["valkey_down"]
    with own_valkey(port), capture_logs() as logs:
        await cache.put("page", b"three", 60)
        assert await cache.get("page") == b"three"
        assert [line["event"] for line in logs] == ["valkey_back"]
    await link.close()


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"),
        ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE"),
    ],
    ids=["full", "a replica by now"],
)
async def test_one_that_answers_reads_alone_is_down_until_it_takes_writes(
    begin: str, end: str
) -> None:
    clock = MovableClock()
    with own_valkey() as server, capture_logs() as logs:
        link = ValkeyLink(server.connection_url, clock.seconds)
        cache = ValkeyCache(link, "ours:")
        await link.client.execute_command(*begin.split())  # type: ignore[no-untyped-call]
        for _ in range(5):
            assert await cache.get("page") is None
            await cache.put("page", b"one", 60)
            clock.advance(seconds=10)
        assert [line["event"] for line in logs] == ["valkey_down"]
        await link.client.execute_command(*end.split())  # type: ignore[no-untyped-call]
        await cache.put("page", b"two", 60)
        assert await cache.get("page") == b"two"
        assert [line["event"] for line in logs] == ["valkey_down", "valkey_back"]
        await link.close()


async def test_a_server_that_is_silent_is_tried_by_one_call_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bashi.engines.valkey.link.TIMEOUT_SECONDS", 0.5)
    tries = 0

    async def swallow(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal tries
        tries += 1
        await _reader.read()
        writer.close()

    clock = MovableClock()
    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        link = ValkeyLink(f"redis://127.0.0.1:{port}", clock.seconds)
        cache = ValkeyCache(link, "ours:")
        assert await cache.get("page") is None
        assert await asyncio.gather(*(cache.get("page") for _ in range(50))) == [None] * 50
        assert tries == 1
        clock.advance(seconds=10)
        await asyncio.gather(*(cache.get("page") for _ in range(50)))
        assert tries == 2
        await link.close()


def test_the_place_is_told_without_the_password() -> None:
    assert place("rediss://ours:secret@cache.example:6380/2") == "rediss://cache.example:6380/2"
