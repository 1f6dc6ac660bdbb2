"""Orders as organisers look for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Query, Row
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
