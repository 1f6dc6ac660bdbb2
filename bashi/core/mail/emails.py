"""Facts of every email that the product sends; `render` turns them into text.

Times are UTC epoch milliseconds, money is minor units with a currency beside it. An email is built
when it is sent, from the database's present state, so the outbox stores only who and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.brand import Brand
from bashi.core.columns import beside
from bashi.core.languages import LANGUAGES
from bashi.core.text import Text


@dataclass(frozen=True, slots=True)
class Organization:
    brand: Brand
    site_url: str
    support_email: str
    languages: Sequence[str] = tuple(LANGUAGES)
    """Those that are switched on, the main one first."""

    @property
    def name(self) -> str:
        """In the main language."""
        return self.brand.name(self.languages[0]).name


@dataclass(frozen=True, slots=True)
class EventFacts:
    id: str
    slug: str
    title: Text
    starts_at: int
    ends_at: int
    time_zone: str
    venue: str
    address: str
    updated_at: int
    revision: int
    """Rises with each change of date or place: the calendar's SEQUENCE (RFC 5545)."""
    cover: bytes | None = beside()
    """A WebP picture, or None."""
    canceled: bool = beside()


@dataclass(frozen=True, slots=True)
class TicketFacts:
    id: str
    position: int
    """1-based place within the order."""
    attendee: str
    type_name: Text
    price_cents: int
    link: str
    """What the QR holds: the ticket page with the signed code in its fragment."""
    typed_code: str
    """10 base32 characters for a door where the QR can't be read."""


@dataclass(frozen=True, slots=True)
class Welcome:
    name: str
    verify_url: str


@dataclass(frozen=True, slots=True)
class VerifyEmail:
    name: str
    verify_url: str


@dataclass(frozen=True, slots=True)
class ResetPassword:
    name: str
    reset_url: str


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    name: str


@dataclass(frozen=True, slots=True)
class LoginLink:
    name: str
    login_url: str


@dataclass(frozen=True, slots=True)
class PasswordGuessed:
    """Somebody tried a hundred wrong passwords: from now on no other browser takes one."""

    name: str


@dataclass(frozen=True, slots=True)
class EmailChanged:
    """To the old address, after the new one was proved."""

    name: str
    new_email: str


@dataclass(frozen=True, slots=True)
class TicketsReady:
    name: str
    order_number: str
    order_url: str
    event: EventFacts
    tickets: Sequence[TicketFacts]
    total_cents: int
    currency: str
    refund_policy: Text


@dataclass(frozen=True, slots=True)
class OrderRefunded:
    name: str
    order_number: str
    order_url: str
    event: EventFacts
    amount_cents: int
    currency: str
    attendees: Sequence[str]
    """Whose tickets are void now."""


@dataclass(frozen=True, slots=True)
class PaymentReturned:
    """Money came for an order that could not be settled (late, twice, sold out): all of it back."""

    name: str
    order_number: str
    event: EventFacts
    amount_cents: int
    currency: str


@dataclass(frozen=True, slots=True)
class EventCanceled:
    name: str
    order_number: str
    order_url: str
    event: EventFacts
    refund_cents: int
    currency: str


@dataclass(frozen=True, slots=True)
class EventMoved:
    name: str
    order_number: str
    order_url: str
    event: EventFacts
    previous_starts_at: int
    previous_ends_at: int
    previous_time_zone: str
    previous_venue: str
    previous_address: str


Email = (
    Welcome
    | VerifyEmail
    | ResetPassword
    | PasswordChanged
    | LoginLink
    | PasswordGuessed
    | EmailChanged
    | TicketsReady
    | OrderRefunded
    | PaymentReturned
    | EventCanceled
    | EventMoved
)


@dataclass(frozen=True, slots=True)
class Attachment:
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RenderedEmail:
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()
