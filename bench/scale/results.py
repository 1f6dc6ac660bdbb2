"""What was measured, beside what is asked for: on the screen, and as JSON for the documentation."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

OUT = Path(__file__).parents[1] / "out" / "scale.json"


@dataclass(frozen=True, slots=True)
class Result:
    what: str
    measured: str
    target: str = ""
    reached: bool | None = None
    """None: nothing is asked for."""
    figures: dict[str, float] = field(default_factory=dict)
    """The same as numbers, units in their names."""


Results = dict[str, list[Result]]
"""By part."""


def show(console: Console, results: Results) -> None:
    for part, rows in results.items():
        table = Table(title=part, title_justify="left")
        table.add_column("what")
        table.add_column("measured", justify="right")
        table.add_column("target")
        for row in rows:
            table.add_row(row.what, row.measured, _mark(row))
        console.print(table)


def markdown(rows: Sequence[Result]) -> str:
    """As docs/performance.md has it."""
    lines = ["| what | measured | must reach |", "|---|---|---|"]
    for row in rows:
        missed = ": **missed**" if row.reached is False else ""
        lines.append(f"| {row.what} | {row.measured} | {row.target}{missed} |")
    return "\n".join(lines)


def write(results: Results, load_before: float) -> None:
    OUT.parent.mkdir(exist_ok=True)
    document = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cpus": os.cpu_count(),
            "load_before": round(load_before, 1),
            "system": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
            "granian": version("granian"),
            "psycopg": version("psycopg"),
        },
        "parts": {part: [asdict(row) for row in rows] for part, rows in results.items()},
    }
    OUT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    tables = [f"## {part}\n\n{markdown(rows)}\n" for part, rows in results.items()]
    OUT.with_suffix(".md").write_text("\n".join(tables), encoding="utf-8")


def _mark(row: Result) -> str:
    if row.reached is None:
        return row.target
    return f"{row.target} [green]yes[/]" if row.reached else f"{row.target} [bold red]no[/]"
