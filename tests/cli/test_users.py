"""`bashi users`, and what a command makes is its user's alone."""

import base64
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bashi.entry import cli, cli_support
from tests.support.client import PASSWORD

EMAIL = "v@example.org"
SETTINGS = {
    "BASHI_SECRET": "s" * 40,
    "BASHI_TICKET_KEY": base64.b64encode(bytes(32)).decode(),
    "BASHI_PUBLIC_URL": "https://tickets.example.org",
    "BASHI_STRIPE_API_KEY": "sk_test_0000000000",
    "BASHI_STRIPE_WEBHOOK_SECRETS": "whsec_0000000000",
    "BASHI_MAIL_FROM": "Tickets <tickets@example.org>",
    "BASHI_SMTP_HOST": "127.0.0.1",
    "BASHI_SUPPORT_EMAIL": "help@example.org",
}


@pytest.fixture(autouse=True)
def _installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {**SETTINGS, "BASHI_DATA_DIR": str(tmp_path / "data")}.items():
        monkeypatch.setenv(name, value)
    for console in (cli_support.out, cli_support.err):
        monkeypatch.setattr(console, "width", 200)


def users(*words: str) -> Result:
    return CliRunner().invoke(cli.app, ("users", *words))


@pytest.fixture
def volunteer() -> None:
    added = users("add", EMAIL, "--volunteer", "--name", "Vera Das", "--password", PASSWORD)
    assert added.exit_code == 0, added.output


def test_the_version() -> None:
    asked = CliRunner().invoke(cli.app, ["--version"])
    assert (asked.exit_code, asked.output) == (0, f"bashi {version('bashi')}\n")


@pytest.mark.usefixtures("volunteer")
def test_a_list_of_accounts() -> None:
    users("add", "admin@example.org", "--admin", "--name", "Ada", "--password", PASSWORD)
    everybody = users("list").output.splitlines()
    assert everybody == [
        "admin@example.org\tadmin\tconfirmed\tAda",
        f"{EMAIL}\tvolunteer\tconfirmed\tVera Das",
    ]
    assert users("list", "vera").output.splitlines() == everybody[1:]
    assert users("list", "--role", "admin").output.splitlines() == everybody[:1]


@pytest.mark.usefixtures("volunteer")
def test_an_account_is_disabled_and_enabled() -> None:
    assert users("disable", EMAIL).exit_code == 0
    assert "disabled" in users("list").output
    refused = users("link", EMAIL)
    assert refused.exit_code == 2
    assert "bashi users enable" in refused.output
    assert users("enable", EMAIL).exit_code == 0
    assert "confirmed" in users("list").output


@pytest.mark.usefixtures("volunteer")
def test_a_role_is_taken_away() -> None:
    assert users("demote", EMAIL).exit_code == 0
    assert "\tuser\t" in users("list").output


@pytest.mark.usefixtures("volunteer")
def test_a_link_is_printed_or_mailed(tmp_path: Path) -> None:
    printed = users("link", EMAIL)
    assert re.fullmatch(r"https://tickets\.example\.org/login-link/#[\w.-]+\n", printed.output)
    mailed = users("link", EMAIL, "--mail")
    assert EMAIL in mailed.output
    assert "#" not in mailed.output
    with closing(sqlite3.connect(tmp_path / "data" / "bashi.sqlite")) as database:
        kinds = database.execute("SELECT kind, recipient FROM outbox").fetchall()
        trail = database.execute("SELECT action FROM audit WHERE action LIKE '%link'").fetchall()
    assert kinds == [("login_link", EMAIL)]
    assert trail == [("person.login_link",)]


@pytest.mark.parametrize("command", ["disable", "enable", "demote", "link"])
def test_an_unknown_address_is_explained(command: str) -> None:
    refused = users(command, "nobody@example.org")
    assert refused.exit_code == 2
    assert "There is no such account" in refused.output


def run(*words: str, umask: int = 0o022, **settings: str) -> None:
    """As an operator does, by hand."""
    environment: Mapping[str, str] = os.environ | settings
    script = f"import os; os.umask({umask}); from bashi.entry.cli import main; main()"
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_a_data_folder_that_is_made_by_hand_is_private(tmp_path: Path) -> None:
    run("migrate")
    folder = tmp_path / "data"
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes.items() >= {"bashi.sqlite": 0o600}.items()
    assert set(modes.values()) <= {0o600, 0o700}


@pytest.mark.slow
def test_an_empty_folder_that_others_may_read_is_made_private_first(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    run("migrate")
    assert folder.stat().st_mode & 0o777 == 0o700
