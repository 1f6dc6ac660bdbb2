"""An order with its event, lines and tickets, as its buyer and organizers see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bashi.core import tokens
from bashi.core.batch import Query, Row
from bashi.core.columns import reader
from bashi.core.errors import NotFound
from bashi.core.languages import prefix
from bashi.core.orders import sql
from bashi.core.orders.rules import EventBrief
from bashi.core.orders.sql import Order, OrderLine
from bashi.core.ports import Ports
from bashi.core.text import Text
from bashi.core.ticket_code import TicketCode, event_tag
from bashi.core.tickets.moves import TicketState

EVENT = Query(
    "SELECT id AS event_id, slug, status, title, starts_at, ends_at, time_zone, venue,"
    " address FROM event WHERE id = :id"
)
TICKETS = Query(
    "SELECT k.id, k.order_id, k.event_id, k.position, k.attendee, k.price_cents, k.status,"
    " k.serial, k.typed_code, k.used_at, k.refund_id, k.ticket_type_id,"
    " t.name AS type_name FROM ticket k"
    " JOIN ticket_type t ON t.id = k.ticket_type_id"
    " WHERE k.order_id IN :orders[] ORDER BY k.order_id, k.position"
)


@dataclass(frozen=True, slots=True)
class Ticket:
    id: str
    order_id: str
    event_id: str
    ticket_type_id: str
    position: int
    attendee: str
    type_name: Text
    price_cents: int
    status: TicketState
    serial: int
    typed_code: str
    used_at: int | None
    refund_id: str | None


ticket = reader(Ticket)


@dataclass(frozen=True, slots=True)
class OrderView:
    order: Order
    event: EventBrief
    lines: Sequence[OrderLine]
    tickets: Sequence[Ticket]


async def read_order(ports: Ports, order_id: str) -> Order:
    """One read. Raises NotFound."""
    rows = await ports.database.fetch(sql.ORDER(id=order_id))
    if not rows:
        raise no_such_order()
    return sql.order(rows[0])


async def read_order_view(ports: Ports, order_id: str) -> OrderView:
    """Raises NotFound."""
    return await order_view(ports, await read_order(ports, order_id))


async def order_view(ports: Ports, order: Order) -> OrderView:
    """The whole of an order that was read."""
    return (await order_views(ports, [order], with_tickets=True))[0]


async def order_views(
    ports: Ports, orders: Sequence[Order], *, with_tickets: bool
) -> list[OrderView]:
    """Whole orders in a few reads, however many there are; without their tickets in one less."""
    if not orders:
        return []
    ids = [order.id for order in orders]
    lines = _grouped(await ports.database.fetch(sql.LINES(orders=ids)), "order_id")
    found = await ports.database.fetch(TICKETS(orders=ids)) if with_tickets else []
    tickets = _grouped(found, "order_id")
    events = {
        event_id: sql.brief((await ports.database.fetch(EVENT(id=event_id)))[0])
        for event_id in {order.event_id for order in orders}
    }
    return [
        OrderView(
            order,
            events[order.event_id],
            [sql.line(row) for row in lines.get(order.id, ())],
            [ticket(row) for row in tickets.get(order.id, ())],
        )
        for order in orders
    ]


def no_such_order() -> NotFound:
    """The same for unknown and foreign orders, so that ids tell nothing."""
    return NotFound("no_such_order", "This order is not here. Check the link in our email.")


async def ticket_link(ports: Ports, ticket: Ticket) -> str:
    code = TicketCode(ticket.id, event_tag(ticket.event_id), ticket.serial)
    signed = await ports.signer.sign_ticket(code)
    return tokens.ticket_address(ports.policy.site_url, signed)


async def order_link(ports: Ports, order: Order) -> str:
    """The page of an order for whoever has this link: it works without signing in."""
    tag = await ports.signer.seal(tokens.ORDER, order.id)
    return f"{ports.policy.site_url}{prefix(order.locale)}/order/#{order.id}.{tag}"


def _grouped(rows: Sequence[Row], column: str) -> Mapping[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
