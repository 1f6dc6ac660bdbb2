"""What a stranger may send to the edge without ending it for everybody."""

import httpx
import pytest

from tests.edge.harness import Edge
from tests.edge.visit import Visit
from tests.support.client import faults, problem

pytestmark = pytest.mark.slow

FLOOD = 100  # deploy/cloudflare/wrangler.jsonc
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


def test_a_whole_ipv6_network_is_one_flood(edge: Edge) -> None:
    """It ends at the platform's own limit, before a row of ours is written for each request."""
    answered = 0
    with httpx.Client(base_url=f"{edge.base_url}/api/") as stranger:
        while answered < 2 * FLOOD + 50:  # should its minute end meanwhile
            address = {"x-forwarded-for": f"2001:db8:7:7::{answered:x}"}
            answer = stranger.post("auth/refresh", headers=address)
            answered += 1
            if answered > FLOOD and answer.headers.get("retry-after") == "60":
                break
    [counter] = edge.sql("SELECT value FROM counter WHERE name LIKE 'refresh.address:2001:db8:7:%'")
    assert counter["value"] < answered
