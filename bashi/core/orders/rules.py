"""Orders: their data, prices and allowed changes of status. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bashi.core import limits
from bashi.core.errors import Conflict, Fault, InvalidFields
from bashi.core.money import Money
from bashi.core.moves import Move
from bashi.core.text import Text


class OrderStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    EXPIRED = "expired"
    CANCELED = "canceled"


# Every move that the product makes; whatever isn't here can't happen (tests walk all of them).
SETTLE = Move({OrderStatus.PENDING, OrderStatus.EXPIRED}, {OrderStatus.PAID})
CLOSE = Move({OrderStatus.PENDING}, {OrderStatus.EXPIRED, OrderStatus.CANCELED})
REFUND = Move({OrderStatus.PAID}, {OrderStatus.REFUNDING})
# A refunded one has money to give only after a refund came back from the bank.
REFUND_AT_STRIPE = Move({OrderStatus.PAID, OrderStatus.REFUNDED}, {OrderStatus.REFUNDING})
END_REFUND = Move({OrderStatus.REFUNDING}, {OrderStatus.PAID, OrderStatus.REFUNDED})
MOVES = (SETTLE, CLOSE, REFUND, REFUND_AT_STRIPE, END_REFUND)


class OrderKind(StrEnum):
    SALE = "sale"
    COMPLIMENTARY = "complimentary"


@dataclass(frozen=True, slots=True)
class TypeOnSale:
    id: str
    name: Text
    price_cents: int
    sale_starts_at: int | None
    sale_ends_at: int | None
    min_per_order: int
    max_per_order: int
    offer: int
    free: int
    """Seats that may be gone when the order is written: the capacity's constraint decides then."""


@dataclass(frozen=True, slots=True)
class EventBrief:
    """What an order or a ticket says of its event."""

    id: str
    slug: str
    status: str
    title: Text
    starts_at: int
    ends_at: int
    time_zone: str
    venue: str
    address: str


@dataclass(frozen=True, slots=True)
class OnSale:
    """An event as a buyer's order sees it."""

    event: EventBrief
    currency: str
    types: Mapping[str, TypeOnSale]
    """By id, in the order of the event's page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    ticket_type_id: str
    attendees: Sequence[str]

    @property
    def quantity(self) -> int:
        return len(self.attendees)


@dataclass(frozen=True, slots=True)
class Line:
    ticket_type: TypeOnSale
    attendees: Sequence[str]

    @property
    def quantity(self) -> int:
        return len(self.attendees)

    @property
    def unit_cents(self) -> int:
        return self.ticket_type.price_cents


@dataclass(frozen=True, slots=True)
class Priced:
    lines: Sequence[Line]
    total: Money

    @property
    def seats(self) -> int:
        return sum(line.quantity for line in self.lines)


def price(sale: OnSale, wanted: Sequence[Wanted], now: int) -> Priced:
    """Lines in the order of the event's page, with today's prices.

    Raises Conflict when the event or a type is not on sale or has too few seats, InvalidFields for
    quantities.
    """
    if sale.event.status != "published" or sale.event.ends_at <= now:
        raise Conflict("not_on_sale", "This event is not on sale. Look at the other events.")
    problems = {
        f"lines.{place}.{name}": fault
        for place, line in enumerate(wanted)
        for name, fault in _line_problems(sale, line).items()
    }
    seats = sum(line.quantity for line in wanted)
    if seats > limits.SEATS_PER_ORDER:
        most = limits.SEATS_PER_ORDER
        words = f"At most {most} tickets in one order."
        problems["lines"] = Fault("seats_per_order", words, most=most)
    if len({line.ticket_type_id for line in wanted}) < len(wanted):
        problems["lines"] = Fault("type_twice", "Name each ticket type once.")
    if problems:
        raise InvalidFields(problems)
    for line in wanted:
        _on_sale(sale.types[line.ticket_type_id], now)
    if any(line.quantity > sale.types[line.ticket_type_id].free for line in wanted):
        raise sold_out()
    attendees = {line.ticket_type_id: line.attendees for line in wanted}
    lines = [Line(kind, attendees[kind.id]) for kind in sale.types.values() if kind.id in attendees]
    money = total(lines, sale.currency)
    if money.cents > limits.CHARGE_CENTS:
        words = "This is more than one payment can be. Order fewer tickets at once."
        raise InvalidFields({"lines": Fault("charge_large", words)})
    return Priced(lines, money)


def sold_out() -> Conflict:
    return Conflict("sold_out", "There are not enough of these tickets left.")


def total(lines: Sequence[Line], currency: str) -> Money:
    money = Money(0, currency)
    for line in lines:
        money += Money(line.unit_cents, currency).times(line.quantity)
    return money


def _line_problems(sale: OnSale, line: Wanted) -> Mapping[str, Fault]:
    kind = sale.types.get(line.ticket_type_id)
    if kind is None:
        words = "This ticket type is not part of the event."
        return {"ticket_type_id": Fault("not_in_event", words)}
    least, most = kind.min_per_order, kind.max_per_order
    if not least <= line.quantity <= most:
        words = f"Choose {least} to {most} of this ticket."
        return {"quantity": Fault("per_order", words, least, most)}
    return {}


def _on_sale(kind: TypeOnSale, now: int) -> None:
    if kind.sale_starts_at is not None and now < kind.sale_starts_at:
        raise Conflict("not_on_sale", "These tickets are not on sale yet.", ticket_type_id=kind.id)
    if kind.sale_ends_at is not None and now >= kind.sale_ends_at:
        raise Conflict(
            "not_on_sale", "These tickets are no longer on sale.", ticket_type_id=kind.id
        )
