"""`bashi doctor` names what is wrong with an installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests.cli.command import bashi, production
from tests.support.s3 import S3Server
from tests.support.server import free_port
from tests.support.valkey import own_valkey

pytestmark = pytest.mark.usefixtures("own_folder")


def test_doctor_names_everything_that_is_wrong() -> None:
    sick = production("doctor", BASHI_STRIPE_API_URL=f"https://127.0.0.1:{free_port()}",
                      BASHI_SMTP_PORT=str(free_port()))  # fmt: skip
    assert sick.exit_code == 1
    for finding in ("schema", "Stripe answers", "mail"):
        assert any("no" in line and finding in line for line in sick.output.splitlines()), finding


def test_doctor_sees_a_mail_server_that_answers() -> None:
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        production("migrate")
        found = production("doctor", BASHI_SMTP_PORT=str(server.port), BASHI_SMTP_SECURITY="none",
                           BASHI_STRIPE_API_URL=f"https://127.0.0.1:{free_port()}")  # fmt: skip
    finally:
        server.stop()
    lines = found.output.splitlines()
    assert any("ok" in line and "mail" in line for line in lines), found.output
    assert any("ok" in line and "schema" in line for line in lines)
    assert any("ok" in line and "database writable" in line for line in lines)
    assert any("ok" in line and "fonts" in line for line in lines)


@contextmanager
def answering(status: int) -> Iterator[str]:
    """A server with one answer to everything. Yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", free_port()), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (200, "clock within"),
        (401, "refuses the key"),
        (403, "may not read Events"),
        (500, "status 500"),
    ],
)
def test_doctor_sees_what_stripe_answers(status: int, words: str) -> None:
    with answering(status) as url:
        found = bashi("doctor", BASHI_MODE="demo", BASHI_STRIPE_API_URL=url)
    [line] = [line for line in found.output.splitlines() if "Stripe answers" in line]
    assert ("ok" in line.split()) == (status == 200)
    assert words in line


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "10.0.0.5", "0.0.0.0"])
def test_doctor_asks_for_the_proxy_that_nobody_named(host: str) -> None:
    assert "no" in proxy_line(BASHI_HOST=host).split()
    assert "ok" in proxy_line(BASHI_HOST=host, BASHI_TRUSTED_PROXIES="127.0.0.1/32").split()


@pytest.mark.parametrize("changes", [
    {"BASHI_HOST": "8.8.8.8"},
    {"BASHI_MODE": "demo", "BASHI_PUBLIC_URL": "http://localhost:8000"},
])  # fmt: skip
def test_doctor_asks_for_no_proxy_where_there_need_be_none(changes: dict[str, str]) -> None:
    assert "ok" in proxy_line(**changes).split()


def proxy_line(**changes: str) -> str:
    found = production("doctor", BASHI_STRIPE_API_URL=f"https://127.0.0.1:{free_port()}",
                       BASHI_SMTP_PORT=str(free_port()), **changes)  # fmt: skip
    [line] = [line for line in found.output.splitlines() if " proxies " in line]
    return line


def test_doctor_tries_valkey_and_shows_no_password() -> None:
    def row(url: str) -> str:
        found = production("doctor", BASHI_VALKEY_URL=url, BASHI_SMTP_PORT=str(free_port()),
                           BASHI_STRIPE_API_URL=f"https://127.0.0.1:{free_port()}")  # fmt: skip
        assert "hunter2" not in found.output
        [line] = [line for line in found.output.splitlines() if " Valkey " in line]
        return line

    with own_valkey() as server:
        assert "ok" in row(server.connection_url).split()
    assert "no" in row(f"redis://ours:hunter2@127.0.0.1:{free_port()}/0").split()


@pytest.mark.slow
def test_doctor_tries_the_bucket_and_shows_no_key(s3: S3Server) -> None:
    def row(**changes: str) -> str:
        found = production("doctor", BASHI_STRIPE_API_URL=f"https://127.0.0.1:{free_port()}",
                           BASHI_SMTP_PORT=str(free_port()), **changes)  # fmt: skip
        for name in ("BASHI_S3_ACCESS_KEY_ID", "BASHI_S3_SECRET_ACCESS_KEY"):
            assert name not in changes or changes[name] not in found.output
        [line] = [line for line in found.output.splitlines() if " pictures " in line]
        return line

    assert "ok" in row().split()
    ours = s3.settings
    assert "ok" in row(**ours).split()
    assert [path.name for path in s3.folder.glob("*/doctor/*")] == []
    for changes, words in (
        ({"BASHI_S3_SECRET_ACCESS_KEY": "hunter2"}, "the key is refused"),
        ({"BASHI_S3_BUCKET": "another"}, "no such bucket"),
        ({"BASHI_S3_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}, "no answer"),
    ):
        line = row(**(ours | changes))
        assert "no" in line.split()
        assert words in line


@pytest.mark.parametrize(("status", "words"), [(200, "answers the world"), (403, "hidden")])
def test_doctor_asks_for_the_figures_as_anybody_would(status: int, words: str) -> None:
    with answering(status) as url:
        found = bashi("doctor", BASHI_MODE="demo", BASHI_PUBLIC_URL=url)
    [line] = [line for line in found.output.splitlines() if "metrics from outside" in line]
    assert ("ok" in line.split()) == (status != 200)
    assert words in line
