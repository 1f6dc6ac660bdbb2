"""Run a command only when what it reads has changed since it last made its output.

    python3 -m tools.once OUTPUT INPUT... -- COMMAND...

Inputs are files or folders, compared by content, so that a new checkout of the same files costs
nothing and a deleted file counts as a change. The stamps are kept in `.stamps/`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

STAMPS = Path(".stamps")
# What the commands themselves write inside the folders they read.
WRITTEN = {"node_modules", ".next", "out", "__pycache__", "next-env.d.ts"}


def files(path: Path) -> Iterator[Path]:
    """Every file at or below `path` that a person wrote, in a fixed order."""
    if path.name in WRITTEN or path.suffix == ".tsbuildinfo":
        return
    if path.is_file():
        yield path
    else:
        for child in sorted(path.iterdir()):
            yield from files(child)


def digest(command: list[str], inputs: Iterable[str]) -> str:
    """One hash over the command, and the name and content of each input file."""
    total = hashlib.sha256(repr((sys.version_info[:2], command)).encode())
    for name in inputs:
        for file in files(Path(name)):
            total.update(hashlib.sha256(file.read_bytes()).digest() + file.as_posix().encode())
    return total.hexdigest()


def main(arguments: list[str]) -> int:
    split = arguments.index("--")
    output, *inputs = arguments[:split]
    command = arguments[split + 1 :]
    missing = [name for name in inputs if not Path(name).exists()]
    if missing:
        print(f"{output} is made from {', '.join(missing)}, which is not there.", file=sys.stderr)
        return 2
    stamp = STAMPS / output.replace("/", "_")
    now = digest(command, inputs)
    if Path(output).exists() and stamp.exists() and stamp.read_text() == now:
        return 0
    stamp.unlink(missing_ok=True)
    code = subprocess.run(command, check=False).returncode
    if code == 0:
        STAMPS.mkdir(exist_ok=True)
        stamp.write_text(now)
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
