"""Against a real SMTP server (aiosmtpd) on this machine."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bashi.core.mail.emails import Attachment, RenderedEmail
from bashi.core.ports import MailDelayed, MailRefused
from bashi.engines.mail import smtp
from bashi.engines.mail.smtp import SmtpMailer, SmtpServer
from bashi.render.emails import render_email
from tests.render.facts import ORGANIZATION, tickets_ready

PORT, PORT_TLS, PORT_STARTTLS, PORT_UNUSED = 8100, 8101, 8102, 8103
SENDER = "Oklahomabashi বাসী <tickets@example.org>"
EMAIL = RenderedEmail("নববর্ষ: your tickets", "Hello\n", "<p>Hello</p>\n")
MESSAGE_ID = "<0198-email@example.org>"


class Inbox:
    """Keeps what is delivered; `answers` holds other answers for RCPT and DATA."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answers: dict[str, str] = {}
        self.connections: list[Any] = []
        self.ended = False
        """Whether a client took its leave."""

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        if server not in self.connections:
            self.connections.append(server)
        return self.answers.get("DATA", "250 OK")

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Envelope) -> str:  # noqa: N802
        self.ended = True
        return "221 Bye"

    async def hang_up(self) -> None:
        for server in self.connections:
            if server.transport is not None:
                server.transport.abort()
        await asyncio.sleep(0)

    @property
    def messages(self) -> list[EmailMessage]:
        return [
            message_from_bytes(envelope.content, policy=policy.default)
            for envelope in self.envelopes
            if isinstance(envelope.content, bytes)
        ]


@contextmanager
def serve(port: int, **options: Any) -> Iterator[Inbox]:
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield inbox
    finally:
        asyncio.run_coroutine_threadsafe(inbox.hang_up(), controller.loop).result()
        controller.stop()


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with serve(PORT) as served:
        yield served


def mailer(port: int = PORT, **options: Any) -> SmtpMailer:
    settings: dict[str, Any] = {"security": "none", "timeout_seconds": 5}
    return SmtpMailer(SmtpServer("127.0.0.1", port, **(settings | options)), SENDER)


async def test_an_email_arrives_whole(inbox: Inbox) -> None:
    mail = render_email(tickets_ready(), "bn", ORGANIZATION)
    await mailer().send(mail, to="rina@example.net", message_id=MESSAGE_ID)
    message = inbox.messages[0]
    assert inbox.envelopes[0].rcpt_tos == ["rina@example.net"]
    assert inbox.envelopes[0].mail_from == "tickets@example.org"
    assert message["Subject"] == mail.subject
    assert message["From"] == SENDER
    assert message["To"] == "rina@example.net"
    assert message["Message-ID"] == MESSAGE_ID
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime > datetime.now(UTC) - timedelta(minutes=1)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == mail.text
    assert html.get_content().replace("\r\n", "\n") == mail.html
    pdf, calendar = message.iter_attachments()
    assert (pdf.get_content_type(), pdf.get_filename()) == (
        "application/pdf",
        "tickets-OB-7K2M9.pdf",
    )
    assert pdf.get_content() == mail.attachments[0].content
    assert calendar.get_payload(decode=True) == mail.attachments[1].content
    assert calendar.get_param("method") == "PUBLISH"
    assert calendar.get_content_charset() == "utf-8"


async def test_lines_on_the_wire_are_ascii_and_short(inbox: Inbox) -> None:
    mail = render_email(tickets_ready(), "bn", ORGANIZATION)
    await mailer().send(mail, to="rina@example.net", message_id=MESSAGE_ID)
    content = inbox.envelopes[0].original_content or b""
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998  # RFC 5322 §2.1.1


async def test_a_repeat_keeps_its_message_id(inbox: Inbox) -> None:
    inbox.answers["DATA"] = "451 busy"
    with pytest.raises(MailDelayed, match="451 busy"):
        await mailer().send(EMAIL, to="rina@example.net", message_id="0198-email")
    inbox.answers.clear()
    await mailer().send(EMAIL, to="rina@example.net", message_id="0198-email")
    assert [message["Message-ID"] for message in inbox.messages] == [MESSAGE_ID, MESSAGE_ID]


