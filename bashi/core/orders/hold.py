"""Hold seats for a buyer: price them, then one batch that the capacity constraint may refuse."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import claims, limits
from bashi.core.audit import audit
from bashi.core.batch import Refused, Statement
from bashi.core.claims import content_hash, open_key
from bashi.core.errors import Busy, Conflict, Fault, Invalid, InvalidFields, NotFound, TooMany
from bashi.core.languages import check_locale
from bashi.core.orders import sql
from bashi.core.orders.issue import insert_order, settle_statements
from bashi.core.orders.rules import (
    OnSale,
    OrderKind,
    OrderStatus,
    Priced,
    Wanted,
    price,
    sold_out,
)
from bashi.core.orders.sql import Order, OrderLine
from bashi.core.orders.view import OrderView, read_order_view
from bashi.core.people.rules import Person
from bashi.core.ports import Ports

HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Hold:
    order_id: str
    event_id: str
    lines: Sequence[Wanted]
    locale: str
    network: str
    """Where the buyer calls from; only a keyed tag of it is kept, while seats are held."""
    terms_version: str
    total_cents: int
    """What the buyer saw, so that nobody pays another price."""

    @property
    def content(self) -> str:
        wanted = [(line.ticket_type_id, list(line.attendees)) for line in self.lines]
        return content_hash("hold", self.event_id, wanted, self.locale)


@dataclass(frozen=True, slots=True)
class Held:
    view: OrderView
    is_new: bool
    """False when the same command was carried out before."""


async def hold(ports: Ports, buyer: Person, command: Hold) -> Held:
    """A pending order with its seats held, or a paid one when it costs nothing.

    Repeating the command answers with the order's present state. Raises NotFound, Conflict
    (`sold_out`, `not_on_sale`, `order_open`, `changed_meanwhile`), Invalid, TooMany, Busy.
    """
    for _ in range(limits.BATCH_TRIES):
        held = await _try(ports, buyer, command)
        if held is not None:
            return held
    raise order_busy()


async def _try(ports: Ports, buyer: Person, command: Hold) -> Held | None:
    """None when another order took the number, or the place of this one, in between."""
    wanted = [line.ticket_type_id for line in command.lines]
    rows = await ports.database.fetch(sql.EVENT_ON_SALE(event=command.event_id, types=wanted))
    if not rows:
        raise NotFound("no_such_event", "This event is not here. Look at the list of events.")
    sale = sql.on_sale(rows)
    address_tag = (await ports.signer.seal("address", command.network))[:22]
    try:
        order, lines = _price(ports, buyer, command, sale)
    except (Conflict, Invalid) as error:
        stored = await _stored(ports, buyer, command)
        if stored is not None:
            return Held(stored, is_new=False)
        if error.code == "sold_out":  # perhaps to this buyer, who can still pay
            await _refuse_another(ports, buyer, command)
        raise
    try:
        await ports.database.batch(_statements(ports, buyer, order, lines, sale, address_tag))
    except Refused as refused:
        return await _explain(ports, buyer, command, refused)
    if order.total_cents == 0:
        return Held(await read_order_view(ports, order.id), is_new=True)
    return Held(OrderView(order, sale.event, lines, ()), is_new=True)


def _price(
    ports: Ports, buyer: Person, command: Hold, sale: OnSale
) -> tuple[Order, Sequence[OrderLine]]:
    if command.terms_version != ports.policy.terms_version:
        words = "Our terms have changed. Please read them and try again."
        raise InvalidFields({"terms_version": Fault("terms_changed", words)})
    check_locale(command.locale, ports.policy.locales)
    now = ports.clock.now()
    priced = price(sale, command.lines, now)
    if command.total_cents != priced.total.cents:
        raise _another_price(priced)
    order = Order(
        id=command.order_id,
        number=ports.ids.code(limits.ORDER_NUMBER_CHARS),
        kind=OrderKind.SALE,
        event_id=sale.event.id,
        person_id=buyer.id,
        email=buyer.email,
        name=buyer.name,
        locale=command.locale,
        status=OrderStatus.PENDING,
        seats=priced.seats,
        total_cents=priced.total.cents,
        refunded_cents=0,
        currency=priced.total.currency,
        content_hash=command.content,
        created_at=now,
        expires_at=now + limits.HOLD_SECONDS * 1000,
        settled_by=None,
        settled_at=None,
    )
    return order, order_lines(priced)


def _another_price(priced: Priced) -> Conflict:
    """With the lines as they are now."""
    lines: list[dict[str, str | int]] = [
        {
            "ticket_type_id": line.ticket_type.id,
            "quantity": line.quantity,
            "unit_cents": line.unit_cents,
        }
        for line in priced.lines
    ]
    return Conflict(
        "changed_meanwhile",
        "A price has just changed. Look at the new total, then order again.",
        total_cents=priced.total.cents,
        currency=priced.total.currency,
        lines=lines,
    )


def order_lines(priced: Priced) -> Sequence[OrderLine]:
    return [
        OrderLine(
            line.ticket_type.id,
            line.ticket_type.name,
            line.quantity,
            line.unit_cents,
            line.attendees,
        )
        for line in priced.lines
    ]


def _statements(
    ports: Ports,
    buyer: Person,
    order: Order,
    lines: Sequence[OrderLine],
    sale: OnSale,
    address_tag: str,
) -> list[Statement]:
    key = open_key(buyer.id, order.event_id)
    batch = insert_order(order, lines, open_key=key, address_tag=address_tag)
    batch += [
        sql.HOLD_SEATS(
            1,
            "ticket_type_as_priced",
            quantity=line.quantity,
            type=line.ticket_type_id,
            offer=sale.types[line.ticket_type_id].offer,
        )
        for line in sql.in_lock_order(lines)
    ]
    batch.append(
        audit(
            entry_id=ports.ids.uuid(),
            at=order.created_at,
            person=buyer.id,
            action="order.hold",
            subject=order.id,
        )
    )
    batch += _limits(ports, buyer, order, address_tag)
    if order.total_cents == 0:
        batch += settle_statements(
            ports.ids, order, lines, claims.free_settlement(order.id), order.created_at
        )
    return batch


def _limits(ports: Ports, buyer: Person, order: Order, address_tag: str) -> list[Statement]:
    """Holding costs nothing, so it must not be a way to empty a sale, nor to fill the mailbox of
    whose address somebody else has registered.

    Counted, not constrained, so they rely on batches that run one after another, as they do on
    every engine; seats do not. A lock on the person would cost each hold a write more."""
    guards = [
        sql.HOLDS_WITHIN_LIMITS(
            1,
            "holds_within_limits",
            id=order.id,
            person=buyer.id,
            address=address_tag,
            max_person=ports.policy.hold_seats_per_person,
            max_address=ports.policy.hold_seats_per_address,
        )
    ]
    if order.total_cents == 0 and not buyer.verified:
        guards.append(
            sql.EMAILS_WITHIN_LIMIT(
                1,
                "emails_within_limit",
                id=order.id,
                person=buyer.id,
                since=order.created_at - HOUR,
                now=order.created_at,
                most=limits.EMAILS_PER_HOUR_UNVERIFIED,
            )
        )
    return guards


async def _explain(ports: Ports, buyer: Person, command: Hold, refused: Refused) -> Held | None:
    match refused.name:
        # A repeated hold breaks both keys, and engines differ in which they name.
        case "orders.id" | "orders.open_key":
            stored = await _stored(ports, buyer, command)
            if stored is not None:
                return Held(stored, is_new=False)
            await _refuse_another(ports, buyer, command)
            return None
        case "orders.number" | "ticket.typed_code":
            return None
        case "ticket_type_within_capacity":
            raise sold_out()
        case "holds_within_limits":
            words = "Too many seats are held unpaid from here. Pay or cancel the open orders first."
            raise TooMany("too_many_held", words, limits.RATE_WINDOW_SECONDS)
        case "emails_within_limit":
            words = "Open the link in our email first to confirm your address, or wait an hour."
            raise TooMany("emails_per_hour", words, HOUR // 1000)
        case "ticket_type_as_priced":
            words = "These tickets have just changed. Look at them again."
            raise Conflict("changed_meanwhile", words)
    raise refused


def order_busy() -> Busy:
    return Busy("order_busy", "Many people order just now. Please try again in a moment.", 1)


async def _refuse_another(ports: Ports, buyer: Person, command: Hold) -> None:
    """Raises Conflict while the buyer has an open order for the event."""
    key = open_key(buyer.id, command.event_id)
    found = await ports.database.fetch(sql.OPEN_ORDER(open_key=key))
    if found:
        words = "You have an open order for this event. Pay or cancel it first."
        raise Conflict("order_open", words, order_id=found[0]["id"])


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
