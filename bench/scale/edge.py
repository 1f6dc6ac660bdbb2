"""One isolate of the edge, in the harness of the tests: Python on WebAssembly, D1 on this disk.

No figure of Cloudflare's own machines; but what we cost there, and what D1 takes for a batch.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

import httpx

from bench.scale.results import Result
from tests.edge.harness import Edge, edge_installation
from tests.edge.visit import Visit
from tests.events.organizer import Organizer
from tests.support.client import Client

BUYERS, BUYERS_QUICK = 60, 20
SEATS = 8  # to an order whose tickets are scanned; an event has 100
READS_EACH = 5  # a buyer
AT_ONCE = 16
SETTINGS = {"BASHI_PASSWORD_WORK": "1x1000"}  # registering is not what is measured

Work = Callable[[], Awaitable[httpx.Response]]


def measure_edge(_folder: Path, *, quick: bool) -> list[Result]:
    with edge_installation(**SETTINGS) as edge:
        return asyncio.run(_measure(edge, BUYERS_QUICK if quick else BUYERS))


async def _measure(edge: Edge, count: int) -> list[Result]:
    visit = Visit(edge)
    try:
        organizer = await visit.organizer()
        buyers = [await visit.buyer() for _ in range(count)]
        codes = await _tickets(visit, organizer, buyers)
        await visit.quiet()
        rows = [
            *await _rows("event read", await _reads(visit, organizer, buyers)),
            *await _rows("hold", await _holds(visit, organizer, buyers, events=2)),
            await _batch(edge, await _holds(visit, organizer, buyers, events=1)),
            *await _rows("scan", [_scan(visit, organizer.client, code) for code in codes]),
        ]
    finally:
        await visit.aclose()
    return rows


async def _reads(visit: Visit, organizer: Organizer, buyers: Sequence[Client]) -> list[Work]:
    event = await visit.event(organizer)

    def read(buyer: Client) -> Work:
        return lambda: buyer.get(f"events/{event['slug']}")

    return [read(buyer) for buyer in buyers for _ in range(2 * READS_EACH)]


async def _holds(
    visit: Visit, organizer: Organizer, buyers: Sequence[Client], *, events: int
) -> list[Work]:
    """One at each event, since a buyer has one open order for it."""
    sales = [await visit.event(organizer) for _ in range(events)]

    def hold(buyer: Client, event: Any) -> Work:
        return lambda: buyer.post("orders", json=visit.order_in(event, 1))

    return [hold(buyer, event) for event in sales for buyer in buyers]


async def _tickets(
    visit: Visit, organizer: Organizer, buyers: Sequence[Client]
) -> list[tuple[Any, str]]:
    event = await visit.event(organizer)
    orders = [await visit.buy(buyer, event, SEATS) for buyer in buyers[: len(buyers) // 5]]
    return [(event, ticket["link"]) for order in orders for ticket in order["tickets"]]


def _scan(visit: Visit, staff: Client, code: tuple[Any, str]) -> Work:
    return lambda: visit.scan(staff, *code)


async def _rows(what: str, works: Sequence[Work]) -> list[Result]:
    """One half after the other, one half at once."""
    half = len(works) // 2
    taken = sorted([await _timed(work) for work in works[:half]])
    steps = [1000 * step for step in quantiles(taken, n=20)]
    started = perf_counter()
    room = asyncio.Semaphore(AT_ONCE)

    async def one(work: Work) -> None:
        async with room:
            await _timed(work)

    await asyncio.gather(*(one(work) for work in works[half:]))
    rate = (len(works) - half) / (perf_counter() - started)
    alone = f"p50 {steps[9]:.0f}, p95 {steps[18]:.0f} ms"
    figures = {"p50_ms": steps[9], "p95_ms": steps[18]}
    return [
        Result(f"{what}, one after the other", alone, figures=figures),
        Result(f"{what}, {AT_ONCE} at once", f"{rate:.0f}/s", figures={"per_second": rate}),
    ]


async def _timed(work: Work) -> float:
    started = perf_counter()
    answer = await work()
    taken = perf_counter() - started
    answer.raise_for_status()
    return taken


async def _batch(edge: Edge, holds: Sequence[Work]) -> Result:
    """D1 runs one after the other, so what one takes is its ceiling."""
    edge.operations()
    for hold in holds:
        await _timed(hold)
    found = edge.figures()
    ms = found["spent_ms"]["batch"] / found["operations"]["batch"]
    words = f"{ms:.1f} ms: at most {1000 / ms:.0f}/s"
    return Result("a hold's batch in D1, with its way there", words, figures={"batch_ms": ms})
