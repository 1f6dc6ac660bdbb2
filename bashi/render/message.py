"""Build the Internet message (RFC 5322) of a rendered email, the same bytes for the same facts."""

import binascii
from datetime import UTC, datetime
from email.errors import MessageError
from email.generator import BytesGenerator
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from io import BytesIO

from bashi.core.mail.emails import RenderedEmail
from bashi.render.emails import one_line
from bashi.render.mail_policy import WIRE

_HEADER_MAX = 200
_ALTERNATIVE, _MIXED = "=_alternative", "=_mixed"
"""Boundaries that neither quoted-printable nor base64 can hold (RFC 2045 §6.7)."""
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
    message.set_content(mail.text, cte="quoted-printable")
    message.make_alternative(_ALTERNATIVE)
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.attachments:
        message.make_mixed(_MIXED)
    for attachment in mail.attachments:
        _attach(message, attachment.filename, attachment.content_type, attachment.content)
    return message


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


def _attach(message: EmailMessage, filename: str, content_type: str, content: bytes) -> None:
    """As a plain message: headers that are ours need no parser."""
    part = EmailMessage(policy=compat32)
    part["Content-Type"] = content_type
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=filename)
    part.set_payload(_base64_lines(content))
    message.attach(part)


def _base64_lines(content: bytes) -> str:
    encoded = binascii.b2a_base64(content, newline=False).decode("ascii")
    return "".join(f"{encoded[at : at + _LINE]}\r\n" for at in range(0, len(encoded), _LINE))


class _Generator(BytesGenerator):
    """Writes an attachment's lines at once: the library's way takes ten times as long, during which
    the server answers nobody."""

    def _handle_application(self, part: Message) -> None:
        self.write(str(part.get_payload()))
