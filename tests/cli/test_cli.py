"""The `bashi` command as an operator meets it."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from typer.testing import CliRunner, Result

from bashi.entry import cli, cli_support
from tests.support.s3 import S3Server
from tests.support.server import free_port
from tests.support.valkey import own_valkey

PASSWORD = "six geese cross the bridge"
PRODUCTION = {
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
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BASHI_DATA_DIR", str(tmp_path / "data"))
    for console in (cli_support.out, cli_support.err):
        monkeypatch.setattr(console, "width", 200)  # read from COLUMNS once, at import
    # The log would go on writing to the runner's output after the runner has closed it.
    monkeypatch.setattr("bashi.entry.logs.configure", lambda **_: None)


def bashi(*words: str, **environment: str | None) -> Result:
    return CliRunner().invoke(cli.app, words, env=environment)


def production(*words: str, **changes: str | None) -> Result:
    return bashi(*words, **(PRODUCTION | changes))


def test_production_without_settings_says_what_to_set() -> None:
    refused = bashi("migrate")
    assert refused.exit_code == 2
    for name in PRODUCTION:
        assert name in refused.output


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"BASHI_SECRET": "short"}, "BASHI_SECRET: too short"),
        ({"BASHI_TICKET_KEY": "AAAA"}, "BASHI_TICKET_KEY must be 32 bytes"),
        ({"BASHI_PUBLIC_URL": "http://tickets.example.org"}, "BASHI_PUBLIC_URL"),
        ({"BASHI_PUBLIC_URL": "https://example.org/tickets"}, "BASHI_PUBLIC_URL"),
        ({"BASHI_STRIPE_API_URL": "http://127.0.0.1:1"}, "BASHI_STRIPE_API_URL"),
        ({"BASHI_MAIL": "mailbox"}, "BASHI_MAIL"),
        (
            {
                "BASHI_SMTP_HOST": "smtp.example.org",
                "BASHI_SMTP_USER": "us",
                "BASHI_SMTP_PASSWORD": "secret",
                "BASHI_SMTP_SECURITY": "none",
            },
            "BASHI_SMTP_SECURITY: set starttls or tls",
        ),
        ({"BASHI_MAIL": "resend"}, "BASHI_RESEND_API_KEY"),
        ({"BASHI_MAIL": "pigeon"}, "BASHI_MAIL"),
        ({"BASHI_PASSWORD_WORK": "1x1000"}, "BASHI_PASSWORD_WORK"),
        ({"BASHI_PASSWORD_WORK": "1x600000"}, "BASHI_PASSWORD_WORK"),
        ({"BASHI_PORT": "eighty"}, "BASHI_PORT"),
        ({"BASHI_TIME_ZONE": "Mars/Olympus"}, "BASHI_TIME_ZONE"),
        ({"BASHI_CURRENCY": "KWD"}, "BASHI_CURRENCY: KWD counts in thousandths"),
        ({"BASHI_TRUSTED_PROXIES": "10.0.0.0/99"}, "BASHI_TRUSTED_PROXIES"),
        ({"BASHI_S3_ENDPOINT_URL": "https://s3.example.org"}, "BASHI_S3_BUCKET: set"),
        ({"BASHI_S3_BUCKET": "b", "BASHI_S3_ACCESS_KEY_ID": "a"}, "BASHI_S3_SECRET_ACCESS_KEY"),
        ({"BASHI_S3_BUCKET": "b", "BASHI_S3_SECRET_ACCESS_KEY": "a"}, "BASHI_S3_ACCESS_KEY_ID"),
        ({"BASHI_SMTP_HOTS": "mail"}, "did you mean BASHI_SMTP_HOST?"),
        ({"BASHI_MAIL_FROM": "Tickets of Us tickets@example.org"}, "BASHI_MAIL_FROM"),
        ({"BASHI_MAIL_FROM": "tickets"}, "BASHI_MAIL_FROM"),
        ({"BASHI_MAIL_FROM": "Org <x@y"}, "BASHI_MAIL_FROM"),
        ({"BASHI_MAIL_FROM": "Org <x@example.org> <y@example.org>"}, "BASHI_MAIL_FROM"),
        ({"BASHI_MAIL_FROM": "a@example.org, Org <b@example.org>"}, "BASHI_MAIL_FROM"),
        ({"BASHI_MAIL_FROM": f"{'x' * 65}@example.org"}, "BASHI_MAIL_FROM"),
        ({"BASHI_SUPPORT_EMAIL": ""}, "BASHI_SUPPORT_EMAIL: set the address"),
        ({"BASHI_SUPPORT_EMAIL": "us"}, "BASHI_SUPPORT_EMAIL"),
        ({"BASHI_SUPPORT_EMAIL": "Us <us@example.org>"}, "BASHI_SUPPORT_EMAIL"),
        ({"BASHI_API_HOST": "https://api.example.org"}, "BASHI_API_HOST: set a host name alone"),
        ({"BASHI_API_HOST": "api.example.org/v1"}, "BASHI_API_HOST: set a host name alone"),
        ({"BASHI_API_HOST": "Tickets.example.org"}, "the site's own host"),
        ({"BASHI_STRIPE_API_KEY": "pk_live_000"}, "this is the publishable key"),
        ({"BASHI_STRIPE_API_KEY": "whsec_000"}, "BASHI_STRIPE_API_KEY"),
        ({"BASHI_STRIPE_WEBHOOK_SECRETS": "sk_test_0"}, "BASHI_STRIPE_WEBHOOK_SECRETS"),
        ({"BASHI_STRIPE_WEBHOOK_SECRETS": "whsec_1,we_2"}, "BASHI_STRIPE_WEBHOOK_SECRETS"),
        ({"BASHI_SMTP_HOST": "smtp.example.org:587"}, "BASHI_SMTP_HOST"),
        ({"BASHI_SMTP_HOST": "https://smtp.example.org"}, "BASHI_SMTP_HOST"),
        ({"BASHI_SMTP_PORT": "465"}, "BASHI_SMTP_SECURITY: port 465"),
        ({"BASHI_SMTP_PASSWORD": "secret"}, "BASHI_SMTP_USER"),
        ({"BASHI_SECRET_PREVIOUS": "s" * 40}, "BASHI_SECRET_PREVIOUS: the same"),
        ({"BASHI_DATABASE_REPLICA_URL": "postgresql://h/d"}, "set BASHI_DATABASE_URL"),
        ({"BASHI_PASSWORD_MIN_USER": "20"}, "BASHI_PASSWORD_MIN_STAFF"),
        ({"BASHI_HOLD_SEATS_PER_ADDRESS": "10"}, "BASHI_HOLD_SEATS_PER_ADDRESS"),
        ({"BASHI_ORGANIZATION": "\u200b"}, "BASHI_ORGANIZATION"),
        ({"BASHI_TERMS_VERSION": "v" * 41}, "BASHI_TERMS_VERSION"),
    ],
)
def test_a_setting_that_can_not_work_is_refused(changes: dict[str, str], words: str) -> None:
    refused = production("migrate", **changes)
    assert refused.exit_code == 2
    assert words in refused.output


@pytest.mark.parametrize(
    "sender",
    [
        "tickets@example.org",
        "<tickets@example.org>",
        "Bengali Association of Oklahoma, Inc. <tickets@example.org>",
        '"Bengali Association of Oklahoma, Inc." <tickets@example.org>',
        "বাঙালি সমিতি <tickets@example.org>",
    ],
)
def test_a_sender_that_mail_servers_take_is_accepted(sender: str) -> None:
    assert production("migrate", BASHI_MAIL_FROM=sender).exit_code == 0


def test_several_missing_settings_are_a_line_each() -> None:
    refused = bashi("migrate", BASHI_PORT="eighty")
    lines = refused.output.splitlines()
    assert refused.exit_code == 2
    assert any(line.startswith("BASHI_PORT:") for line in lines), lines
    lines = bashi("migrate").output.splitlines()
    for name in PRODUCTION:
        assert len([line for line in lines if line.startswith(f"{name}: ")]) == 1, lines


def test_no_secret_is_repeated_in_a_refusal() -> None:
    refused = production("migrate", BASHI_SECRET="hunter2hunter2", BASHI_PORT="nan")
    assert refused.exit_code == 2
    assert "hunter2" not in refused.output


@pytest.mark.parametrize(
    ("name", "value"),
    [("BASHI_HOST", "0.0.0.0"), ("BASHI_PUBLIC_URL", "https://tickets.example.org")],
)
def test_the_demo_stays_on_this_machine(name: str, value: str) -> None:
    refused = bashi("migrate", **{"BASHI_MODE": "demo", name: value})
    assert refused.exit_code == 2
    assert name in refused.output


@pytest.mark.parametrize("port", ["eighty", "0"])
def test_the_demo_refuses_a_port_that_is_none(port: str) -> None:
    refused = bashi("migrate", BASHI_MODE="demo", BASHI_PORT=port)
    assert refused.exit_code == 2
    assert "BASHI_PORT" in refused.output


def test_the_demo_is_set_up_in_a_file_too(tmp_path: Path) -> None:
    """Its other settings as well: its pages are where it listens."""
    (tmp_path / ".env").write_text("BASHI_MODE=demo\nBASHI_PORT=8123\nANOTHER_PROGRAM=1\n")
    shown = bashi("doctor", BASHI_PORT="").output
    assert "http://localhost:8123" in shown
    assert "long enough" in shown


def test_a_mistyped_name_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BASHI_SMTP_HOTS=mail\n")
    refused = production("migrate")
    assert refused.exit_code == 2
    assert "BASHI_SMTP_HOTS is not a setting; did you mean BASHI_SMTP_HOST?" in refused.output


def test_migrate_tells_what_it_did() -> None:
    assert "0001_start.sql" in production("migrate").output
    assert "Nothing to apply" in production("migrate").output


def test_the_first_admin(tmp_path: Path) -> None:
    added = production(
        "users", "add", "Admin@Example.org", "--admin", "--name", "Rahima", "--password", PASSWORD
    )
    assert added.exit_code == 0, added.output
    with sqlite3.connect(tmp_path / "data" / "bashi.sqlite") as database:
        row = database.execute("SELECT email, role, verified_at IS NOT NULL FROM person").fetchone()
    assert row == ("admin@example.org", "admin", 1)


def test_an_account_that_can_not_be_made_is_explained() -> None:
    add = ("users", "add", "a@example.org", "--name", "A", "--password")
    short = production(*add, "short")
    assert short.exit_code == 2
    assert "password" in short.output
    assert production(*add, PASSWORD).exit_code == 0
    taken = production(*add, PASSWORD)
    assert taken.exit_code == 2
    assert "There is an account" in taken.output


def test_promote() -> None:
    production("users", "add", "v@example.org", "--name", "V", "--password", PASSWORD)
    promoted = production("users", "promote", "v@example.org", "volunteer")
    assert promoted.exit_code == 0, promoted.output
    assert "volunteer" in promoted.output
    assert production("users", "promote", "nobody@example.org", "admin").exit_code == 2


def test_emails_are_sent_again_from_here_too(tmp_path: Path) -> None:
    assert production("migrate").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "bashi.sqlite")) as database:
        for status in ("given_up", "given_up", "refused", "sent"):
            database.execute(
                "INSERT INTO outbox (id, kind, recipient, locale, subject_id, detail, status,"
                " attempts, due_at, created_at, finished_at) VALUES"
                " (hex(randomblob(8)), 'tickets', 'a@example.org', 'en', '', '', ?, 17, 0, 0, 1)",
                (status,),
            )
        database.commit()
    assert "2 emails wait" in production("emails", "send-again").output
    assert "0 emails wait" in production("emails", "send-again").output
    assert "1 emails wait" in production("emails", "send-again", "--refused").output


def test_demo_data_is_for_the_demo() -> None:
    refused = production("seed")
    assert refused.exit_code == 2
    assert "BASHI_MODE=demo" in refused.output


def test_production_refuses_the_database_of_a_demo() -> None:
    """The mark is made when the demo first serves; here as `seed` makes it."""
    assert bashi("seed", BASHI_MODE="demo", BASHI_PASSWORD_WORK="1x1000").exit_code == 0
    refused = production("serve", BASHI_PORT=str(free_port()))
    assert refused.exit_code == 2
    assert "BASHI_DATA_DIR" in refused.output


def test_keys_are_fresh_and_accepted() -> None:
    first, second = bashi("keys").output, bashi("keys").output
    made = dict(line.split("=", 1) for line in first.splitlines())
    assert first != second
    assert production("migrate", **made).exit_code == 0


def test_the_openapi_document() -> None:
    document = json.loads(bashi("openapi").output)
    assert document["openapi"].startswith("3.1")
    assert "/orders" in document["paths"]


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
    """A Stripe with one answer to everything. Yields its address."""

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


def test_a_password_may_go_in_the_clear_to_this_machine() -> None:
    clear = {
        "BASHI_SMTP_SECURITY": "none", "BASHI_SMTP_USER": "us", "BASHI_SMTP_PASSWORD": "secret",
    }  # fmt: skip
    for host in ("127.0.0.1", "::1", "localhost"):
        assert production("migrate", BASHI_SMTP_HOST=host, **clear).exit_code == 0


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


@pytest.mark.parametrize("url", ["http://:hunter2@cache", "redis://", "redis://:hunter2@cache:no"])
def test_a_wrong_address_of_valkey_is_refused_without_its_password(url: str) -> None:
    refused = production("migrate", BASHI_VALKEY_URL=url)
    assert refused.exit_code == 2
    assert "BASHI_VALKEY_URL" in refused.output
    assert "hunter2" not in refused.output


@pytest.mark.parametrize("url", [
    "http://s3.example.org", "http://10.0.0.7:9000", "s3.example.org", "ftp://127.0.0.1",
    "https://", "https://ours:hunter2@s3.example.org", "https://s3.example.org:no",
])  # fmt: skip
def test_a_wrong_address_of_the_bucket_is_refused(url: str) -> None:
    refused = production("migrate", BASHI_S3_BUCKET="b", BASHI_S3_ENDPOINT_URL=url)
    assert refused.exit_code == 2
    assert "BASHI_S3_ENDPOINT_URL" in refused.output
    assert "hunter2" not in refused.output


@pytest.mark.parametrize("url", ["https://s3.example.org", "http://localhost:9000"])
def test_a_bucket_may_be_reached_in_the_clear_on_this_machine_alone(url: str) -> None:
    accepted = production("migrate", BASHI_S3_BUCKET="b", BASHI_S3_ENDPOINT_URL=url)
    assert accepted.exit_code == 0, accepted.output


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


def test_a_damaged_database_is_not_a_question_of_rights(tmp_path: Path) -> None:
    path = tmp_path / "data" / "bashi.sqlite"
    assert production("migrate").exit_code == 0
    whole = path.read_bytes()
    for damaged in (b"no database" * 500, whole[:8192] + bytes(len(whole) - 8192)):
        path.write_bytes(damaged)
        refused = production("migrate")
        assert refused.exit_code == 2
        assert "put the backup in its place" in refused.output
        assert "let this user write" not in refused.output


def test_a_database_that_another_program_writes_to_is_not_one_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bashi.engines.sqlite.database.BUSY_SECONDS", 0.1)
    assert production("migrate").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "bashi.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = production("migrate")
    assert refused.exit_code == 2
    assert "Another program writes to it" in refused.output
