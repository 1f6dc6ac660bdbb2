"""Events and ticket types: their data and the rules for them. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bashi.core import limits
from bashi.core.claims import content_hash
from bashi.core.errors import Fault, InvalidFields
from bashi.core.folding import fold
from bashi.core.money import currency_of, is_price, plain
from bashi.core.text import Text
from bashi.core.zones import known_zone

YEAR_2000 = 946_684_800_000
YEAR_2200 = 7_258_118_400_000


class EventStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELED = "canceled"


class Availability(StrEnum):
    """What the public may know of the stock; never the numbers."""

    AVAILABLE = "available"
    FEW_LEFT = "few_left"
    SOLD_OUT = "sold_out"
    NOT_YET = "not_yet"
    NOT_ON_SALE = "not_on_sale"
    ENDED = "ended"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Content:
    """What an organizer writes. Times in epoch ms; descriptions are Markdown."""

    title: Text
    summary: Text
    description: Text
    refund_policy: Text
    starts_at: int
    ends_at: int
    time_zone: str
    venue: str
    address: str


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    slug: str
    status: EventStatus
    content: Content
    currency: str
    cover: str | None
    """JSON of covers.Cover."""
    revision: int
    """Rises with each change of date or place: the calendar's SEQUENCE (RFC 5545)."""
    version: int
    content_hash: str
    created_by: str
    created_at: int
    updated_at: int
    published_at: int | None
    canceled_at: int | None


@dataclass(frozen=True, slots=True)
class TypeContent:
    """What an organizer says of a ticket type."""

    name: Text
    price_cents: int
    capacity: int
    kept_back: int
    """Seats of the capacity that are not for sale: for guests and the organizer's own use."""
    sale_starts_at: int | None
    sale_ends_at: int | None
    min_per_order: int
    max_per_order: int
    position: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class TicketType:
    id: str
    event_id: str
    content: TypeContent
    held: int
    sold: int
    version: int

    @property
    def free(self) -> int:
        return self.content.capacity - self.held - self.sold - self.content.kept_back


def check_content(content: Content, locales: Sequence[str]) -> None:
    """Raises InvalidFields. The first of `locales` is the main language: a title is in it."""
    problems = check_texts(texts_of(content), locales, needed="title")
    if not known_zone(content.time_zone):
        problems["time_zone"] = Fault("unknown_zone", "Name a time zone such as America/Chicago.")
    for name, at in (("starts_at", content.starts_at), ("ends_at", content.ends_at)):
        if not YEAR_2000 <= at < YEAR_2200:
            problems[name] = Fault("bad_date", "This date cannot be right. Check its year.")
    if content.ends_at <= content.starts_at:
        problems["ends_at"] = Fault("end_before_start", "The end must come after the start.")
    if problems:
        raise InvalidFields(problems)


def check_type(content: TypeContent, currency: str, locales: Sequence[str]) -> None:
    """Raises InvalidFields. The first of `locales` is the main language: a name is in it."""
    problems = check_texts(texts_of(content), locales, needed="name")
    if not is_price(content.price_cents, currency):
        known = currency_of(currency)
        words = f"Free, or at least {plain(known.least_cents, currency)} {currency}"
        words += f", in steps of {known.step_cents} here." if known.step_cents > 1 else "."
        problems["price_cents"] = Fault("price_small", words, least=known.least_cents)
    if content.max_per_order < content.min_per_order:
        words = "Must not be below the least number in an order."
        problems["max_per_order"] = Fault("most_below_least", words)
    if content.kept_back > content.capacity:
        problems["kept_back"] = Fault("kept_back_high", "Must not be above the capacity.")
    starts, ends = content.sale_starts_at, content.sale_ends_at
    if starts is not None and ends is not None and ends <= starts:
        words = "The sale must end after it starts."
        problems["sale_ends_at"] = Fault("sale_end_before_start", words)
    if problems:
        raise InvalidFields(problems)


def fingerprint(content: Content, slug: str | None) -> str:
    """Of what a caller asked for: tells a repeated request from another one with its id."""
    values = (getattr(content, name) for name in content.__slots__)
    return content_hash(
        slug, *(value.words if isinstance(value, Text) else value for value in values)
    )


def texts_of(content: Content | TypeContent) -> Mapping[str, Text]:
    """By the name of its field."""
    values = ((name, getattr(content, name)) for name in content.__slots__)
    return {name: value for name, value in values if isinstance(value, Text)}


