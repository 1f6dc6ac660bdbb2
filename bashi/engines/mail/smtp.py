"""Mailer over SMTP: one connection an email, so nothing has to be kept alive or repaired."""

import time
from dataclasses import dataclass, field
from typing import Literal

import aiosmtplib

from bashi.core.mail.emails import RenderedEmail
from bashi.core.ports import MailDelayed, MailRefused

Security = Literal["starttls", "tls", "none"]
_REASON_CHARS = 200


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_seconds: float = 30


class SmtpMailer:
    """`sender`: "Name <address>"."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender

    async def send(self, email: RenderedEmail, *, to: str, message_id: str) -> None:
        """Only a recipient refused for good (5yz, RFC 5321 §4.2.1) raises MailRefused: any other
        refusal may come from a setting that an operator will mend.
        """
        from bashi.render.message import email_message  # noqa: PLC0415 - jinja2 comes with it

        try:
            message = email_message(
                email,
                sender=self._sender,
                to=to,
                message_id=message_id,
                sent_at=time.time_ns() // 1_000_000,
            )
        except ValueError as error:
            raise MailRefused("not an address that mail can be sent to") from error
        server = self._server
        try:
            await aiosmtplib.send(
                message,
                hostname=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                timeout=server.timeout_seconds,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            refusal = error.recipients[0]
            reason = _reason(refusal, to)
            raise (MailRefused(reason) if refusal.code >= 500 else MailDelayed(reason)) from error
        except aiosmtplib.SMTPResponseException as error:
            raise MailDelayed(_reason(error, to)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDelayed(f"mail server not usable: {type(error).__name__}") from error


def _reason(answer: aiosmtplib.SMTPResponseException, to: str) -> str:
    """The server's words for the operator, without the address, which logs must not hold."""
    words = " ".join(answer.message.replace(to, "the recipient").split())
    return f"{answer.code} {words}"[:_REASON_CHARS]
