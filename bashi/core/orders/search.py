"""Search orders, for organizers."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Query, Row
from bashi.core.columns import read
from bashi.core.orders.rules import OrderKind, OrderStatus
from bashi.core.ports import Ports
from bashi.core.text import Text
from bashi.core.tickets.name_index import (
    ANYWHERE,
    BEGINS,
    OTHERS,
    THERE,
    beginning,
    others,
    rare,
)
from bashi.core.tickets.names import typed_words

Position = tuple[int, str]
LAST: Position = (limits.SQL_INTEGER - 1, "")

_LIST = (
    "SELECT o.id, o.number, o.kind, o.status, o.event_id, e.title AS event_title, o.email, o.name,"
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
NUMBERED = Query(
    f"{_LIST} WHERE o.number = :number"
    f" AND (CAST(:event AS TEXT) IS NULL OR o.event_id = CAST(:event AS TEXT)){_PAGE}"
)
_WRITTEN = "email >= :address AND email < :beyond"
_WITH = (
    f"{_LIST} WHERE o.id IN (SELECT id FROM orders WHERE {_WRITTEN}"  # noqa: S608 - of constants
    " UNION SELECT (SELECT order_id FROM ticket WHERE id = w.ticket_id)"
)
FEW = Query(f"{_WITH}{ANYWHERE}{BEGINS}{OTHERS}){_PAGE}", long=True)
FEW_AT = Query(f"{_WITH}{THERE}{BEGINS}{OTHERS}) AND o.event_id = :event{_PAGE}", long=True)
# From the newest on, until a page is full.
_AMONG = (
    f"{_LIST} WHERE ({_WRITTEN} OR EXISTS (SELECT 1 FROM ticket k"  # noqa: S608
    f" JOIN attendee_word w ON w.ticket_id = k.id WHERE k.order_id = o.id AND {BEGINS}{OTHERS}))"
)
MANY = Query(f"{_AMONG}{_PAGE}", long=True)
MANY_AT = Query(f"{_AMONG} AND o.event_id = :event{_PAGE}", long=True)


@dataclass(frozen=True, slots=True)
class OrderSearch:
    event_id: str | None
    status: str | None
    text: str
    """An order's number, an address or its beginning, or beginnings of an attendee's names."""


@dataclass(frozen=True, slots=True)
class FoundOrder:
    id: str
    number: str
    kind: OrderKind
    status: OrderStatus
    event_id: str
    event_title: Text
    email: str
    name: str
    seats: int
    total_cents: int
    refunded_cents: int
    currency: str
    created_at: int
    settled_at: int | None


async def search_orders(
    ports: Ports, search: OrderSearch, after: Position | None, take: int
) -> list[FoundOrder]:
    return [read(FoundOrder, row) for row in await _rows(ports, search, after, take)]


async def _rows(
    ports: Ports, search: OrderSearch, after: Position | None, take: int
) -> Sequence[Row]:
    at, identity = after or LAST
    page = {"status": search.status, "at": at, "id": identity, "take": take}
    where = {} if search.event_id is None else {"event": search.event_id}
    if not search.text:
        return await ports.database.fetch((OF_EVENT if where else ALL)(**page, **where))
    if len(search.text) == limits.ORDER_NUMBER_CHARS:
        number = search.text.upper()
        found = await ports.database.fetch(NUMBERED(number=number, event=search.event_id, **page))
        if found:
            return found
    words = _names(search.text)
    word = await rare(ports, words, search.event_id, limits.MANY_FOUND)
    if words and word is None:
        word, query = words[0], MANY_AT if where else MANY
    else:
        query = FEW_AT if where else FEW
    address = search.text.lower()
    asked = query(
        address=address,
        beyond=address + "\U0010ffff",
        **beginning("word", word),
        **others([other for other in words if other != word]),
        **page,
        **where,
    )
    return await ports.database.fetch(asked)


def _names(text: str) -> list[str]:
    """The longest first: most people are called by a short one."""
    words = sorted(typed_words(text), key=len, reverse=True)
    return words if words and len(words[0]) >= limits.NAME_LETTERS_MIN else []
