"""A server as production runs it: its log, who gets its figures, how it refuses to start."""

import json
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests.cli.command import PRODUCTION
from tests.support.server import Server, free_port, running

pytestmark = pytest.mark.slow


def in_production(folder: Path, **changes: str) -> Server:
    own = {"BASHI_MODE": "production", "BASHI_PASSWORD_WORK": "6x100000"}
    mute = {"BASHI_SMTP_HOST": "127.0.0.1", "BASHI_SMTP_PORT": str(free_port()),
            "BASHI_SMTP_SECURITY": "none"}  # fmt: skip
    stripe = {"BASHI_STRIPE_API_URL": f"https://127.0.0.1:{free_port()}"}
    return Server(folder, free_port(), PRODUCTION | own | mute | stripe | changes)


@pytest.fixture(scope="module")
def figures_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, figures_port: int) -> Iterator[Server]:
    """Neither its mail server nor its Stripe is there."""
    folder = tmp_path_factory.mktemp("production")
    server = in_production(folder, BASHI_METRICS_PORT=str(figures_port), BASHI_HOST="localhost")
    with running(server):
        yield server


def test_figures_are_given_on_their_own_port_and_to_nobody_else(
    server: Server, figures_port: int
) -> None:
    """Whoever calls the site from this machine may be a proxy."""
    answer = httpx.get(f"{server.url}/metrics")
    assert (answer.status_code, answer.json()["code"]) == (403, "metrics_token")
    answer = httpx.get(f"http://127.0.0.1:{figures_port}/metrics")
    assert answer.status_code == 200
    assert "bashi_build_info{" in answer.text
    assert httpx.get(f"http://127.0.0.1:{figures_port}/events").status_code == 404


def test_every_line_is_json_and_an_outage_is_one_at_either_end(server: Server) -> None:
    form = {
        "email": "somebody@example.org",
        "password": "a good long password",
        "name": "Somebody",
        "locale": "en",
        "terms_version": httpx.get(f"{server.api_url}/site").json()["terms_version"],
    }
    for number in range(3):
        asked = form | {"email": f"somebody{number}@example.org"}
        assert httpx.post(f"{server.api_url}/auth/register", json=asked, timeout=30).is_success
    until(server, "SELECT COUNT(*) = 3 FROM outbox WHERE failure IS NOT NULL")
    port = int(server.environment["BASHI_SMTP_PORT"])
    mail = Controller(Sink(), hostname="127.0.0.1", port=port)
    mail.start()
    try:
        with closing(sqlite3.connect(server.folder / "bashi.sqlite")) as database, database:
            database.execute("UPDATE outbox SET due_at = 0 WHERE status = 'queued'")
        until(server, "SELECT COUNT(*) = 3 FROM outbox WHERE status = 'sent'")
    finally:
        mail.stop()
    assert server.stop() == 0
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    events = [line["event"] for line in lines]
    assert "serving" in events
    assert [event for event in events if event.startswith("mail_")] == ["mail_down", "mail_back"]
    assert events.count("stripe_down") <= 1
    server.start()


def until(server: Server, true: str) -> None:
    """Waits until a query on the server's database answers with it."""
    with closing(sqlite3.connect(server.folder / "bashi.sqlite")) as database:
        while database.execute(true).fetchone() != (1,):
            assert server.running
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"BASHI_HOST": "tickets"}, "BASHI_HOST"),
        ({"BASHI_HOST": "192.0.2.1"}, "BASHI_HOST"),
        ({"BASHI_SECRET": "short"}, "BASHI_SECRET"),
        ({"BASHI_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "BASHI_DATABASE_URL"),
    ],
    ids=["a name", "another machine's address", "a setting", "the database"],
)
def test_what_keeps_it_from_starting_is_named_and_ends_with_one_code(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    process: subprocess.Popen[str] = in_production(tmp_path, **changes).begin("serve")
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 2, said
    assert words in said
    assert "Traceback" not in said
