"""The table on the screen, and the same figures as JSON for the documentation."""

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figures import Figures
from bench.servers import IS_LINUX, ONLY_LINUX

OUT = Path(__file__).parent / "out" / "latest.json"


@dataclass(frozen=True, slots=True)
class Target:
    words: str
    reached: bool | None
    """None: could not be measured here."""


@dataclass(frozen=True, slots=True)
class Row:
    work: str
    product: Figures
    floor: Figures | None = None
    target: Target | None = None
    notes: Sequence[str] = field(default=())

    @property
    def ratio(self) -> float | None:
        """CPU of the product over CPU of the floor."""
        return self.product.cpu_us / self.floor.cpu_us if self.floor and IS_LINUX else None


@dataclass(frozen=True, slots=True)
class Fact:
    """One number that is no rate."""

    what: str
    value: str
    target: Target | None = None


def show(console: Console, rows: Sequence[Row], facts: Sequence[Fact]) -> None:
    table = Table(title="Floor and product, medians of runs in turn", title_justify="left")
    table.add_column("work")
    for name in (
        "floor CPU µs",
        "CPU µs",
        "ratio",
        "floor /s",
        "/s",
        "p50 / p99 ms",
    ):
        table.add_column(name, justify="right")
    table.add_column("target")
    for row in rows:
        floor, product = row.floor, row.product
        table.add_row(
            row.work,
            _cpu(floor),
            _cpu(product),
            f"{row.ratio:.1f}" if row.ratio is not None else "",
            f"{floor.per_second:,.0f}" if floor else "",
            f"{product.per_second:,.0f}",
            f"{product.p50_ms:.1f} / {product.p99_ms:.1f}" if product.p50_ms else "",
            _mark(row.target),
        )
    console.print(table)
    for fact in facts:
        console.print(f"  {fact.what}: [bold]{fact.value}[/]  {_mark(fact.target)}")
    notes = [f"{row.work}: {note}" for row in rows for note in row.notes]
    for note in notes if IS_LINUX else [*notes, ONLY_LINUX]:
        console.print(f"  [dim]{note}[/]")


def write(rows: Sequence[Row], facts: Sequence[Fact], load_before: float) -> None:
    OUT.parent.mkdir(exist_ok=True)
    document = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cpus": os.cpu_count(),
            "load_before": round(load_before, 1),
            "system": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "fastapi": version("fastapi"),
            "granian": version("granian"),
        },
        "rows": [{**asdict(row), "ratio": row.ratio} for row in rows],
        "facts": [asdict(fact) for fact in facts],
    }
    OUT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _cpu(figures: Figures | None) -> str:
    return f"{figures.cpu_us:,.0f}" if figures and IS_LINUX else ""


def _mark(target: Target | None) -> str:
    if target is None:
        return ""
    if target.reached is None:
        return f"{target.words} (not measured)"
    return f"{target.words} [green]yes[/]" if target.reached else f"{target.words} [bold red]no[/]"
