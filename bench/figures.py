"""What one run of load measured, and the median of several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from statistics import median


@dataclass(frozen=True, slots=True)
class Figures:
    cpu_us: float
    """CPU of all threads of the server's process, per request. 0 where it cannot be read."""
    per_second: float
    p50_ms: float = 0.0
    p95_ms: float = 0.0
    p99_ms: float = 0.0
    count: float = 0.0
    """Requests that were answered."""


def middle(runs: Sequence[Figures]) -> Figures:
    """Each figure's own median."""
    names = [field.name for field in fields(Figures)]
    return Figures(**{name: median(getattr(run, name) for run in runs) for name in names})


def alternate(rounds: int, *sides: Callable[[int], Figures]) -> list[Figures]:
    """A, B, A, B …, so that what else the machine does falls on both. A median for each side."""
    runs = [[side(turn) for side in sides] for turn in range(rounds)]
    return [middle(column) for column in zip(*runs, strict=True)]
