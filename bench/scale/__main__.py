"""python -m bench.scale [--quick] [PART…]"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bench.scale import results
from bench.scale.crowd import measure_embedded, measure_scale_out
from bench.scale.documents import measure_documents
from bench.scale.edge import measure_edge
from bench.scale.flash_sale import measure_flash_sale
from bench.scale.growth import measure_growth_postgres, measure_growth_sqlite
from bench.scale.results import Result
from bench.scale.throughput import measure_throughput

Part = Callable[..., list[Result]]
PARTS: dict[str, Part] = {
    "throughput": measure_throughput,
    "crowd-embedded": measure_embedded,
    "crowd-scale-out": measure_scale_out,
    "flash-sale": measure_flash_sale,
    "documents": measure_documents,
    "growth-sqlite": measure_growth_sqlite,
    "growth-postgres": measure_growth_postgres,
    "edge": measure_edge,
}
"""Each takes a folder of its own and `quick`."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"all unless said: {', '.join(PARTS)}"
    )
    parser.add_argument("--quick", action="store_true", help="smaller, for a look")
    wanted = parser.parse_args()
    unknown = set(wanted.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    _open_files()
    console, measured = Console(), dict[str, list[Result]]()
    busy = os.getloadavg()[0]
    for name in wanted.parts or PARTS:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="bashi-scale-") as folder:
            measured[name] = PARTS[name](Path(folder), quick=wanted.quick)
        results.show(console, {name: measured[name]})
        console.print(f"  [dim]{time.monotonic() - started:.0f} s[/]")
    results.write(measured, busy)
    console.print(f"  [dim]{results.OUT}, and as a table for docs/performance.md beside it[/]")


def _open_files() -> None:
    """As many as are allowed: ten thousand connections need as many on either side."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
