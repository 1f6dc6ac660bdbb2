"""Complimentary tickets: an order of total 0, from the sale or from the seats held back."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import claims, limits
from bashi.core.audit import audit
from bashi.core.batch import Refused, Statement
from bashi.core.claims import content_hash
from bashi.core.errors import Conflict, Invalid, NotFound
from bashi.core.languages import check_locale
from bashi.core.orders import sql
from bashi.core.orders.hold import order_busy
from bashi.core.orders.issue import insert_order, settle_statements
from bashi.core.orders.rules import OnSale, OrderKind, OrderStatus, TypeOnSale
from bashi.core.orders.sql import Order, OrderLine
from bashi.core.orders.view import OrderView, read_order_view
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class GiveFree:
    order_id: str
    event_id: str
    ticket_type_id: str
    attendees: Sequence[str]
    email: str
    name: str
    locale: str
    from_kept_back: bool
    by: str

    @property
    def content(self) -> str:
        place = (self.event_id, self.ticket_type_id, self.from_kept_back)
        return content_hash("free", *place, list(self.attendees), self.email)


async def give_free(ports: Ports, command: GiveFree) -> OrderView:
    """A paid order of total 0, its email queued. Repeating it answers with its present state.

    Raises NotFound, Conflict (`sold_out`, `not_on_sale`), Invalid, Busy.
    """
    for _ in range(limits.BATCH_TRIES):
        view = await _try(ports, command)
        if view is not None:
            return view
    raise order_busy()


async def _try(ports: Ports, command: GiveFree) -> OrderView | None:
    """None when somebody else changed the ticket type, or took the number, in between."""
    stored = await _stored(ports, command)
    if stored is not None:
        return stored
    sale = await _sale(ports, command)
    order = _order(ports, command, sale)
    kind = sale.types[command.ticket_type_id]
    try:
        await ports.database.batch(_statements(ports, command, order, kind))
    except Refused as refused:
        if refused.name == "ticket_type_within_capacity":
            raise Conflict("sold_out", "There are not enough seats left for that.") from refused
        if refused.name not in _OVERTAKEN:
            raise
        return None
    return await read_order_view(ports, command.order_id)


async def _sale(ports: Ports, command: GiveFree) -> OnSale:
    wanted = [command.ticket_type_id]
    rows = await ports.database.fetch(sql.EVENT_ON_SALE(event=command.event_id, types=wanted))
    if not rows or rows[0]["id"] is None:
        raise NotFound("no_such_ticket_type", "This ticket type is not part of the event.")
    sale = sql.on_sale(rows)
    if sale.event.status == "canceled":
        raise Conflict("not_on_sale", "This event is canceled.")
    return sale


def _order(ports: Ports, command: GiveFree, sale: OnSale) -> Order:
    check_locale(command.locale, ports.policy.locales)
    now = ports.clock.now()
    return Order(
        id=command.order_id,
        number=ports.ids.code(limits.ORDER_NUMBER_CHARS),
        kind=OrderKind.COMPLIMENTARY,
        event_id=command.event_id,
        person_id=None,
        email=command.email,
        name=command.name,
        locale=command.locale,
        status=OrderStatus.PENDING,
        seats=len(command.attendees),
        total_cents=0,
        refunded_cents=0,
        currency=sale.currency,
        content_hash=command.content,
        created_at=now,
        expires_at=now,
        settled_by=None,
        settled_at=None,
    )


def _statements(ports: Ports, command: GiveFree, order: Order, kind: TypeOnSale) -> list[Statement]:
    take = sql.TAKE_KEPT_BACK if command.from_kept_back else sql.HOLD_SEATS
    lines = [OrderLine(kind.id, kind.name, order.seats, 0, command.attendees)]
    return [
        *insert_order(order, lines, open_key=None, address_tag=""),
        take(1, "ticket_type_as_seen", quantity=order.seats, type=kind.id, offer=kind.offer),
        *settle_statements(
            ports.ids, order, lines, claims.free_settlement(order.id), order.created_at
        ),
        audit(
            entry_id=ports.ids.uuid(),
            at=order.created_at,
            person=command.by,
            action="order.give_free",
            subject=order.id,
            detail=f"{order.seats} x {kind.name.original}",
        ),
    ]


_OVERTAKEN = ("orders.id", "orders.number", "ticket.typed_code", "ticket_type_as_seen")


async def _stored(ports: Ports, command: GiveFree) -> OrderView | None:
    rows = await ports.database.fetch(sql.ORDER(id=command.order_id))
    if not rows:
        return None
    if sql.order(rows[0]).content_hash != command.content:
        raise Invalid("id_reused", "This order id was used before. Reload the page.")
    return await read_order_view(ports, command.order_id)
