"""Mailer that keeps emails as .eml files in a folder, for the demo's mailbox page."""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from bashi.core.mail.emails import Attachment, RenderedEmail
from bashi.core.ports import MailRefused

_ID_CHARS = 32


@dataclass(frozen=True, slots=True)
class Summary:
    id: str
    to: str
    subject: str
    sent_at: int
    """Epoch milliseconds, whole seconds."""


@dataclass(frozen=True, slots=True)
class StoredEmail:
    summary: Summary
    message_id: str
    text: str
    html: str
    attachments: Sequence[Attachment]


class MailboxMailer:
    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, mail: RenderedEmail, *, to: str, message_id: str) -> None:
        """A repeat with the same Message-ID takes the first one's place."""
        from bashi.render.message import (  # noqa: PLC0415 - and jinja2
            BadRecipient,
            as_bytes,
            email_message,
        )

        now = time.time_ns() // 1_000_000
        try:
            message = email_message(
                mail, sender=self._sender, to=to, message_id=message_id, sent_at=now
            )
        except BadRecipient as error:
            raise MailRefused("not an address that mail can be sent to") from error
        name = hashlib.sha256(message_id.encode()).hexdigest()[:_ID_CHARS]
        await asyncio.to_thread(_store, self._folder / f"{name}.eml", as_bytes(message))

    async def list(self, limit: int = 200) -> Sequence[Summary]:
        """Newest first."""
        return await asyncio.to_thread(_summaries, self._folder, limit)

    async def read(self, email_id: str) -> StoredEmail | None:
        if len(email_id) != _ID_CHARS or not email_id.isalnum():
            return None
        return await asyncio.to_thread(_read, self._folder / f"{email_id}.eml")


def _store(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_bytes(content)
    temporary.replace(path)


def _summaries(folder: Path, limit: int) -> Sequence[Summary]:
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [_summary(file, _parse(file.read_bytes())) for file in files[:limit]]


def _read(path: Path) -> StoredEmail | None:
    try:
        message = _parse(path.read_bytes())
    except FileNotFoundError:
        return None
    return StoredEmail(
        summary=_summary(path, message),
        message_id=str(message["Message-ID"]),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=[_attachment(part) for part in message.iter_attachments()],
    )


def _parse(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def _summary(path: Path, message: EmailMessage) -> Summary:
    sent = parsedate_to_datetime(str(message["Date"]))
    return Summary(
        path.stem, str(message["To"]), str(message["Subject"]), int(sent.timestamp()) * 1000
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _attachment(part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return Attachment(part.get_filename("attachment"), part.get_content_type(), content)
