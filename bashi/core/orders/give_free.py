"""Complimentary tickets: an order that costs nothing, from the sale or from the seats kept back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bashi.core import limits
from bashi.core.audit import audit
from bashi.core.batch import Refused
from bashi.core.errors import Conflict, Invalid, NotFound
from bashi.core.orders import sql
from bashi.core.orders.hold import line_statements
from bashi.core.orders.issue import settle_statements
from bashi.core.orders.rules import Kind, Line, Priced, Status, TicketType, content_hash, total
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
        return content_hash(
            "free", self.event_id, self.ticket_type_id, list(self.attendees), self.email
        )


async def give_free(ports: Ports, command: GiveFree) -> OrderView:
    """A paid order of total 0, its letter queued. Raises NotFound, Conflict (`sold_out`), Invalid."""
    rows = await ports.database.fetch(
        sql.EVENT_ON_SALE(event=command.event_id, types=[command.ticket_type_id])
    )
    if not rows or rows[0]["id"] is None:
        raise NotFound("no_such_ticket_type", "This ticket type is not part of the event.")
    sale = sql.on_sale(rows)
    if sale.event.status == "cancelled":
        raise Conflict("not_on_sale", "This event is cancelled.")
    kind = _free(sale.types[command.ticket_type_id])
    lines = [Line(kind, command.attendees)]
    priced = Priced(lines, total(lines, sale.currency))
    now = ports.clock.now()
    take = sql.TAKE_KEPT_BACK if command.from_kept_back else sql.HOLD_SEATS
    batch = [
        sql.INSERT_ORDER(
            id=command.order_id,
            number=ports.ids.code(8),
            kind=Kind.COMPLIMENTARY.value,
            event=command.event_id,
            person=None,
            email=command.email,
            name=command.name,
            locale=command.locale,
            seats=priced.seats,
            total=0,
            currency=sale.currency,
            hash=command.content,
            address="",
            open_key=None,
            now=now,
            expires_at=now + limits.HOLD_SECONDS * 1000,
        ),
        *line_statements(command.order_id, priced),
        take(1, "ticket_type_as_seen", quantity=priced.seats, type=kind.id, version=kind.version),
        *settle_statements(
            ports.ids,
            order_id=command.order_id,
            event_id=command.event_id,
            claim=f"free:{command.order_id}",
            was=Status.PENDING,
            seats=[(kind.id, 0, command.attendees)],
            email=command.email,
            locale=command.locale,
            now=now,
        ),
        audit(
            entry_id=ports.ids.uuid(),
            at=now,
            person=command.by,
            action="order.give_free",
            subject=command.order_id,
            detail=f"{priced.seats} x {kind.name_en}",
        ),
    ]
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        await _explain(ports, command, refused)
    return await read_order_view(ports, command.order_id)


def _free(kind: TicketType) -> TicketType:
    return replace(kind, price_cents=0)


async def _explain(ports: Ports, command: GiveFree, refused: Refused) -> None:
    """Returns when the same command was carried out before."""
    match refused.name:
        case "orders.id":
            row = (await ports.database.fetch(sql.ORDER(id=command.order_id)))[0]
            if sql.order(row).content_hash != command.content:
                raise Invalid("id_reused", "This order id was used before. Reload the page.")
        case "ticket_type_within_capacity":
            raise Conflict("sold_out", "There are not enough seats left for that.") from refused
        case "ticket_type_as_seen":
            raise Conflict("changed_meanwhile", "The ticket type has just changed.") from refused
        case _:
            raise refused
