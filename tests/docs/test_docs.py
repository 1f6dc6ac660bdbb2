"""The docs name every setting, every error code and every command; what they name exists."""

import ast
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bashi.entry.cli import app
from bashi.entry.describe import describe
from bashi.entry.settings import FIELDS
from tools.currencies import table

ROOT = Path(__file__).parents[2]
ERRORS = {
    "BadRequest", "Busy", "Conflict", "Forbidden", "Gone", "Invalid", "NotFound", "TooLarge",
    "TooMany", "Unauthenticated",
}  # fmt: skip


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def codes_raised() -> set[str]:
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in ROOT.glob("bashi/**/*.py"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id.strip("_") in ERRORS
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def field_codes() -> set[str]:
    """What docs/errors.md lists for single fields."""
    return set(re.findall(r"^\| `(\w+)` \| [^45]", read("docs/errors.md"), re.MULTILINE))


def faults_made() -> set[str]:
    makers = r"\b(?:Fault|field_error|Unreadable)\(\s*\"(\w+)\","
    files = ROOT.glob("bashi/**/*.py")
    return {code for file in files for code in re.findall(makers, file.read_text("utf-8"))}


def test_every_setting_is_documented_and_none_else() -> None:
    named = set(re.findall(r"^\| `(BASHI_\w+)`", read("docs/settings.md"), re.MULTILINE))
    assert named == {f"BASHI_{name.upper()}" for name in FIELDS}


@pytest.mark.parametrize("name", FIELDS)
def test_a_setting_is_described_as_in_the_code(name: str) -> None:
    description = FIELDS[name].description
    assert description
    assert f"| {description} |" in read("docs/settings.md")


def test_every_error_code_is_documented() -> None:
    named = set(re.findall(r"^\| `(\w+)` \| [45]", read("docs/errors.md"), re.MULTILINE))
    assert codes_raised() - named == set()


def test_every_code_of_a_field_is_documented_and_none_else() -> None:
    assert field_codes() == faults_made()


def test_every_documented_command_exists() -> None:
    pages = [read("README.md"), *(read(str(path)) for path in ROOT.glob("docs/**/*.md"))]
    named = {match for page in pages for match in re.findall(r"`?bashi ([a-z]+)\b(?=[` #])", page)}
    helped = CliRunner().invoke(app, ["--help"]).output
    assert named
    assert {command for command in named if command not in helped} == set()


def test_the_committed_openapi_document_is_the_present_one() -> None:
    assert json.loads(read("web/openapi.json")) == json.loads(json.dumps(describe()))


def test_the_site_s_table_of_currencies_is_the_present_one() -> None:
    assert json.loads(read("web/lib/currencies.json")) == json.loads(table())
