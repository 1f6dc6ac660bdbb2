"""A person's own orders: those they made, and those sent to an address they have proved."""

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.orders import sql
from bashi.core.orders.sql import Order
from bashi.core.orders.view import OrderView, order_views
from bashi.core.people.rules import Person
from bashi.core.ports import Ports

PAGE = limits.PAGE_ITEMS // 2

# Two indexes, one for each way an order can be mine; the email one only for a proved address.
MINE = Query(
    f"{sql.SELECT_ORDER} WHERE o.id IN (SELECT id FROM orders WHERE person_id = :person"
    " UNION SELECT id FROM orders WHERE person_id IS NULL AND email = CAST(:email AS TEXT))"
    " AND (o.created_at < :at OR (o.created_at = :at AND o.id < :id))"
    " ORDER BY o.created_at DESC, o.id DESC LIMIT :take"
)
LAST = (2**53 - 1, "")


def is_mine(order: Order, person: Person) -> bool:
    if order.person_id is not None:
        return order.person_id == person.id
    return person.verified and order.email == person.email


async def orders(
    ports: Ports, person: Person, after: tuple[int, str] | None
) -> tuple[list[OrderView], tuple[int, str] | None]:
    """A page, newest first, and where the next one starts."""
    at, identity = after or LAST
    rows = await ports.database.fetch(
        MINE(
            person=person.id,
            email=person.email if person.verified else None,
            at=at,
            id=identity,
            take=PAGE + 1,
        )
    )
    found = [sql.order(row) for row in rows[:PAGE]]
    more = len(rows) > PAGE
    return await order_views(ports, found), ((found[-1].created_at, found[-1].id) if more else None)
