"""Run a command on another day, or on each of the days on which tests have failed before.

    python -m tools.dates -- pytest tests/edge            # on each, one after another
    python -m tools.dates leap spring -- bashi serve      # on these

The command is given a library (`moved_clock.c`) that moves the date of every program started below
it: Python, Node, workerd, PostgreSQL, Valkey and Chromium alike.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SOURCE = Path(__file__).with_name("moved_clock.c")
ZONE = ZoneInfo("America/Chicago")
BEFORE = timedelta(minutes=3)
"""So long before a clock change a run begins: most of it is on the other side."""


def days(now: datetime) -> Mapping[str, datetime]:
    """When each run begins, by its name."""
    spring, autumn = sorted(_changes(now), key=lambda change: change.month)
    return {
        "ahead": now + timedelta(days=304),
        "leap": datetime(2028, 2, 29, 12, tzinfo=ZONE),
        "spring": spring - BEFORE,
        "autumn": autumn - BEFORE,
    }


def _changes(now: datetime) -> list[datetime]:
    """The next two hours at which clocks in Chicago are changed."""
    begun = now.replace(minute=0, second=0, microsecond=0)
    hours = [begun + timedelta(hours=number) for number in range(366 * 24)]
    offsets = [hour.astimezone(ZONE).utcoffset() for hour in hours]
    pairs = zip(hours[1:], offsets, offsets[1:], strict=False)
    return [hour for hour, before, after in pairs if before != after][:2]


def compiled(folder: Path) -> Path:
    """The library in `folder`. Raises SystemExit saying what to install."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or not sys.platform.startswith("linux"):
        raise SystemExit("Moving the date needs Linux and a C compiler: install the package `gcc`.")
    library = folder / "moved_clock.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
    return library


def run(command: list[str], begins: datetime, library: Path) -> int:
    """The command's exit code."""
    seconds = round(begins.timestamp() - time.time())
    moved = {"LD_PRELOAD": str(library), "MOVED_SECONDS": str(seconds)}
    program = Path(sys.executable).with_name(command[0])
    words = [str(program) if program.exists() else command[0], *command[1:]]
    return subprocess.run(words, env={**os.environ, **moved}, check=False).returncode


def main(words: list[str]) -> int:
    if "--" not in words:
        raise SystemExit(__doc__)
    split = words.index("--")
    named, command = words[:split], words[split + 1 :]
    known = days(datetime.now(UTC))
    if unknown := set(named) - set(known):
        raise SystemExit(f"Not one of {', '.join(known)}: {', '.join(sorted(unknown))}")
    failed = []
    with tempfile.TemporaryDirectory(prefix="moved-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as another user
        library = compiled(folder)
        for day in named or known:
            begins = known[day].astimezone(ZONE)
            print(f"{day}: {begins:%A %d %B %Y, %H:%M %Z}", flush=True)
            if run(command, begins, library):
                failed.append(day)
    if failed:
        print(f"Failed on: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
