"""The clock of a server steps by hours while people buy: it goes on selling, and forgets nobody."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.market import open_market, visit
from tests.support.moved_clock import LIBRARY, MISSING, MovedClock
from tests.support.valkey import own_valkey

pytestmark = [pytest.mark.slow, pytest.mark.skipif(LIBRARY is None, reason=MISSING)]

STEPS = (2, 0, -2, 0)
CREATED = "SELECT created_at FROM orders WHERE id = ?"
QUEUED = "SELECT COUNT(*) FROM outbox WHERE status = 'queued'"


async def test_a_clock_that_steps_by_hours_closes_no_shop(
    tmp_path: Path, database: Mapping[str, Any]
) -> None:
    """Each wait of this test has a bound of minutes; what a clock could bar took hours."""
    clock = MovedClock(tmp_path / "clock")
    clock.set(0)
    with own_valkey() as valkey, open_market(tmp_path, **database) as market:
        market.server.stop()
        market.server.environment |= {
            **clock.environment,
            "BASHI_VALKEY_URL": valkey.connection_url,
        }
        market.server.start()
        async with visit(market) as here:
            event = await here.event(seats=50)
            bought = [(buyer := await here.buyer(), await here.buy(buyer, event))]
            for hours in STEPS:
                clock.set(hours)
                left = await here.buyer()
                held = await left.hold(event, 1)
                assert held.status_code == 201
                wrote = market.number(CREATED, held.json()["id"]) / 3_600_000
                assert abs(wrote - time.time() / 3_600 - hours) < 1
                buyer = await here.buyer()
                bought.append((buyer, await here.buy(buyer, event)))
                assert (await left.call("GET", "me")).status_code == 200
            for buyer, order in bought:
                paid = (await buyer.call("GET", f"orders/{order['id']}")).json()
                assert paid["status"] == "paid"
                assert len(paid["tickets"]) == 1
            await market.until_none(QUEUED)
            await market.until_delivered()
            waiting = market.number("SELECT COUNT(*) FROM orders WHERE status = 'pending'")
            assert market.number("SELECT SUM(held) FROM ticket_type") == waiting
        market.server.stop()
        market.server.start()  # whatever it kept of the wrong hours, it opens with it
        async with visit(market) as here:
            buyer = await here.buyer()
            assert (await here.buy(buyer, event))["status"] == "paid"
