"""Orders as organisers look for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Query, Row
from bashi.core.orders.attendee_words import BEGINS, OTHERS, beginning, others
from bashi.core.orders.names import typed_words
from bashi.core.ports import Ports

Position = tuple[int, str]
LAST: Position = (limits.SQL_INTEGER - 1, "")

_LIST = (
    "SELECT o.id, o.number, o.kind, o.status, o.event_id, e.title_en, e.title_bn, o.email, o.name,"
    " o.seats, o.total_cents, o.refunded_cents, o.currency, o.created_at, o.settled_at"
    " FROM orders o JOIN event e ON e.id = o.event_id"
)
_PAGE = (
    " AND (CAST(:status AS TEXT) IS NULL OR o.status = CAST(:status AS TEXT))"
    " AND (o.created_at, o.id) < (:at, :id)"
    " ORDER BY o.created_at DESC, o.id DESC LIMIT :take"
)
# One statement for each way to look, so that each can use its index.
ALL = Query(f"{_LIST} WHERE 1 = 1{_PAGE}", long=True)
OF_EVENT = Query(f"{_LIST} WHERE o.event_id = :event{_PAGE}", long=True)
_WRITTEN = (
    "SELECT id FROM orders WHERE number = :number OR email = :exact"
    " OR (email >= :exact AND email < :beyond)"
)
_NAMED = (
    "SELECT k.order_id FROM attendee_word w JOIN ticket k ON k.id = w.ticket_id"
    " WHERE w.event_id = :event AND "
)
# Event by event along the index of words; SQLite keeps to the order of a CROSS JOIN.
_NAMED_ANYWHERE = (
    "SELECT k.order_id FROM event a CROSS JOIN attendee_word w JOIN ticket k ON k.id = w.ticket_id"
    " WHERE w.event_id = a.id AND "
)
MATCHING_AT = Query(
    f"{_LIST} WHERE o.id IN ({_WRITTEN} UNION {_NAMED}{BEGINS}{OTHERS})"
    f" AND o.event_id = :event{_PAGE}",
    long=True,
)
MATCHING = Query(
    f"{_LIST} WHERE o.id IN ({_WRITTEN} UNION {_NAMED_ANYWHERE}{BEGINS}{OTHERS}){_PAGE}", long=True
)


@dataclass(frozen=True, slots=True)
class OrderSearch:
    event_id: str | None
    status: str | None
    text: str
    """An order's number, an address or its beginning, or beginnings of an attendee's names."""


async def search_orders(
    ports: Ports, search: OrderSearch, after: Position | None, take: int
) -> Sequence[Row]:
    at, identity = after or LAST
    page = {"status": search.status, "at": at, "id": identity, "take": take}
    if search.text:
        matching = _matching(search.text) | page
        if search.event_id is None:
            return await ports.database.fetch(MATCHING(**matching))
        return await ports.database.fetch(MATCHING_AT(event=search.event_id, **matching))
    if search.event_id is not None:
        return await ports.database.fetch(OF_EVENT(event=search.event_id, **page))
    return await ports.database.fetch(ALL(**page))


def _matching(text: str) -> dict[str, str | None]:
    """Of names it goes along the longest word: most people are called by a short one."""
    words = sorted(typed_words(text), key=len, reverse=True)
    if not words or len(words[0]) < limits.NAME_LETTERS_MIN:
        words = []
    exact = text.lower()
    return {
        "number": text.upper(),
        "exact": exact,
        "beyond": exact + "\U0010ffff",
        **beginning("word", words[0] if words else None),
        **others(words[1:]),
    }
