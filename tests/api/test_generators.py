"""Clients that strangers generate, with their tools in environments of their own; none warns."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bashi.entry.describe import describe
from tests.support.server import Server, running_server
from tools import once
from tools.bootstrap import pip_settings
from tools.npm import QUIET, machine_npm, wheel_npm

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).with_name("generators")
MODULES = HERE / "node_modules"
PYTHON = HERE / ".venv" / "bin" / "python"
UV = ROOT / ".venv" / "bin" / "uv"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("api")) as running:
        yield running


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("description") / "openapi.json"
    file.write_text(json.dumps(describe()))
    return file


@pytest.fixture(scope="module")
def node() -> dict[str, str]:
    """The environment in which Node's tools run, once they are installed."""
    npm = machine_npm() or wheel_npm()
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **QUIET, "PATH": path}
    with installing("node"):
        lock = HERE / "package-lock.json"
        done = MODULES / ".package-lock.json"
        if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
            run([*npm, "ci", "--ignore-scripts", "--no-progress"], HERE, environment)
    return environment


@pytest.fixture(scope="module")
def python() -> dict[str, str]:
    """The same for the Python generator, whose dependencies are older than ours."""
    environment = {**pip_settings(), **os.environ, "VIRTUAL_ENV": str(HERE / ".venv")}
    with installing("python"):
        lock = HERE / "requirements.lock"
        done = HERE / ".venv" / "installed"
        if not done.exists() or done.read_text() != lock.read_text():
            run([UV, "venv", "--quiet", "--clear", "--python", sys.executable, ".venv"], HERE)
            words: list[str | Path] = ["pip", "install", "--quiet", "--require-hashes", "-r", lock]
            run([UV, *words], HERE, environment)
            done.write_text(lock.read_text())
    environment["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"
    return environment


class installing:  # noqa: N801 - a context manager
    """One process of the suite at a time."""

    def __init__(self, what: str) -> None:
        once.STAMPS.mkdir(exist_ok=True)
        self._file = (once.STAMPS / f"generators-{what}.lock").open("w")

    def __enter__(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def run(
    words: Sequence[str | Path], folder: Path, environment: dict[str, str] | None = None
) -> str:
    """What it says, both streams together; fails when it does."""
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def test_spectral_finds_nothing(document: Path, node: dict[str, str]) -> None:
    rules: list[str | Path] = ["--ruleset", HERE / "spectral.yaml", "--fail-severity", "hint"]
    run([MODULES / ".bin" / "spectral", "lint", *rules, document], HERE, node)


def test_types_for_typescript(document: Path, node: dict[str, str]) -> None:
    bin_folder = ROOT / "web" / "node_modules" / ".bin"
    out = document.with_name("types.d.ts")
    said = run([bin_folder / "openapi-typescript", document, "-o", out], HERE, node)
    assert "warn" not in said.lower()
    assert "OrderList" in out.read_text()


def test_a_client_for_typescript_compiles(document: Path, node: dict[str, str]) -> None:
    out = document.with_name("client")
    said = run([MODULES / ".bin" / "openapi-ts", "-i", document, "-o", out], HERE, node)
    assert "warn" not in said.lower()
    (out / "tsconfig.json").write_text(
        '{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "module":'
        ' "esnext", "target": "es2022", "moduleResolution": "bundler", "types": [],'
        ' "lib": ["es2023", "dom", "dom.iterable"]}}'
    )
    run([MODULES / ".bin" / "tsc", "-p", out], HERE, node)


def test_a_client_for_python_buys_a_ticket(
    document: Path, python: dict[str, str], server: Server
) -> None:
    out = document.with_name("bashi_client")
    words: list[str | Path] = [
        "generate",
        "--path",
        document,
        "--output-path",
        out,
        "--meta",
        "none",
    ]
    config: list[str | Path] = [
        "--config",
        ROOT / "docs" / "python-client.yaml",
        "--fail-on-warning",
    ]
    said = run([PYTHON.with_name("openapi-python-client"), *words, *config], HERE, python)
    assert "warning" not in said.lower()
    environment = {**python, "PYTHONPATH": str(out.parent)}
    bought = run([PYTHON, HERE / "buy.py", server.url], HERE, environment)
    assert bought.split() == ["paid", "1", "%PDF-"]
