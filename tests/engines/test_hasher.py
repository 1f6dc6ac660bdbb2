"""One contract for the hasher of a server and for the edge's."""

import asyncio
import hashlib
import hmac
from base64 import b64decode
from collections.abc import Callable

import pytest

from bashi.core.errors import Busy
from bashi.core.ports import Hasher
from bashi.engines.hasher_threads import ThreadHasher
from tests.edge.adapters import EdgeHasher

Make = Callable[[str], Hasher]


@pytest.fixture(params=["threads", pytest.param("webcrypto", marks=pytest.mark.slow)])
def hasher_of(request: pytest.FixtureRequest) -> Make:
    if request.param == "threads":
        return ThreadHasher
    return lambda work: EdgeHasher(request.getfixturevalue("edge"), work)


async def test_is_the_chain_that_it_says(hasher_of: Make) -> None:
    stored = await hasher_of("3x500").hash("নদী")
    scheme, work, salt, derived = stored.split("$")
    assert (scheme, work) == ("pbkdf2-sha256-chain", "3x500")
    assert len(b64decode(salt)) == 16
    password = "নদী".encode()
    for _ in range(3):
        password = hashlib.pbkdf2_hmac("sha256", password, b64decode(salt), 500)
    assert hmac.compare_digest(b64decode(derived), password)


async def test_salts_each_hash(hasher_of: Make) -> None:
    hasher = hasher_of("1x1000")
    assert await hasher.hash("same") != await hasher.hash("same")


async def test_verifies(hasher_of: Make) -> None:
    hasher = hasher_of("1x1000")
    stored = await hasher.hash("right")
    assert await hasher.verify("right", stored)
    assert not await hasher.verify("wrong", stored)
    assert not await hasher.verify("", stored)


async def test_verifies_what_was_hashed_with_other_work(hasher_of: Make) -> None:
    stored = await hasher_of("1x1000").hash("right")
    stronger = hasher_of("2x1000")
    assert await stronger.verify("right", stored)
    assert stronger.outdated(stored)
    assert not stronger.outdated(await stronger.hash("right"))


@pytest.mark.parametrize("stored", [None, "", "bcrypt$2b$12$abc"])
async def test_nobody_has_a_password(hasher_of: Make, stored: str | None) -> None:
    hasher = hasher_of("1x1000")
    for password in ("", "nobody", "x" * 128):
        assert not await hasher.verify(password, stored)


async def test_nobody_takes_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    derive = hashlib.pbkdf2_hmac

    def noting(name: str, password: bytes, salt: bytes, iterations: int) -> bytes:
        calls.append(iterations)
        return derive(name, password, salt, iterations)

    hasher = ThreadHasher("2x1000")
    stored = await hasher.hash("right")
    monkeypatch.setattr(hashlib, "pbkdf2_hmac", noting)
    await hasher.verify("wrong", stored)
    await hasher.verify("wrong", None)
    assert calls == [1000, 1000] * 2


async def test_refuses_more_than_can_wait() -> None:
    hasher = ThreadHasher("1x1000", threads=1, waiting_max=3)
    results = await asyncio.gather(*(hasher.hash("same") for _ in range(5)), return_exceptions=True)
    busy = [result for result in results if isinstance(result, Busy)]
    assert len(busy) == 2
    assert busy[0].status == 503
    assert busy[0].retry_after_seconds > 0
    assert await hasher.hash("room again")


async def test_leaves_the_event_loop_free() -> None:
    hasher = ThreadHasher("1x100000")
    hashing = asyncio.ensure_future(hasher.hash("slow"))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 1
