"""Orders and tickets as organisers look for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Query, Row
from bashi.core.like import like_pattern
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
MATCHING = Query(
    f"{_LIST} WHERE (o.number = :number OR o.email = :exact"
    " OR (o.email >= :exact AND o.email < :beyond))"
    f" AND (CAST(:event AS TEXT) IS NULL OR o.event_id = CAST(:event AS TEXT)){_PAGE}",
    long=True,
)

_TICKETS = (
    "SELECT k.id, k.order_id, o.number, k.attendee, o.email, t.name_en, t.name_bn, k.status,"
    " k.used_at, k.used_gate FROM ticket k JOIN orders o ON o.id = k.order_id"
    " JOIN ticket_type t ON t.id = k.ticket_type_id"
)
_AFTER = " AND k.id > :after ORDER BY k.id LIMIT :take"
_TICKET_PAGE = f" AND (CAST(:status AS TEXT) IS NULL OR k.status = CAST(:status AS TEXT)){_AFTER}"
TICKETS_OF_EVENT = Query(f"{_TICKETS} WHERE k.event_id = :event{_AFTER}", long=True)
TICKETS_IN_STATE = Query(
    f"{_TICKETS} WHERE k.event_id = :event AND k.status = :status{_AFTER}", long=True
)
TICKETS_NAMED = Query(
    f"{_TICKETS} WHERE k.event_id = :event"
    " AND (LOWER(k.attendee) LIKE CAST(:pattern AS TEXT) ESCAPE '\\' OR o.email = :exact"
    f" OR o.number = :number OR k.typed_code = :number){_TICKET_PAGE}",
    long=True,
)
_NAMED = (
    "SELECT id FROM orders WHERE number = :number OR email = :exact"
    " UNION SELECT order_id FROM ticket WHERE typed_code = :number"
)
TICKETS_MATCHING = Query(f"{_TICKETS} WHERE k.order_id IN ({_NAMED}){_TICKET_PAGE}", long=True)
ALL_TICKETS = Query(f"{_TICKETS} WHERE 1 = 1{_TICKET_PAGE}", long=True)


@dataclass(frozen=True, slots=True)
class OrderSearch:
    event_id: str | None
    status: str | None
    text: str
    """An order's number, or an e-mail address or its beginning."""


async def search_orders(
    ports: Ports, search: OrderSearch, after: Position | None, take: int
) -> Sequence[Row]:
    at, identity = after or LAST
    page = {"status": search.status, "at": at, "id": identity, "take": take}
    if search.text:
        exact = search.text.lower()
        return await ports.database.fetch(
            MATCHING(
                number=search.text.upper(),
                exact=exact,
                beyond=exact + "\U0010ffff",
                event=search.event_id,
                **page,
            )
        )
    if search.event_id is not None:
        return await ports.database.fetch(OF_EVENT(event=search.event_id, **page))
    return await ports.database.fetch(ALL(**page))


async def search_tickets(
    ports: Ports, event_id: str | None, status: str | None, text: str, after: str, take: int
) -> Sequence[Row]:
    """By attendee's name within an event; everywhere by number, typed code or e-mail address."""
    names = {"exact": text.lower(), "number": text.upper()}
    page = {"status": status, "after": after, "take": take}
    if event_id is None and not text:
        return await ports.database.fetch(ALL_TICKETS(**page))
    if event_id is None:
        return await ports.database.fetch(TICKETS_MATCHING(**names, **page))
    if text:
        named = TICKETS_NAMED(event=event_id, pattern=like_pattern(text), **names, **page)
        return await ports.database.fetch(named)
    if status is None:
        return await ports.database.fetch(TICKETS_OF_EVENT(event=event_id, after=after, take=take))
    return await ports.database.fetch(TICKETS_IN_STATE(event=event_id, **page))
