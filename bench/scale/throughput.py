"""Two processes on PostgreSQL and Valkey, everything on the same cores: holds, scans, reads."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from bench.database import Size
from bench.figures import Figures, middle
from bench.load import Plan, measure
from bench.scale.floors import GROUP, postgres_floor, valkey_floor
from bench.scale.places import Place, filled, scale_out
from bench.scale.results import Result

CONNECTIONS = 64
TEN_TYPES = 10


@dataclass(frozen=True, slots=True)
class Effort:
    rounds: int
    writes: int
    """Requests a round, of each kind."""
    seconds: float
    """Of reading, and of each floor, a round."""


FULL = Effort(rounds=5, writes=5_000, seconds=3.0)
QUICK = Effort(rounds=2, writes=1_500, seconds=1.0)


@dataclass(frozen=True, slots=True)
class _Run:
    product: Figures
    postgres_us: float
    """PostgreSQL's CPU a request."""


def measure_throughput(folder: Path, *, quick: bool) -> list[Result]:
    effort = QUICK if quick else FULL
    size = Size(200_000, buyers=2 * (effort.rounds + 1) * effort.writes)
    with scale_out(filled(folder / "data", size), size) as place:
        return _Throughput(place, effort).results()


class _Throughput:
    def __init__(self, place: Place, effort: Effort) -> None:
        self._place = place
        self._effort = effort
        self._looped = count(1)

    def results(self) -> list[Result]:
        """Floors and works in turn, a round after the other; the first one only warms up."""
        floors: list[Callable[[], Figures]] = [
            lambda: self._floor(1),
            lambda: self._floor(GROUP),
            lambda: valkey_floor(self._place.valkey_url, self._effort.seconds),
        ]
        works = [lambda: self._holds(1), lambda: self._holds(TEN_TYPES), self._scans, self._reads]
        rounds = [
            ([floor() for floor in floors], [work() for work in works])
            for _ in range(self._effort.rounds + 1)
        ][1:]
        alone, grouped, cache = (
            middle(column) for column in zip(*[f for f, _ in rounds], strict=True)
        )
        hot, ten, scans, reads = (
            _middle(column) for column in zip(*[w for _, w in rounds], strict=True)
        )
        return [
            _floor("floor: the batch of a hold, alone", alone),
            _floor(f"floor: the same, {GROUP} to a commit, pipelined", grouped),
            _floor("floor: GET on Valkey", cache),
            _row("holds, one hot ticket type", hot, 1_000, grouped),
            _row("holds, over ten ticket types", ten, 1_000, grouped),
            _row("scans", scans, 1_000, grouped),
            _row("`GET /events/{slug}`", reads, 6_000, None),
        ]

    def _floor(self, group: int) -> Figures:
        url = self._place.database_url
        return postgres_floor(url, self._looped, group, self._effort.seconds)

    def _holds(self, types: int) -> _Run:
        asked = asyncio.run(self._place.traffic.holds(self._effort.writes, types))
        return self._run(Plan(self._place.ports, asked, 201, CONNECTIONS))

    def _scans(self) -> _Run:
        asked = asyncio.run(self._place.traffic.scans(self._effort.writes))
        return self._run(Plan(self._place.ports, asked, 200, CONNECTIONS))

    def _reads(self) -> _Run:
        asked = [self._place.traffic.event()]
        seconds = self._effort.seconds
        plan = Plan(self._place.ports, asked, 200, CONNECTIONS, seconds=seconds, repeat=True)
        return self._run(plan)

    def _run(self, plan: Plan) -> _Run:
        before = self._place.postgres_cpu_ns()
        figures = measure(plan, self._place.cpu_ns)
        spent = self._place.postgres_cpu_ns() - before
        return _Run(figures, spent / figures.count / 1000)


def _middle(runs: Sequence[_Run]) -> _Run:
    figures = middle([run.product for run in runs])
    return _Run(figures, sorted(run.postgres_us for run in runs)[len(runs) // 2])


def _floor(what: str, figures: Figures) -> Result:
    measured = f"{figures.per_second:,.0f}/s; {figures.cpu_us:,.0f} µs CPU of the client"
    return Result(what, measured, figures=asdict(figures))


def _row(what: str, run: _Run, least: int, floor: Figures | None) -> Result:
    product = run.product
    measured = (
        f"{product.per_second:,.0f}/s; p50 {product.p50_ms:.0f}, p99 {product.p99_ms:.0f} ms;"
        f" {product.cpu_us:,.0f} + {run.postgres_us:,.0f} µs CPU"
    )
    if floor is not None:
        measured += f"; {product.per_second / floor.per_second:.2f} of the floor's rate"
    reached = product.per_second >= least
    numbers = {**asdict(product), "postgres_cpu_us": run.postgres_us}
    return Result(what, measured, f"≥ {least:,}/s", reached, numbers)
