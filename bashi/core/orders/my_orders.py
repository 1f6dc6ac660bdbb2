"""A person's own orders: those they made, and those sent to an address they have verified."""

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.events.browse import When
from bashi.core.orders import sql
from bashi.core.orders.sql import Order
from bashi.core.orders.view import OrderView, order_views
from bashi.core.people.rules import Person
from bashi.core.ports import Ports

PAGE = limits.PAGE_ITEMS // 2
Position = tuple[int, str]
LAST: Position = (limits.SQL_INTEGER - 1, "")

# Two indexes, one for each way an order can be mine; the email one only for a proved address.
_MINE = (
    "SELECT id FROM orders WHERE person_id = :person"
    " UNION SELECT id FROM orders WHERE person_id IS NULL AND email = CAST(:email AS TEXT)"
)
_PAGE = " AND (o.created_at, o.id) < (:at, :id) ORDER BY o.created_at DESC, o.id DESC LIMIT :take"
_LASTS = "EXISTS (SELECT 1 FROM event e WHERE e.id = o.event_id AND e.ends_at > :now)"
_PAID = (
    f"{sql.SELECT_ORDER} WHERE o.id IN ({_MINE}) AND o.status IN ('paid', 'refunding', 'refunded')"
)
MINE = Query(f"{sql.SELECT_ORDER} WHERE o.id IN ({_MINE}){_PAGE}")
UPCOMING = Query(f"{_PAID} AND {_LASTS}{_PAGE}")
PAST = Query(f"{_PAID} AND NOT {_LASTS}{_PAGE}")


def is_mine(order: Order, person: Person) -> bool:
    if order.person_id is not None:
        return order.person_id == person.id
    return person.verified and order.email == person.email


async def orders(
    ports: Ports,
    person: Person,
    after: Position | None,
    when: When | None = None,
    *,
    with_tickets: bool,
) -> tuple[list[OrderView], Position | None]:
    """A page, newest first, and where the next one starts. With `when`: only orders that have
    tickets, for events that are still to end or are over."""
    at, identity = after or LAST
    page = {
        "person": person.id,
        "email": person.email if person.verified else None,
        "at": at,
        "id": identity,
        "take": PAGE + 1,
    }
    if when is None:
        statement = MINE(**page)
    else:
        query = UPCOMING if when is When.UPCOMING else PAST
        statement = query(now=ports.clock.now(), **page)
    rows = await ports.database.fetch(statement)
    found = [sql.order(row) for row in rows[:PAGE]]
    more = len(rows) > PAGE
    views = await order_views(ports, found, with_tickets=with_tickets)
    return views, ((found[-1].created_at, found[-1].id) if more else None)
