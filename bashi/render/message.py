"""Build the Internet message (RFC 5322) of a rendered email, the same bytes for the same facts."""

import binascii
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import MessageError
from email.generator import BytesGenerator
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from io import BytesIO

from bashi.core.mail.emails import Attachment, RenderedEmail
from bashi.render.emails import one_line
from bashi.render.mail_policy import WIRE

_HEADER_MAX = 200
_LINE = 76


class BadSender(ValueError):
    """A mistake in our settings."""


class BadRecipient(ValueError):
    """No address that mail can be sent to."""


def email_message(
    mail: RenderedEmail, *, sender: str, to: str, message_id: str, sent_at: int
) -> EmailMessage:
    """`sender`: "Name <address>"; `sent_at`: epoch ms. Raises BadSender and BadRecipient."""
    message = EmailMessage(policy=WIRE)
    message["From"] = _address(*parseaddr(sender), BadSender)
    message["To"] = _address("", to, BadRecipient)
    message["Subject"] = one_line(mail.subject, _HEADER_MAX)
    message["Date"] = format_datetime(datetime.fromtimestamp(sent_at // 1000, UTC))
    message["Message-ID"] = full_message_id(message_id, sender)
    message["Auto-Submitted"] = "auto-generated"
    message["MIME-Version"] = "1.0"
    words = (_text("plain", mail.text), _text("html", mail.html))
    if not mail.attachments:
        return _holding(message, "alternative", words)
    both = _holding(EmailMessage(policy=compat32), "alternative", words)
    return _holding(message, "mixed", (both, *map(_attached, mail.attachments)))


def as_bytes(message: EmailMessage) -> bytes:
    """As it goes on the wire."""
    wire = BytesIO()
    _Generator(wire, policy=WIRE).flatten(message)
    return wire.getvalue()


def full_message_id(message_id: str, sender: str) -> str:
    """RFC 5322's form, <id@domain>, of an id that may still lack brackets or domain."""
    bare = message_id.strip("<> ")
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{bare}>" if "@" in bare else f"<{bare}@{domain}>"


def _address(name: str, address: str, bad: type[ValueError]) -> Address:
    try:
        found = Address(display_name=name, addr_spec=address)
    except (MessageError, IndexError, ValueError) as error:
        raise bad("not a mail address") from error
    if not (found.username and found.domain):
        raise bad("not a mail address")
    return found


def _holding(message: EmailMessage, subtype: str, parts: Iterable[EmailMessage]) -> EmailMessage:
    """With a boundary that neither quoted-printable nor base64 can hold (RFC 2045 §6.7)."""
    message["Content-Type"] = f'multipart/{subtype}; boundary="=_{subtype}"'
    for part in parts:
        message.attach(part)
    return message


def _text(subtype: str, text: str) -> EmailMessage:
    lines = b"\n".join(map(binascii.b2a_qp, (*text.encode().splitlines(), b"")))
    content_type = f'text/{subtype}; charset="utf-8"'
    return _part(content_type, "quoted-printable", lines.replace(b"\n", b"\r\n"))


def _attached(attachment: Attachment) -> EmailMessage:
    encoded = binascii.b2a_base64(attachment.content, newline=False)
    lines = (encoded[at : at + _LINE] for at in range(0, len(encoded), _LINE))
    part = _part(attachment.content_type, "base64", b"\r\n".join((*lines, b"")))
    part.add_header("Content-Disposition", "attachment", filename=attachment.filename)
    return part


def _part(content_type: str, encoding: str, encoded: bytes) -> EmailMessage:
    """By the policy that takes headers as they are: ours need no parser."""
    part = EmailMessage(policy=compat32)
    part["Content-Type"] = content_type
    part["Content-Transfer-Encoding"] = encoding
    part.set_payload(encoded.decode("ascii"))
    return part


class _Generator(BytesGenerator):
    """Writes a part's lines at once: the library's way takes ten times as long, during which the
    server answers nobody."""

    def _write_whole(self, part: Message) -> None:
        self.write(str(part.get_payload()))

    _handle_application = _handle_text = _write_whole