def check_texts(
    texts: Mapping[str, Text], locales: Sequence[str], *, needed: str
) -> dict[str, Fault]:
    """A sentence for each fault, by field and language: `{"title.en": "…"}`."""
    problems: dict[str, Fault] = {}
    for name, text in texts.items():
        for language in text.words:
            if language not in locales:
                words = f"This site is not in this language. Choose one of: {', '.join(locales)}."
                problems[f"{name}.{language}"] = Fault("not_a_choice", words)
    if locales[0] not in texts[needed].words:
        words = f"Write the {needed} in the main language."
        problems[f"{needed}.{locales[0]}"] = Fault("missing", words)
    return problems


Written = TypeVar("Written", Content, TypeContent)


def edited(
    before: Written, after: Written, locales: Collection[str], still_right: Collection[str]
) -> Written:
    """`after`, with texts that remember what their translations were checked against.

    `still_right`: translations that were read again, such as `title.bn`.
    """
    old = texts_of(before)
    texts: dict[str, Any] = {}
    for name, text in texts_of(after).items():
        checked = [language for language in text.words if f"{name}.{language}" in still_right]
        texts[name] = old[name].edited(text, locales, checked)
    return replace(after, **texts)


def outdated(content: Content | TypeContent) -> list[str]:
    """Translations that nobody has checked since the main language changed: `title.bn`."""
    return [
        f"{name}.{language}"
        for name, text in texts_of(content).items()
        for language in text.outdated()
    ]


def search_text(content: Content) -> str:
    """What a search looks through: the title and summary in every language, and the place."""
    words = (*content.title.words.values(), *content.summary.words.values())
    return fold("\n".join((*words, content.venue, content.address)))


def moved(before: Content, after: Content) -> bool:
    """Whether ticket holders must hear of it."""
    return any(
        getattr(before, name) != getattr(after, name)
        for name in ("starts_at", "ends_at", "time_zone", "venue", "address")
    )


def slug_candidates(content: Content, event_id: str) -> Sequence[str]:
    """Addresses to try in turn: plain, with the year, with a piece of the id.

    A title without Latin letters leaves nothing to read aloud: the piece of the id stands alone.
    """
    plain = fold(content.title.original).encode("ascii", "ignore").decode()
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    piece = event_id[-8:]
    if not words:
        return (f"event-{piece}", f"event-{event_id}")
    starts = datetime.fromtimestamp(content.starts_at // 1000, ZoneInfo(content.time_zone))
    endings = ("", f"-{starts.year}", f"-{starts.year}-{piece}")
    stem = "-".join(words)[: limits.SLUG_CHARS - len(endings[-1])].strip("-")
    return [stem + ending for ending in endings]


def type_availability(event: Event, kind: TicketType, now: int) -> Availability:
    content = kind.content
    if event.status is not EventStatus.PUBLISHED or event.content.ends_at <= now:
        return Availability.ENDED
    if content.sale_ends_at is not None and content.sale_ends_at <= now:
        return Availability.ENDED
    if content.sale_starts_at is not None and now < content.sale_starts_at:
        return Availability.NOT_YET
    if kind.free < content.min_per_order:
        return Availability.SOLD_OUT
    return Availability.FEW_LEFT if kind.free < limits.FEW_LEFT else Availability.AVAILABLE


def availability(event: Event, kinds: Sequence[TicketType], now: int) -> Availability:
    """Of an event as a whole, by the ticket types that the public sees."""
    if event.status is EventStatus.CANCELED:
        return Availability.CANCELED
    if event.content.ends_at <= now:
        return Availability.ENDED
    found = {type_availability(event, kind, now) for kind in kinds}
    for each in (Availability.AVAILABLE, Availability.FEW_LEFT):
        if each in found:
            return each
    sold_out = Availability.SOLD_OUT in found and Availability.NOT_YET not in found
    return Availability.SOLD_OUT if sold_out else Availability.NOT_ON_SALE


def price_range(
    event: Event, kinds: Sequence[TicketType], now: int
) -> tuple[int, int] | tuple[None, None]:
    """Least and greatest price, in cents, of types whose sale has not ended; None without one."""
    prices = [
        kind.content.price_cents
        for kind in kinds
        if type_availability(event, kind, now) is not Availability.ENDED
    ]
    return (min(prices), max(prices)) if prices else (None, None)


def next_change_at(event: Event, kinds: Sequence[TicketType], now: int) -> int | None:
    """When time alone will change what the public sees: a sale opens or closes, the event ends."""
    moments = [event.content.ends_at]
    for kind in kinds:
        moments += filter(None, (kind.content.sale_starts_at, kind.content.sale_ends_at))
    return min((at for at in moments if at > now), default=None)
