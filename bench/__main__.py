"""python -m bench [--quick] [WORK…]"""

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from rich.console import Console

from bench import growth, report, servers
from bench.database import Size, fill
from bench.report import Fact, Target
from bench.traffic import Traffic
from bench.works import BESIDE, Bench, Effort

PORT = 8290
START_SECONDS_MAX = 2.0
STARTS = 3
BUSY = 0.5  # load before we begin
WORKS = {
    work.__name__: work
    for work in (
        Bench.read_event,
        Bench.verify,
        Bench.hold,
        Bench.scan,
        Bench.settle,
        Bench.emails,
        Bench.hold_beside_emails,
        Bench.memory,
        Bench.idle_connections,
    )
}
FULL = Effort(rounds=5, read_seconds=2.0, writes=3_000)
QUICK = Effort(rounds=2, read_seconds=1.0, writes=1_500)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller growth")
    parser.add_argument("works", nargs="*", help=f"some of {', '.join(WORKS)}, growth; else all")
    asked = parser.parse_args()
    quick, works = asked.quick, asked.works or [*WORKS, "growth"]
    console = Console()
    effort = QUICK if quick else FULL
    busy = os.getloadavg()[0]
    if busy > BUSY:
        words = f"Other work is running (load {busy:.1f}): trust the ratios, not the requests/s."
        console.print(f"[yellow]{words}[/]")
    with tempfile.TemporaryDirectory(prefix="bashi-bench-") as folder:
        bench = _measure(console, Path(folder) / "data", effort, works)
        if "growth" in works:
            console.print("growth …")
            small, large, rounds = (10_000, 100_000, 2) if quick else (10_000, 1_000_000, 5)
            bench.rows += growth.compare(Path(folder), small, large, rounds, effort.read_seconds)
    report.show(console, bench.rows, bench.facts)
    report.write(bench.rows, bench.facts, busy)
    console.print(f"  [dim]{report.OUT}[/]")


def _measure(console: Console, folder: Path, effort: Effort, works: Sequence[str]) -> Bench:
    buyers = effort.rounds * (effort.writes + 2 * BESIDE)
    size = Size(200_000, buyers=buyers + 1, pending=effort.rounds * effort.writes // 2)
    console.print(f"a database of {size.tickets:,} tickets …")
    folder.mkdir()
    fill(folder / "bashi.sqlite", size)
    starts = []
    for _ in range(STARTS - 1):
        server = servers.product(folder, PORT)
        starts.append(server.start_seconds)
        server.stop()
    server = servers.product(folder, PORT)
    starts.append(server.start_seconds)
    bench = Bench(folder, size, effort, server, Traffic(folder, size))
    seconds = median(starts)
    target = Target(f"≤ {START_SECONDS_MAX:.0f} s", seconds <= START_SECONDS_MAX)
    bench.facts.append(Fact("start to the first 200", f"{seconds:.2f} s", target))
    try:
        for name, work in WORKS.items():
            if name in works:
                console.print(f"{name.replace('_', ' ')} …")
                work(bench)
    finally:
        server.stop()
    return bench


if __name__ == "__main__":
    main()
