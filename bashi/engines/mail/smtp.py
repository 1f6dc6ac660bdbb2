"""Mailer over SMTP. A connection is used again by an email that follows within seconds."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal

import aiosmtplib

from bashi.core.mail.emails import RenderedEmail
from bashi.core.ports import MailDelayed, MailDown, MailRefused

Security = Literal["starttls", "tls", "none"]
TOTAL_SECONDS = 40.0  # within an email's lease; each step has its own time-out
IDLE_SECONDS = 5.0
_REASON_CHARS = 200
_ENHANCED = re.compile(r"5\.(\d{1,3})\.\d{1,3}")
_RECIPIENT_SUBJECTS = ("1", "2")
_SENDER_CODES = ("5.1.7", "5.1.8")
_RECIPIENT_CODES = (550, 551, 552, 553)  # RFC 5321 §4.2.3; 530 and 554 are about us


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_seconds: float = 30


@asynccontextmanager
async def connection(server: SmtpServer) -> AsyncIterator[aiosmtplib.SMTP]:
    """Signed in. Raises aiosmtplib's SMTPException, OSError, and MailDown for a sign-in without an
    answer: servers are slow to refuse a wrong password."""
    async with _client(server) as client:
        await _sign_in(client, server)
        yield client


def _client(server: SmtpServer) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=server.timeout_seconds,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
    )


async def _sign_in(client: aiosmtplib.SMTP, server: SmtpServer) -> None:
    if server.username is None:
        return
    try:
        await client.login(server.username, server.password or "")
    except (aiosmtplib.SMTPTimeoutError, TimeoutError) as error:
        waited = f"no answer in {server.timeout_seconds:g} s"
        words = f"{waited} to BASHI_SMTP_USER and its password: it may be wrong"
        raise MailDown(words) from error


class _Connections:
    """Those that have sent an email well, each for IDLE_SECONDS."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._idle: dict[aiosmtplib.SMTP, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def one(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """One whose server has taken the sender of another email."""
        client = await self._again() or _client(self._server)
        try:
            if not client.is_connected:
                await client.connect()
                await _sign_in(client, self._server)
                await client.mail(self._sender)
            yield client
        except BaseException:
            client.close()
            raise
        self._idle[client] = asyncio.create_task(self._rest(client))

    async def _again(self) -> aiosmtplib.SMTP | None:
        """One that still answers: servers end what was idle, or has sent enough, as they like."""
        while self._idle:
            client, rest = self._idle.popitem()
            rest.cancel()
            try:
                await client.mail(self._sender)
            except (aiosmtplib.SMTPException, OSError):
                client.close()
            except BaseException:
                client.close()
                raise
            else:
                return client
        return None

    async def _rest(self, client: aiosmtplib.SMTP) -> None:
        try:
            await asyncio.sleep(IDLE_SECONDS)
            del self._idle[client]
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit()
        except asyncio.CancelledError:
            if self._idle.pop(client, None) is not None:  # nobody took it: the program ends
                client.close()
            raise
        client.close()


class SmtpMailer:
    """`sender`: "Name <address>"."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._connections = _Connections(server, parseaddr(sender)[1])
        self._sender = sender

    async def send(self, email: RenderedEmail, *, to: str, message_id: str) -> None:
        """Only a recipient refused for good raises MailRefused: any other refusal may come from a
        setting that an operator will mend.
        """
        content = self._content(email, to, message_id)
        try:
            async with asyncio.timeout(TOTAL_SECONDS), self._connections.one() as client:
                # Not `sendmail`, which goes through all of a large email once more.
                await client.rcpt(to)
                await client.data(content)
        except aiosmtplib.SMTPRecipientRefused as error:
            reason = _reason(error, to)
            raise (MailRefused if _is_final(error) else MailDelayed)(reason) from error
        except aiosmtplib.SMTPResponseException as error:
            raise MailDown(_reason(error, to)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDown(f"mail server not usable: {type(error).__name__}") from error

    def _content(self, email: RenderedEmail, to: str, message_id: str) -> bytes:
        from bashi.render import message  # noqa: PLC0415 - jinja2 comes with it

        try:
            packed = message.email_message(
                email,
                sender=self._sender,
                to=to,
                message_id=message_id,
                sent_at=time.time_ns() // 1_000_000,
            )
        except message.BadSender as error:
            raise MailDown("BASHI_MAIL_FROM is not a sender") from error
        except message.BadRecipient as error:
            raise MailRefused("not an address that mail can be sent to") from error
        return message.as_bytes(packed)


def _is_final(refusal: aiosmtplib.SMTPRecipientRefused) -> bool:
    """Whether the recipient's address is at fault for good. By the enhanced code (RFC 3463 §3)
    where there is one: 5.7.z is about what we may do, 5.1.7 and 5.1.8 about our own address."""
    enhanced = _ENHANCED.match(refusal.message)
    if enhanced is None:
        return refusal.code in _RECIPIENT_CODES
    return enhanced[1] in _RECIPIENT_SUBJECTS and enhanced[0] not in _SENDER_CODES


def _reason(answer: aiosmtplib.SMTPResponseException, to: str) -> str:
    """The server's words for the operator, without the address, which logs must not hold."""
    words = " ".join(answer.message.replace(to, "the recipient").split())
    return f"{answer.code} {words}"[:_REASON_CHARS]
