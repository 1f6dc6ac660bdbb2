"""The rules of form that a reader relies on, kept by the suite instead of by review."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 50
LOCKS = ("requirements.lock", "requirements-dev.lock", "web/package-lock.json")
CODE = sorted((ROOT / "bashi").rglob("*.py"))


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines of each function, its decorators not counted."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_files_stay_small() -> None:
    lines = {where(path): len(path.read_text().splitlines()) for path in CODE}
    long = [f"{name} has {count} lines" for name, count in lines.items() if count > FILE_LINES_MAX]
    assert not long, "\n".join(long)


def test_functions_stay_short() -> None:
    long = [
        f"{where(path)}:{name} has {lines} lines"
        for path in CODE
        for name, lines in functions(path)
        if lines > FUNCTION_LINES_MAX
    ]
    assert not long, "\n".join(long)


def test_core_imports_the_standard_library_only() -> None:
    allowed = {*sys.stdlib_module_names, "bashi"}
    foreign = [
        f"{where(path)} imports {name}"
        for path in CODE
        if path.is_relative_to(ROOT / "bashi" / "core")
        for name in imported(path)
        if name.partition(".")[0] not in allowed
    ]
    assert not foreign, "\n".join(foreign)


def test_imports_point_inward() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_locks_name_no_host() -> None:
    named = [
        f"{name}: {line.strip()}"
        for name in LOCKS
        for line in (ROOT / name).read_text().splitlines()
        if re.search(r'"resolved"|--(extra-)?index-url|--find-links|@ (https?|file):', line)
    ]
    assert not named, "\n".join(named)


def test_the_python_locks_pin_the_same_versions() -> None:
    runtime, development = (
        set(re.findall(r"^([a-z0-9-]+==[^ ]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in LOCKS[:2]
    )
    assert runtime
    assert runtime - development == set()


def test_the_web_lock_has_every_optional_package() -> None:
    """`npm ci` refuses a lock without the packages of other platforms than the locker's."""
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    missing = [
        f"{path} wants {name}"
        for path, entry in packages.items()
        for name in entry.get("optionalDependencies", {})
        if not {f"{path}/node_modules/{name}", f"node_modules/{name}"} & packages.keys()
    ]
    assert not missing, "\n".join(missing)


def statements(path: Path) -> Iterator[str]:
    """Texts that begin as SQL does."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.split(maxsplit=2)
            if len(words) > 1 and " ".join(words[:2]).startswith(SQL_BEGINS):
                yield node.value


SQL_BEGINS = ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "CREATE TABLE", "ALTER TABLE")
SQL_STANDS = ("bashi/core/", "bashi/engines/", "bashi/migrations/", "bashi/sandbox/")
SQL_ALSO = (
    "bashi/entry/move/",
)  # it copies tables of one engine into another's, whatever they are


def test_sql_stands_in_core_and_engines_only() -> None:
    """The sandbox is another program, with a database of its own."""
    found = {where(path): list(statements(path)) for path in CODE}
    assert sum(name.startswith("bashi/core/") for name, texts in found.items() if texts) > 5
    elsewhere = [
        f"{name}: {texts[0]}"
        for name, texts in found.items()
        if texts and not name.startswith(SQL_STANDS + SQL_ALSO)
    ]
    assert not elsewhere, "\n".join(elsewhere)


ROW_COLUMN = re.compile(r"""\brows?(\[[^]"']*\])?\[f?["']""")
ROW_PASSES = {
    "bashi/core/ports.py",  # the database's own port
    "bashi/http/metrics.py",  # a database that times another one
}


def row_givers(path: Path) -> Iterator[str]:
    """Public functions that return rows as they come from the database."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            given = re.search(r"(?<!Callable\[\[)\bRow\b", ast.unparse(node.returns))
            if given and not node.name.startswith("_"):
                yield node.name


def test_http_gets_typed_rows() -> None:
    """Columns are read in core, next to the statements that name them."""
    http = [path for path in CODE if path.is_relative_to(ROOT / "bashi" / "http")]
    texts = {where(path): path.read_text() for path in http}
    reads = [name for name, text in texts.items() if ROW_COLUMN.search(text)]
    knows = [name for name, text in texts.items() if re.search(r"import .*\bRow\b", text)]
    assert reads == []
    assert set(knows) <= ROW_PASSES


def test_core_hands_out_typed_rows() -> None:
    core = [path for path in CODE if path.is_relative_to(ROOT / "bashi" / "core")]
    given = [
        f"{where(path)}:{name}"
        for path in core
        if where(path) not in ROW_PASSES
        for name in row_givers(path)
    ]
    assert given == []
