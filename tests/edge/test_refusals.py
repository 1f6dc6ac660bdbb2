"""The harness refuses what production refuses, by workerd itself or by the host's bindings."""

from typing import Any
from uuid import uuid4

import pytest

from tests.edge.adapters import Adapter, EdgeDatabase
from tests.edge.harness import Edge

pytestmark = pytest.mark.slow

ROW_BYTES = 2_000_000
ECHO = "SELECT length(?) AS size"


def one_of(params: int) -> str:
    return f"SELECT 1 AS found WHERE 7 IN ({', '.join('?' * params)})"


@pytest.fixture
def bindings(edge: Edge) -> Adapter:
    """Bare, without our own checks before them."""
    EdgeDatabase(edge, "CREATE TABLE page (content TEXT)")
    return Adapter(edge, "bindings")


async def test_what_fits(bindings: Adapter) -> None:
    assert await bindings.call("sql", one_of(100), *range(100)) == [{"found": 1}]
    assert await bindings.call("sql", ECHO, "x" * ROW_BYTES) == [{"size": ROW_BYTES}]
    assert await bindings.call("sql", "SELECT 'a' LIKE ? AS alike", "%" * 50) == [{"alike": 1}]
    await bindings.call("keep", str(uuid4()), "x", {"expirationTtl": 60})
    await bindings.call("send", "x" * 1_000)
    await bindings.call("point", {"blobs": ["x"] * 20, "doubles": [1] * 20, "indexes": ["i" * 96]})


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ([ECHO, "x" * (ROW_BYTES + 1)], "too big"),
        ([one_of(101), *range(101)], "too many SQL variables"),
        ([f"SELECT 1 -- {'x' * 100_000}"], "statement too long"),
        (["SELECT 'a' LIKE ?", "%" * 51], "pattern too complex"),
        (["SELECT 'a' GLOB ?", "*" * 51], "pattern too complex"),
        (["SELECT ?", 2**53 - 1], "bigint"),
        (["BEGIN"], "transaction"),
        ([" UNION ".join("SELECT 1" for _ in range(6))], "too many terms"),
    ],
)
async def test_d1(bindings: Adapter, statement: list[Any], said: str) -> None:
    with pytest.raises(RuntimeError, match=said):
        await bindings.call("sql", *statement)


async def test_kv_takes_one_write_a_second_of_a_key(bindings: Adapter) -> None:
    key = str(uuid4())
    await bindings.call("keep", key, "one", {"expirationTtl": 60})
    with pytest.raises(RuntimeError, match="429"):
        await bindings.call("keep", key, "two", {"expirationTtl": 60})
    await bindings.call("keep", str(uuid4()), "another key's", {"expirationTtl": 60})


@pytest.mark.parametrize(
    ("key", "value", "ttl_seconds", "said"),
    [
        ("short-lived", "x", 59, "at least 60"),
        ("k" * 513, "x", 60, "512"),
        ("large", "x" * (25 * 1024 * 1024 + 1), 60, "26214400"),
    ],
)
async def test_kv(bindings: Adapter, key: str, value: str, ttl_seconds: int, said: str) -> None:
    with pytest.raises(RuntimeError, match=said):
        await bindings.call("keep", key, value, {"expirationTtl": ttl_seconds})


async def test_queue(bindings: Adapter) -> None:
    with pytest.raises(RuntimeError, match="128000"):
        await bindings.call("send", "x" * 128_000)


@pytest.mark.parametrize(
    "point",
    [
        {"blobs": ["x"] * 21},
        {"blobs": ["x" * (16 * 1024 + 1)]},
        {"doubles": [1] * 21},
        {"indexes": ["one", "two"]},
        {"indexes": ["i" * 97]},
    ],
)
async def test_analytics_engine(bindings: Adapter, point: dict[str, Any]) -> None:
    with pytest.raises(RuntimeError, match="over a limit"):
        await bindings.call("point", point)


@pytest.mark.parametrize("route", ["/events/x", "/" + "x" * 20_000, "/" + "ক" * 10_000])
async def test_our_points_always_fit(edge: Edge, route: str) -> None:
    await Adapter(edge, "meter").call("request", route, 200, 0.25)
