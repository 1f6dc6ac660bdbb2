"""Build the Internet message (RFC 5322) of a rendered email, the same bytes for the same facts."""

from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from bashi.core.mail.emails import RenderedEmail
from bashi.render.emails import one_line
from bashi.render.mail_policy import WIRE

_HEADER_MAX = 200


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
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for attachment in mail.attachments:
        _attach(message, attachment.filename, attachment.content_type, attachment.content)
    return message


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
    kind, *parameters = (part.strip() for part in content_type.split(";"))
    main, _, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=filename)
    part = list(message.iter_attachments())[-1]
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        part.set_param(key, value)
