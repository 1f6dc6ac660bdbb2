"""Ports: every call that the core makes of the outside world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from bashi.core.batch import Result, Row, Statement
from bashi.core.brand import Brand
from bashi.core.mail.emails import Email, EventFacts, RenderedEmail
from bashi.core.payments.provider import (
    CheckoutRequest,
    CheckoutSession,
    DisputeResult,
    ListPage,
    PaymentEvent,
    RefundResult,
)
from bashi.core.ticket_code import TicketCode

if TYPE_CHECKING:
    from bashi.core.payments.parts import PaymentSubject


class Database(Protocol):
    async def fetch(self, statement: Statement) -> list[Row]:
        """Rows as of the last commit. Raises Unavailable."""
        ...

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        """All or nothing, durable on return. Raises Refused, Indefinite, Unavailable."""
        ...


class Cache(Protocol):
    """May forget or be a little stale; never asked for what can harm when stale."""

    async def get(self, key: str) -> bytes | None: ...
    async def put(self, key: str, value: bytes, ttl_seconds: int) -> None: ...
    async def delete(self, key: str) -> None: ...


class Use(NamedTuple):
    """Of something that may be used `limit` times within a window."""

    key: str
    limit: int
    window_seconds: int


class Limiter(Protocol):
    """Strict counters shared by all processes of an installation."""

    async def hit(self, *uses: Use) -> int:
        """Count each, whether or not another is allowed. Returns 0 when all are, else the seconds
        until the last of their windows ends."""
        ...

    async def slot(self, key: str, per_second: int) -> int:
        """Take the next place in a lane `per_second` wide. Returns the milliseconds until it is
        one's turn: what those before still need, however any clock steps."""
        ...


def slot_ms(per_second: int) -> int:
    """From one slot to the next: whole milliseconds, rounded so that no second has more."""
    return -(-1000 // per_second)


class Mailer(Protocol):
    async def send(self, email: RenderedEmail, *, to: str, message_id: str) -> None:
        """Raises MailRefused when sending again cannot help, MailDelayed when it may."""
        ...


class MailDelayed(Exception):
    """The mail service did not take the email now; the same email may be tried again."""


class MailDown(MailDelayed):
    """It takes nobody's: it does not answer, or does not take who we are."""


class MailRefused(Exception):
    """The mail service will never take this email (a bad address, a blocked sender)."""


class Renderer(Protocol):
    async def email(self, email: Email, locale: str) -> RenderedEmail: ...
    async def tickets_pdf(self, email: Email, locale: str) -> bytes: ...
    async def qr_svg(self, text: str) -> str: ...
    async def calendar(self, event: EventFacts, locale: str) -> bytes:
        """The event as an iCalendar file."""
        ...

    async def markdown(self, text: str) -> str:
        """HTML that is safe to put into any page."""
        ...


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


class HttpFailed(Exception):
    """No answer came. `sent` is False only when the request certainly never left."""

    def __init__(self, sent: bool) -> None:
        super().__init__("no answer" if sent else "not sent")
        self.sent = sent


class Http(Protocol):
    """Calls to other services. Follows no redirect and repeats nothing by itself."""

    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_seconds: float,
    ) -> HttpAnswer:
        """Raises HttpFailed when no whole answer came in time."""
        ...


