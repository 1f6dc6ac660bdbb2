"""Whether lists and look-ups cost the same with a hundred times the tickets, and the export."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict
from pathlib import Path

from bench.database import STAFF, Size
from bench.figures import Figures, alternate
from bench.load import Plan, measure
from bench.scale.lookups import CROWDED, lookups
from bench.scale.places import Place, embedded, filled, scale_out
from bench.scale.results import Result
from bench.servers import ask, request

EVENTS = 200
SMALL, LARGE, LARGE_QUICK = 10_000, 1_000_000, 100_000
PORTS = ((24_120,), (24_122,))
RATIO_MAX = 1.5
ROUNDS, SCANS = 5, 200
EXPORT_SECONDS, EXPORT_MEGABYTES = 15, 100

Opener = Callable[[Path, Size, tuple[int, ...]], AbstractContextManager[Place]]


def measure_growth_sqlite(folder: Path, *, quick: bool) -> list[Result]:
    return _measure(folder, lambda data, size, ports: embedded(data, size, ports[0]), quick=quick)


def measure_growth_postgres(folder: Path, *, quick: bool) -> list[Result]:
    return _measure(folder, scale_out, quick=quick)


def _measure(folder: Path, opener: Opener, *, quick: bool) -> list[Result]:
    rounds = 2 if quick else ROUNDS
    with ExitStack() as stack:
        small, large = (
            stack.enter_context(opener(filled(folder / str(size.tickets), size), size, ports))
            for size, ports in zip(_sizes(quick=quick), PORTS, strict=True)
        )
        exported = _export(large)
        works = zip(_reads(small).items(), _reads(large).values(), strict=True)
        rows = [
            _row(what, *alternate(rounds, _reader(small, one), _reader(large, other)))
            for (what, one), other in works
        ]
        rows.append(_row("scan", *alternate(rounds, _scanner(small), _scanner(large))))
    return [*rows, *exported]


def _sizes(*, quick: bool) -> tuple[Size, Size]:
    small, large = SMALL, LARGE_QUICK if quick else LARGE
    return (
        Size(small, buyers=small // 20, crowded=EVENTS),
        Size(large, buyers=large // 20, crowded=EVENTS),
    )


def _reads(place: Place) -> dict[str, list[bytes]]:
    return lookups(place.traffic, place.size)


def _reader(place: Place, asked: list[bytes]) -> Callable[[int], Figures]:
    """One after the other, so that only the work itself counts."""
    return lambda _: measure(Plan(place.ports, asked, connections=1), place.cpu_ns)


def _scanner(place: Place) -> Callable[[int], Figures]:
    def scan(_: int) -> Figures:
        asked = asyncio.run(place.traffic.scans(SCANS))
        return measure(Plan(place.ports, asked, connections=1), place.cpu_ns)

    return scan


def _row(what: str, small: Figures, large: Figures) -> Result:
    ratio = large.p95_ms / small.p95_ms
    measured = f"p95 {small.p95_ms:.2f} → {large.p95_ms:.2f} ms, {ratio:.2f} ×"
    before = {f"small_{name}": figure for name, figure in asdict(small).items()}
    numbers = {"ratio": ratio, **before, **asdict(large)}
    return Result(what, measured, f"≤ {RATIO_MAX} ×", ratio <= RATIO_MAX, numbers)


def _export(place: Place) -> list[Result]:
    """The attendees of the largest event."""
    server = place.servers[0]
    path = f"/api/admin/events/{CROWDED}/attendees.csv"
    token = asyncio.run(place.traffic.token(STAFF))
    asked = request("GET", path, Authorization=token)
    before = server.peak_bytes()
    started = time.perf_counter()
    answer = ask(server.port, asked)
    seconds = time.perf_counter() - started
    rows, grown = answer.count(b"@example.org"), server.peak_bytes() - before
    return [
        Result(
            f"attendees as a file, {rows:,} rows", f"{seconds:.1f} s, {len(answer) / 1e6:.0f} MB",
            f"≤ {EXPORT_SECONDS} s", seconds <= EXPORT_SECONDS, {"seconds": seconds},
        ),
        Result(
            "… memory (RSS) that it added", f"{grown / 1e6:.0f} MB",
            f"≤ {EXPORT_MEGABYTES} MB", grown <= EXPORT_MEGABYTES * 1e6, {"bytes": grown},
        ),
    ]  # fmt: skip
