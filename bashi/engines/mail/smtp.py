"""Mailer over SMTP: one connection an email, so nothing has to be kept alive or repaired."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal

import aiosmtplib

from bashi.core.mail.emails import RenderedEmail
from bashi.core.ports import MailDelayed, MailDown, MailRefused

Security = Literal["starttls", "tls", "none"]
TOTAL_SECONDS = 40.0  # within an email's lease; each step has its own time-out
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
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=server.timeout_seconds,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
    )
    async with client:
        if server.username is not None:
            try:
                await client.login(server.username, server.password or "")
            except (aiosmtplib.SMTPTimeoutError, TimeoutError) as error:
                waited = f"no answer in {server.timeout_seconds:g} s"
                words = f"{waited} to BASHI_SMTP_USER and its password: it may be wrong"
                raise MailDown(words) from error
        yield client


class SmtpMailer:
    """`sender`: "Name <address>"."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender

    async def send(self, email: RenderedEmail, *, to: str, message_id: str) -> None:
        """Only a recipient refused for good raises MailRefused: any other refusal may come from a
        setting that an operator will mend.
        """
        server = self._server
        content = self._content(email, to, message_id)
        try:
            async with asyncio.timeout(TOTAL_SECONDS), connection(server) as client:
                await client.sendmail(parseaddr(self._sender)[1], [to], content)
        except aiosmtplib.SMTPRecipientsRefused as error:
            refusal = error.recipients[0]
            reason = _reason(refusal, to)
            raise (MailRefused if _is_final(refusal) else MailDelayed)(reason) from error
        except aiosmtplib.SMTPResponseException as error:
            raise MailDown(_reason(error, to)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDown(f"mail server not usable: {type(error).__name__}") from error

    def _content(self, email: RenderedEmail, to: str, message_id: str) -> bytes:
        from bashi.render import message  # noqa: PLC0415 - jinja2 comes with it

        try:
            return message.email_message(
                email,
                sender=self._sender,
                to=to,
                message_id=message_id,
                sent_at=time.time_ns() // 1_000_000,
            ).as_bytes()
        except message.BadSender as error:
            raise MailDown("BASHI_MAIL_FROM is not a sender") from error
        except message.BadRecipient as error:
            raise MailRefused("not an address that mail can be sent to") from error


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
