"""Find a Chromium for the browser tests, or get one, and print its path.

python -m tools.chromium
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
LIMIT_SECONDS = 600


def find() -> str | None:
    """Path of a Chromium: `CHROMIUM`, then PATH, then Playwright's own; None if there is none."""
    told = os.environ.get("CHROMIUM")
    on_path = (shutil.which(name) for name in (*NAMES, MAC))
    found = told or next((path for path in on_path if path), None)
    return found or playwrights_own()


def playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def attempt(*command: str) -> None:
    """Run an installer, its words on stderr. Failing is allowed: the next way is tried."""
    try:
        subprocess.run(command, check=True, timeout=LIMIT_SECONDS, stdout=sys.stderr)
    except (OSError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)


def obtain() -> str:
    """Path of a Chromium, installed if need be. Raises SystemExit saying what to install."""
    found = find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        attempt("apt-get", "update", "-qq")
        attempt(
            "env", "DEBIAN_FRONTEND=noninteractive",
            "apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium",
        )  # fmt: skip
        found = find()
    if found is None:
        attempt(sys.executable, "-m", "playwright", "install", "chromium")
        found = find()
    if found is None:
        raise SystemExit(
            "The browser tests need Chromium: install the package `chromium`, "
            "or set CHROMIUM to the path of a Chrome."
        )
    return found


if __name__ == "__main__":
    print(obtain())