async def test_emails_that_follow_each_other_share_a_connection(inbox: Inbox) -> None:
    ours = mailer()
    for name in ("rina", "tuhin", "shila"):
        await ours.send(EMAIL, to=f"{name}@example.net", message_id=f"<{name}@example.org>")
    assert [envelope.rcpt_tos for envelope in inbox.envelopes] == [
        ["rina@example.net"], ["tuhin@example.net"], ["shila@example.net"]
    ]  # fmt: skip
    assert len(inbox.connections) == 1


async def test_emails_at_once_have_a_connection_each(inbox: Inbox) -> None:
    ours = mailer()
    names = ("rina", "tuhin", "shila")
    await asyncio.gather(
        *(ours.send(EMAIL, to=f"{n}@example.net", message_id=f"<{n}@example.org>") for n in names)
    )
    assert sorted(envelope.rcpt_tos[0].partition("@")[0] for envelope in inbox.envelopes) == sorted(
        names
    )
    assert len(inbox.connections) == 3


async def test_a_connection_that_the_server_ended_is_missed_by_nobody(inbox: Inbox) -> None:
    ours = mailer()
    await ours.send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)
    [server] = inbox.connections
    asyncio.run_coroutine_threadsafe(inbox.hang_up(), server.loop).result()
    await ours.send(EMAIL, to="tuhin@example.net", message_id="<2@example.org>")
    assert [envelope.rcpt_tos for envelope in inbox.envelopes] == [
        ["rina@example.net"], ["tuhin@example.net"]
    ]  # fmt: skip


async def test_a_refusal_is_not_the_next_emails(inbox: Inbox) -> None:
    ours = mailer()
    await ours.send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)
    inbox.answers["RCPT"] = "550 5.1.1 no such mailbox"
    with pytest.raises(MailRefused):
        await ours.send(EMAIL, to="nobody@example.net", message_id="<2@example.org>")
    inbox.answers.clear()
    await ours.send(EMAIL, to="tuhin@example.net", message_id="<3@example.org>")
    assert inbox.envelopes[-1].rcpt_tos == ["tuhin@example.net"]


async def test_a_connection_that_nobody_uses_ends_in_good_order(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "IDLE_SECONDS", 0.01)
    ours = mailer()
    await ours.send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)
    async with asyncio.timeout(30):
        while not inbox.ended:  # noqa: ASYNC110 - another thread
            await asyncio.sleep(0.01)


async def test_a_recipient_that_is_refused_for_good_is_given_up(inbox: Inbox) -> None:
    inbox.answers["RCPT"] = "550 5.1.1 no rina@example.net here"
    with pytest.raises(MailRefused, match=r"^550 5\.1\.1 no the recipient here$"):
        await mailer().send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("RCPT", "450 4.2.1 graylisted"),
        ("DATA", "452 full"),
        ("DATA", "554 5.7.1 the sender's domain is not set up"),
        ("RCPT", "550 5.7.1 relaying denied"),
        ("RCPT", "554 5.7.1 <x>: Relay access denied"),
        ("RCPT", "554 no relaying here"),
        ("RCPT", "530 5.7.0 authenticate first"),
        ("RCPT", "553 5.1.8 the sender's domain does not exist"),
        ("RCPT", "550 5.1.7 no such sender"),
    ],
)
async def test_what_may_change_is_tried_again(inbox: Inbox, step: str, answer: str) -> None:
    inbox.answers[step] = answer
    with pytest.raises(MailDelayed, match=answer[:3]):
        await mailer().send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)


@pytest.mark.parametrize(
    "answer",
    ["550 no such user", "551 moved away", "553 5.1.3 not an address", "552 5.2.2 mailbox full"],
)
async def test_what_is_wrong_with_the_recipient_is_told_apart(inbox: Inbox, answer: str) -> None:
    inbox.answers["RCPT"] = answer
    with pytest.raises(MailRefused, match=answer):
        await mailer().send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)


@pytest.mark.parametrize(
    "sender", ["Tickets of Us tickets@example.org", "tickets", "Org, Inc. <x@example.org>"]
)
async def test_a_bad_sender_is_not_the_recipients_fault(inbox: Inbox, sender: str) -> None:
    ours = SmtpMailer(SmtpServer("127.0.0.1", PORT, "none", timeout_seconds=5), sender)
    with pytest.raises(MailDelayed, match="BASHI_MAIL_FROM"):
        await ours.send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)
    assert inbox.envelopes == []


