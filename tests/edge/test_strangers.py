"""What a stranger may send to the edge without ending it for everybody."""

import httpx
import pytest

from tests.edge.harness import Edge
from tests.edge.visit import Visit
from tests.support.client import faults, problem

pytestmark = pytest.mark.slow

DEEP = b"[" * 100_000
JSON = {"content-type": "application/json"}


async def test_a_body_without_end_of_depth(visit: Visit) -> None:
    stranger = visit.client()
    assert faults(await stranger.post("auth/login", content=DEEP, headers=JSON))
    buyer = await visit.buyer()
    assert faults(await buyer.post("orders", content=DEEP, headers=JSON))
    assert (await stranger.get("healthz")).status_code == 200


async def test_an_address_longer_than_a_key_of_kv(edge: Edge) -> None:
    async with httpx.AsyncClient(base_url=f"{edge.base_url}/api/") as stranger:
        problem(await stranger.get(f"events/{600 * 'a'}"), 404, "no_such_event")
