"""Take seats for a buyer: price, then one batch that the capacity constraint may refuse."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import limits
from bashi.core.audit import audit
from bashi.core.batch import Refused, Statement
from bashi.core.errors import Conflict, Invalid, NotFound, TooMany
from bashi.core.orders import sql
from bashi.core.orders.issue import settle_statements
from bashi.core.orders.rules import (
    Kind,
    OnSale,
    Priced,
    Status,
    Wanted,
    content_hash,
    open_key,
    price,
)
from bashi.core.orders.view import OrderView, new_order_view, read_order_view
from bashi.core.people.rules import Person
from bashi.core.ports import Ports


@dataclass(frozen=True, slots=True)
class Hold:
    order_id: str
    event_id: str
    lines: Sequence[Wanted]
    locale: str
    address: str
    """The buyer's network address; only a keyed tag of it is kept, while seats are held."""

    @property
    def content(self) -> str:
        wanted = [(line.ticket_type_id, list(line.attendees)) for line in self.lines]
        return content_hash("hold", self.event_id, wanted, self.locale)


async def hold(ports: Ports, buyer: Person, command: Hold) -> OrderView:
    """A pending order with its seats held, or a paid one when it costs nothing.

    Repeating the command answers with the order's present state. Raises NotFound, Conflict
    (`sold_out`, `not_on_sale`, `order_open`, `changed_meanwhile`), Invalid, TooMany.
    """
    rows = await ports.database.fetch(
        sql.EVENT_ON_SALE(
            event=command.event_id, types=[line.ticket_type_id for line in command.lines]
        )
    )
    if not rows:
        raise NotFound("no_such_event", "This event is not here. Look at the list of events.")
    sale = sql.on_sale(rows)
    now = ports.clock.now()
    try:
        priced = price(sale, command.lines, now)
    except (Conflict, Invalid):
        stored = await _stored(ports, buyer, command)
        if stored is None:
            raise
        return stored
    address_tag = (await ports.signer.seal("address", command.address))[:22]
    await _refuse_hoarding(ports, buyer, address_tag, priced.seats)
    number = ports.ids.code(8)
    batch = _statements(ports, buyer, command, sale, priced, number, address_tag, now)
    free = priced.total.cents == 0
    try:
        await ports.database.batch(batch)
    except Refused as refused:
        return await _explain(ports, buyer, command, refused)
    status = Status.PAID if free else Status.PENDING
    view = new_order_view(
        command.order_id, number, buyer, sale, priced, status, command.locale, now
    )
    return await read_order_view(ports, command.order_id) if free else view


def _statements(
    ports: Ports,
    buyer: Person,
    command: Hold,
    sale: OnSale,
    priced: Priced,
    number: str,
    address_tag: str,
    now: int,
) -> list[Statement]:
    ids = ports.ids
    batch = [
        sql.INSERT_ORDER(
            id=command.order_id,
            number=number,
            kind=Kind.SALE.value,
            event=sale.event.id,
            person=buyer.id,
            email=buyer.email,
            name=buyer.name,
            locale=command.locale,
            seats=priced.seats,
            total=priced.total.cents,
            currency=priced.total.currency,
            hash=command.content,
            address=address_tag,
            open_key=open_key(buyer.id, sale.event.id),
            now=now,
            expires_at=now + limits.HOLD_SECONDS * 1000,
        )
    ]
    batch += line_statements(command.order_id, priced)
    batch += [
        sql.HOLD_SEATS(
            1,
            "ticket_type_as_priced",
            quantity=line.quantity,
            type=line.ticket_type.id,
            version=line.ticket_type.version,
        )
        for line in priced.lines
    ]
    batch.append(
        audit(entry_id=ids.uuid(), at=now, person=buyer.id, action="order.hold", subject=command.order_id)
    )
    if priced.total.cents == 0:
        batch += settle_statements(
            ids,
            order_id=command.order_id,
            event_id=sale.event.id,
            claim=f"free:{command.order_id}",
            was=Status.PENDING,
            seats=[(line.ticket_type.id, 0, line.attendees) for line in priced.lines],
            email=buyer.email,
            locale=command.locale,
            now=now,
        )
    return batch


def line_statements(order_id: str, priced: Priced) -> list[Statement]:
    return [
        sql.INSERT_LINE(
            id=f"{order_id}:{place}",
            order=order_id,
            type=line.ticket_type.id,
            quantity=line.quantity,
            unit=line.unit_cents,
            attendees=json.dumps(list(line.attendees), ensure_ascii=False),
        )
        for place, line in enumerate(priced.lines)
    ]


async def _refuse_hoarding(ports: Ports, buyer: Person, address_tag: str, seats: int) -> None:
    """Holding costs nothing, so it must not be a way to empty a sale."""
    held = (await ports.database.fetch(sql.HELD_SEATS(person=buyer.id, address=address_tag)))[0]
    policy = ports.policy
    if (
        held["by_person"] + seats > policy.hold_seats_per_person
        or held["by_address"] + seats > policy.hold_seats_per_address
    ):
        words = "Too many seats are held unpaid from here. Pay or cancel the open orders first."
        raise TooMany("too_many_held", words, limits.RATE_WINDOW_SECONDS)


async def _explain(ports: Ports, buyer: Person, command: Hold, refused: Refused) -> OrderView:
    match refused.name:
        case "orders.id":
            stored = await _stored(ports, buyer, command)
            assert stored is not None
            return stored
        case "orders.number" | "ticket.typed_code":
            return await hold(ports, buyer, command)
        case "orders.open_key":
            key = open_key(buyer.id, command.event_id)
            found = await ports.database.fetch(sql.OPEN_ORDER(open_key=key))
            if not found:
                return await hold(ports, buyer, command)
            raise Conflict(
                "order_open",
                "You have an open order for this event. Pay or cancel it first.",
                order_id=found[0]["id"],
            )
        case "ticket_type_within_capacity":
            raise Conflict("sold_out", "There are not enough of these tickets left.")
        case "ticket_type_as_priced":
            raise Conflict(
                "changed_meanwhile", "These tickets have just changed. Look at them again."
            )
    raise refused


async def _stored(ports: Ports, buyer: Person, command: Hold) -> OrderView | None:
    """The order that this id already made. Raises NotFound for another person's, Invalid for
    other content."""
    rows = await ports.database.fetch(sql.ORDER(id=command.order_id))
    if not rows:
        return None
    order = sql.order(rows[0])
    if order.person_id != buyer.id:
        raise NotFound("no_such_order", "This order is not yours.")
    if order.content_hash != command.content:
        raise Invalid("id_reused", "This order id was used for another order. Reload the page.")
    return await read_order_view(ports, command.order_id)
