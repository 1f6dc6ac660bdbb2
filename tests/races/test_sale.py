"""50 seats, 400 buyers, 32 at a time: all seats sold in the end, and none of them twice."""

import os

import pytest

from tests.races.conftest import POSTGRES
from tests.races.storm import Storm
from tests.support.books import disagreements
from tests.support.market import Visit

pytestmark = pytest.mark.slow
SEEDS = int(os.environ.get("RACE_SEEDS", "5"))
FEWER = max(1, SEEDS * 2 // 5)  # two processes and a server of its own take their time
SALES = [
    *(("sqlite", seed) for seed in range(SEEDS)),
    *((engine, seed) for engine in POSTGRES for seed in range(FEWER)),
    *(("d1", seed) for seed in range(SEEDS // 5)),
]
SEATS, PEOPLE = 50, 400
PEOPLE_OF_D1 = 100
"""Its Python is several times slower here than a server's."""


@pytest.mark.parametrize(("market", "seed"), SALES, indirect=["market"])
async def test_all_seats_are_sold_once(
    here: Visit, seed: int, request: pytest.FixtureRequest
) -> None:
    on_d1 = request.node.callspec.params["market"] == "d1"
    people = await here.crowd(PEOPLE_OF_D1 if on_d1 else PEOPLE)
    event = await here.event(SEATS)
    storm = Storm(here, event, seed)
    await here.market.stripe.control(
        here.http,
        "faults",
        webhook_duplicates=1,
        webhook_reorder=True,
        api_match="POST /v1/checkout/sessions",
        api_delay_seconds=0.2,
    )
    await storm.rage(people)
    await storm.settle()
    left = await storm.sell_out(people)
    assert left < SEATS / 2, "the storm sold hardly anything"
    await storm.settle()
    (kind,) = (await here.organizer.read(event))["ticket_types"]
    assert (kind["sold"], kind["held"]) == (SEATS, 0)
    assert disagreements(here.market, event["id"]) == []