class Payments(Protocol):
    """Stripe's answers in our words. Raises PaymentsUnavailable or PaymentsRefused."""

    livemode: bool
    sessions_per_second: int

    def now(self, ours: int) -> int:
        """What time it is there (epoch ms), so far as it was heard, when our clock says `ours`."""
        ...

    def soon(self) -> "Payments":
        """The same for somebody who waits: all its calls together take some seconds at most."""
        ...

    async def create_checkout(self, key: str, request: CheckoutRequest) -> CheckoutSession: ...
    async def expire_checkout(self, session_id: str) -> CheckoutSession:
        """The session after the call; one that is complete comes back as it is."""
        ...

    async def list_checkouts(
        self, created_from: int, after: str | None
    ) -> ListPage[CheckoutSession]: ...
    async def find_checkout(self, intent_id: str) -> CheckoutSession | None:
        """The session that a payment intent belongs to; None: it has none."""
        ...

    async def list_events(self, created_from: int, after: str | None) -> ListPage[PaymentEvent]: ...
    async def create_refund(
        self, key: str, intent_id: str, amount_cents: int, metadata: Mapping[str, str]
    ) -> RefundResult: ...
    async def list_refunds(self, intent_id: str, after: str | None) -> ListPage[RefundResult]: ...
    async def retrieve_refund(self, refund_id: str) -> RefundResult: ...
    async def retrieve_dispute(self, dispute_id: str) -> DisputeResult: ...
    def read_event(self, body: bytes, signature: str, now: int) -> PaymentEvent:
        """A webhook's event. Raises BadSignature (forged, too old, or from the future)."""
        ...


class MediaUnavailable(Exception):
    """The place of the pictures did not answer, or refused us. The words say which, and where."""


class Media(Protocol):
    """Raises MediaUnavailable. A page, email or ticket whose picture is away goes without it."""

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        """Durable when it returns."""
        ...

    async def get(self, key: str) -> bytes | None: ...
    async def delete(self, key: str) -> None: ...


class Images(Protocol):
    async def cover(self, upload: bytes) -> Mapping[int, bytes]:
        """WebP files by width, without metadata. Raises errors.Invalid for what is no picture."""
        ...


class Signer(Protocol):
    """Keys stay inside. `key id` lets several keys verify while one signs."""

    async def access_token(self, claims: Mapping[str, Any]) -> str: ...
    async def read_access_token(self, token: str, now: int) -> Mapping[str, Any] | None:
        """Its `sub`, `sid` and `exp`; None if it is forged, expired or meant for another."""
        ...

    async def seal(self, purpose: str, content: str) -> str:
        """A keyed tag of 256 bits (base64url) that only this installation can make."""
        ...

    async def unseal(self, purpose: str, content: str, tag: str) -> bool: ...
    async def sign_ticket(self, code: TicketCode) -> str:
        """With key id and Ed25519 signature, in the form of ticket_code.py. Raises ValueError for
        a serial above its SERIAL_MAX."""
        ...

    async def verify_ticket(self, text: str) -> TicketCode | None:
        """None when no accepted key signed it."""
        ...


class Hasher(Protocol):
    async def hash(self, password: str) -> str:
        """Raises errors.Busy when too many are waiting."""
        ...

    async def verify(self, password: str, stored: str | None) -> bool:
        """Takes as long for `None` (an unknown account) as for a real hash."""
        ...

    def outdated(self, stored: str) -> bool: ...


class Clock(Protocol):
    def now(self) -> int:
        """UTC, epoch milliseconds."""
        ...


class Ids(Protocol):
    def uuid(self) -> str:
        """A UUIDv7 (RFC 9562)."""
        ...

    def secret(self) -> str:
        """At least 128 random bits, base64url."""
        ...

    def code(self, length: int) -> str:
        """`length` symbols of Crockford's base32 (no I, L, O, U)."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings that rules read: who we are and what we allow."""

    brand: Brand
    site_url: str
    support_email: str
    time_zone: str
    currency: str
    terms_version: str
    locales: tuple[str, ...]
    password_min_user: int
    password_min_staff: int
    hold_seats_per_person: int
    hold_seats_per_address: int
    demo: bool = False
    """Shown to visitors, so that nobody pays for a play; no rule reads it."""

    @property
    def organization(self) -> str:
        """Its name in the main language."""
        return self.brand.name(self.locales[0]).name


@dataclass(frozen=True, slots=True)
class Ports:
    database: Database
    cache: Cache
    limiter: Limiter
    mailer: Mailer
    renderer: Renderer
    payments: Payments
    media: Media
    images: Images
    signer: Signer
    hasher: Hasher
    clock: Clock
    ids: Ids
    policy: Policy
    subjects: "Mapping[str, PaymentSubject[Any]]"
    """What may be paid for, by kind: core/work/subjects.py has all of them."""