async def test_no_server_is_a_delay() -> None:
    with pytest.raises(MailDelayed, match="not usable"):
        await mailer(PORT_UNUSED).send(EMAIL, to="rina@example.net", message_id=MESSAGE_ID)


@pytest.mark.parametrize("to", ["no address", "", "a@b@c", "a@b.org\r\nBcc: all@example.org"])
async def test_what_is_no_address_is_refused_unsent(inbox: Inbox, to: str) -> None:
    with pytest.raises(MailRefused):
        await mailer().send(EMAIL, to=to, message_id=MESSAGE_ID)
    assert inbox.envelopes == []


async def test_a_subject_cannot_add_headers(inbox: Inbox) -> None:
    mail = RenderedEmail("Hi\r\nBcc: all@example.org", "t\n", "<p>t</p>\n")
    await mailer().send(mail, to="rina@example.net", message_id=MESSAGE_ID)
    assert inbox.messages[0]["Bcc"] is None
    assert inbox.envelopes[0].rcpt_tos == ["rina@example.net"]


async def test_an_attachment_of_any_kind_arrives(inbox: Inbox) -> None:
    odd = Attachment("ä ; b.bin", "application/octet-stream", bytes(range(256)))
    mail = RenderedEmail("s", "t\n", "<p>t</p>\n", [odd])
    await mailer().send(mail, to="rina@example.net", message_id=MESSAGE_ID)
    [part] = inbox.messages[0].iter_attachments()
    assert (part.get_filename(), part.get_content()) == (odd.filename, odd.content)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def server_tls(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The server's side; clients trust the certificate as if the system did."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


async def test_tls_from_the_start(server_tls: ssl.SSLContext) -> None:
    with serve(PORT_TLS, ssl_context=server_tls, server_hostname="localhost") as inbox:
        server = SmtpServer("localhost", PORT_TLS, "tls", timeout_seconds=5)
        await SmtpMailer(server, SENDER).send(EMAIL, to="r@example.net", message_id=MESSAGE_ID)
        assert len(inbox.messages) == 1


def only_rina(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    wanted = isinstance(data, LoginPassword) and data.password == b"a good secret"
    return AuthResult(success=wanted, handled=wanted)


@pytest.mark.parametrize("password", ["a good secret", "a wrong secret"])
async def test_starttls_and_sign_in(server_tls: ssl.SSLContext, password: str) -> None:
    options = {"tls_context": server_tls, "require_starttls": True, "auth_required": True}
    with serve(PORT_STARTTLS, authenticator=only_rina, **options) as inbox:
        server = SmtpServer("localhost", PORT_STARTTLS, "starttls", "rina", password, 5)
        sending = SmtpMailer(server, SENDER).send(EMAIL, to="r@example.net", message_id=MESSAGE_ID)
        if password == "a good secret":
            await sending
            assert len(inbox.messages) == 1
        else:
            with pytest.raises(MailDelayed, match=r"^535") as delayed:
                await sending
            assert password not in str(delayed.value)
            assert inbox.messages == []


async def test_a_server_without_starttls_gets_no_password(inbox: Inbox) -> None:
    sending = mailer(security="starttls", username="rina", password="secret").send(
        EMAIL, to="rina@example.net", message_id=MESSAGE_ID
    )
    with pytest.raises(MailDelayed):
        await sending
    assert inbox.envelopes == []


async def test_a_certificate_that_nobody_vouches_for_is_not_used(certificate: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with serve(PORT_STARTTLS, tls_context=context) as inbox:
        server = SmtpServer("localhost", PORT_STARTTLS, "starttls", timeout_seconds=5)
        with pytest.raises(MailDelayed):
            await SmtpMailer(server, SENDER).send(EMAIL, to="r@example.net", message_id=MESSAGE_ID)
        assert inbox.envelopes == []


def test_the_password_stays_out_of_print() -> None:
    assert "hush" not in repr(SmtpServer("h", 25, "none", "rina", "hush"))
