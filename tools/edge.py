"""Put together what wrangler deploys: packages, our own among them, and the built site.

    python -m tools.edge [FOLDER]      # deploy/cloudflare, if no other folder is named

Wheels come from PyPI as pinned in `deploy/cloudflare/requirements.lock`, for Python on WebAssembly.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from tools.bootstrap import pip_settings

HERE = Path(__file__).parents[1]
FOLDER = HERE / "deploy" / "cloudflare"
LOCK = FOLDER / "requirements.lock"
WHEELS = HERE / ".stamps" / "edge-wheels"
LIMIT_SECONDS = 600
TARGET = (
    "--only-binary=:all:",
    "--python-version=3.14",
    "--implementation=cp",
    "--abi=cp314",
    "--abi=abi3",
    "--abi=none",
)
WASM = "--platform=pyemscripten_2026_0_wasm32"
# Not on PyPI for WebAssembly. It has the same in plain Python, which is used without the binary.
NATIVE_ONLY = "markupsafe"
NATIVE = "--platform=manylinux2014_x86_64"
# What no request reaches: other programs of these packages, types for editors, other engines.
UNUSED = (
    "*.pyc", "*.pyi", "*-linux-gnu.so", "*/tests/*", "*/test/*", "bashi/site/*", "bashi/sandbox/*",
    "pydantic/mypy.py", "bashi/render/fonts/*.ttf", "*.typ",
)  # fmt: skip


_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def download(lock: str, platform: str) -> None:
    file = WHEELS / f"{platform.partition('=')[2]}.lock"
    file.write_text(lock)
    command: Iterable[object] = [
        Path(sys.executable).with_name("uv"), "run", "--no-project", "--quiet", "--with", "pip",
        "python", "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
        *TARGET, platform, "--dest", WHEELS, "--requirement", file,
    ]  # fmt: skip
    env = {**pip_settings(), **os.environ}
    subprocess.run([str(word) for word in command], env=env, check=True, timeout=LIMIT_SECONDS)


def wheels() -> list[Path]:
    """Downloaded once for each state of the lock."""
    lock = LOCK.read_text()
    done = WHEELS / "done.lock"
    if not done.exists() or done.read_text() != lock:
        shutil.rmtree(WHEELS, ignore_errors=True)
        WHEELS.mkdir(parents=True)
        lines = [line for line in lock.splitlines() if line and not line.startswith("#")]
        native = [line for line in lines if line.startswith(NATIVE_ONLY)]
        download("\n".join(line for line in lines if line not in native), WASM)
        download("\n".join(native), NATIVE)
        done.write_text(lock)
    return sorted(WHEELS.glob("*.whl"))


def without_docstrings(source: bytes) -> bytes:
    """The same program on the same lines. A Worker has 128 MB, of which what libraries say about
    themselves would take three. Raises SyntaxError."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, _WITH_DOCSTRING) or ast.get_docstring(node, clean=False) is None:
            continue
        said = node.body[0]
        first, last = said.lineno - 1, (said.end_lineno or said.lineno) - 1
        before, after = lines[first][: said.col_offset], lines[last][said.end_col_offset :]
        if not before.strip() and not after.strip():
            lines[first : last + 1] = [before + b'""\n', *[b"\n"] * (last - first)]
    return b"".join(lines)


def assemble(folder: Path = FOLDER) -> None:
    """Make `python_modules/` and `site/` in `folder`, beside wrangler.jsonc."""
    modules, site = folder / "python_modules", folder / "site"
    for made in (modules, site):
        shutil.rmtree(made, ignore_errors=True)
    modules.mkdir(parents=True)
    for wheel in wheels():
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(modules)
    for file in modules.rglob("*.py"):
        with suppress(SyntaxError):  # written for a newer Python than the one that runs this
            file.write_bytes(without_docstrings(file.read_bytes()))
    shutil.copytree(HERE / "bashi", modules / "bashi", ignore=shutil.ignore_patterns("site"))
    (modules / "pyvenv.cfg").touch()  # wrangler asks for it
    told = modules / f"bashi-{version('bashi')}.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text(f"Metadata-Version: 2.1\nName: bashi\nVersion: {version('bashi')}\n")
    for file in [path for path in modules.rglob("*") if path.is_file()]:
        if any(file.relative_to(modules).match(pattern) for pattern in UNUSED):
            file.unlink()
    # FastAPI does without, and else loads the whole of it to ask of each type if it is one of its.
    shutil.rmtree(modules / "pydantic" / "v1")
    built = HERE / "bashi" / "site"
    if not (built / "index.html").exists():
        raise SystemExit("The site has not been built: run `make site` first.")
    shutil.copytree(built, site, ignore=shutil.ignore_patterns("*.gz"))


if __name__ == "__main__":
    assemble(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
