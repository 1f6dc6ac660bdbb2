"""The `bashi` command as an operator meets it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command import PRODUCTION, bashi, production
from tests.support.server import free_port

pytestmark = pytest.mark.usefixtures("own_folder")

PASSWORD = "six geese cross the bridge"


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


def test_a_password_may_go_in_the_clear_to_this_machine() -> None:
    clear = {
        "BASHI_SMTP_SECURITY": "none", "BASHI_SMTP_USER": "us", "BASHI_SMTP_PASSWORD": "secret",
    }  # fmt: skip
    for host in ("127.0.0.1", "::1", "localhost"):
        assert production("migrate", BASHI_SMTP_HOST=host, **clear).exit_code == 0


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
