"""Lock what the Worker brings along: its packages' newest wheels for Python on WebAssembly.

python -m tools.edge_lock             # the same versions, with the hashes that PyPI has now
python -m tools.edge_lock --upgrade   # the newest versions
"""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bootstrap import pip_settings
from tools.edge import LIMIT_SECONDS, LOCK, NATIVE, NATIVE_ONLY, TARGET, WASM


def main(arguments: list[str]) -> None:
    upgrade = "--upgrade" in arguments
    head, *lines = LOCK.read_text().splitlines()
    pins = [line.split()[0] for line in lines if line]
    wanted = [pin.partition("==")[0] if upgrade else pin for pin in pins]
    locked = [f"{name} --hash=sha256:{digest}" for name, digest in _found(wanted)]
    LOCK.write_text(
        "\n".join([head, *sorted(locked, key=lambda line: line.partition("==")[0])]) + "\n"
    )


def _found(wanted: list[str]) -> list[tuple[str, str]]:
    """`name==version` and the hash of its wheel."""
    found = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        native = [one for one in wanted if one.startswith(NATIVE_ONLY)]
        _download([one for one in wanted if one not in native], WASM, folder)
        _download(native, NATIVE, folder)
        for wheel in folder.glob("*.whl"):
            package, version, *_ = wheel.name.split("-")
            pin = f"{package.lower().replace('_', '-')}=={version}"
            found.append((pin, sha256(wheel.read_bytes()).hexdigest()))
    return found


def _download(packages: list[str], platform: str, folder: Path) -> None:
    command = [
        str(Path(sys.executable).with_name("uv")), "run", "--no-project", "--quiet",
        "--with", "pip", "python", "-m", "pip", "download", "--quiet", "--no-deps",
        *TARGET, platform, "--dest", str(folder), *packages,
    ]  # fmt: skip
    env = {**pip_settings(), **os.environ}
    subprocess.run(command, env=env, check=True, timeout=LIMIT_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1:])
