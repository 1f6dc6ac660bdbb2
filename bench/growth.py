"""Whether verify and scan cost the same with a hundred times the tickets: two products in turn."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import servers
from bench.database import Size, fill
from bench.figures import Figures, alternate
from bench.load import Plan, measure
from bench.report import Row, Target
from bench.servers import Server
from bench.traffic import Traffic

GROWTH_MAX = 1.3
READERS, SCANNERS = 32, 64
PORTS = (8292, 8293)


@dataclass(frozen=True, slots=True)
class _Side:
    server: Server
    traffic: Traffic
    verifies: list[bytes]


def compare(folder: Path, small: int, large: int, rounds: int, seconds: float) -> list[Row]:
    """The floor column is the small database."""
    sides = []
    try:
        for tickets, port in zip((small, large), PORTS, strict=True):
            sides.append(_start(folder / str(tickets), Size(tickets), port))
        # Distinct tickets: the small one has only so many.
        scans = min(2_000, small // rounds)
        works = {
            "verify": [_verify(side, seconds) for side in sides],
            "scan": [_scan(side, scans) for side in sides],
        }
        return [
            _row(f"{work}: {large:,} tickets vs {small:,}", *alternate(rounds, *measured))
            for work, measured in works.items()
        ]
    finally:
        for side in sides:
            side.server.stop()


def _start(data_dir: Path, size: Size, port: int) -> _Side:
    data_dir.mkdir()
    fill(data_dir / "bashi.sqlite", size)
    server = servers.product(data_dir, port)
    traffic = Traffic(data_dir, size)
    return _Side(server, traffic, asyncio.run(traffic.verifies(10_000)))


def _verify(side: _Side, seconds: float) -> Callable[[int], Figures]:
    plan = Plan(
        [side.server.port], side.verifies, connections=READERS, seconds=seconds, repeat=True
    )
    return lambda _: measure(plan, side.server.cpu_ns)


def _scan(side: _Side, count: int) -> Callable[[int], Figures]:
    def run(_: int) -> Figures:
        asked = asyncio.run(side.traffic.scans(count))
        return measure(Plan([side.server.port], asked, connections=SCANNERS), side.server.cpu_ns)

    return run


def _row(work: str, small: Figures, large: Figures) -> Row:
    slower = small.per_second / large.per_second
    costlier = large.cpu_us / small.cpu_us if small.cpu_us else slower
    target = Target(f"within {GROWTH_MAX} × the CPU", costlier <= GROWTH_MAX)
    note = f"{costlier:.2f} × the CPU, {slower:.2f} × the time; floor columns are the small one"
    return Row(work, large, small, target, [note])
