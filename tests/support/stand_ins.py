"""What tests put in the place of the outside world."""

from dataclasses import dataclass, field

from bashi.core.mail.emails import Email, Organization, RenderedEmail, TicketsReady
from bashi.core.ports import HttpAnswer, HttpFailed
from bashi.engines.renderer.inline import InlineRenderer
from bashi.render.documents.ticket import tickets_pdf

NOON = 1_795_176_000_000
"""2026-11-20 12:00 UTC, when every test begins."""


@dataclass
class MovableClock:
    """Stands still until it is moved."""

    at: int = NOON

    def now(self) -> int:
        return self.at

    def seconds(self) -> float:
        return self.at / 1000

    def advance(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        self.at += round((seconds + 60 * minutes + 3_600 * hours) * 1000)


@dataclass(frozen=True)
class SentEmail:
    to: str
    subject: str
    text: str
    message_id: str
    email: RenderedEmail


@dataclass
class Mailbox:
    """A Mailer that keeps what it is given."""

    emails: list[SentEmail] = field(default_factory=list)

    async def send(self, email: RenderedEmail, *, to: str, message_id: str) -> None:
        self.emails.append(SentEmail(to, email.subject, email.text, message_id, email))


class NoHttp:
    """An Http without a network."""

    async def request(self, *_: object) -> HttpAnswer:
        raise HttpFailed(sent=False)


async def tickets(email: TicketsReady, locale: str, organization: Organization) -> bytes:
    """As a server draws them, in this process."""
    return tickets_pdf(email, locale, organization)


class PlainRenderer(InlineRenderer):
    """Emails without PDF and pictures, for tests in which hundreds leave."""

    def __init__(self, organization: Organization) -> None:
        super().__init__(organization, _no_tickets)

    async def email(self, email: Email, locale: str) -> RenderedEmail:
        return RenderedEmail(type(email).__name__, f"{locale}: {email}", "")


async def _no_tickets(*_: object) -> bytes:
    return b""


@dataclass
class MoodyMailer:
    """Raises `mood` for emails to `victim`, or for all; notes every try."""

    mood: Exception | None = None
    victim: str | None = None
    tries: list[tuple[str, str]] = field(default_factory=list)
    """(address, Message-ID)"""
    sent: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, _: RenderedEmail, *, to: str, message_id: str) -> None:
        self.tries.append((to, message_id))
        if self.mood is not None and self.victim in (None, to):
            raise self.mood
        self.sent.append((to, message_id))
