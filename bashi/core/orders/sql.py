"""Statements about orders and their lines, and rows as dataclasses."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bashi.core import limits
from bashi.core.batch import Query, Row, Statement
from bashi.core.columns import read, reader, select
from bashi.core.orders.rules import (
    CLOSE,
    SETTLE,
    EventBrief,
    OnSale,
    OrderKind,
    OrderStatus,
    TypeOnSale,
)
from bashi.core.text import Text


@dataclass(frozen=True, slots=True)
class Order:
    id: str
    number: str
    kind: OrderKind
    event_id: str
    person_id: str | None
    email: str
    name: str
    locale: str
    status: OrderStatus
    seats: int
    total_cents: int
    refunded_cents: int
    currency: str
    content_hash: str
    created_at: int
    expires_at: int
    settled_by: str | None
    settled_at: int | None
    dispute: Literal["open", "lost"] | None = None
    """open while the buyer's bank disputes the payment, lost when it kept the money."""


order = reader(Order)

EVENT_ON_SALE = Query(
    "SELECT e.id AS event_id, e.slug, e.status, e.title, e.starts_at, e.ends_at,"
    " e.time_zone, e.venue, e.address, e.currency, t.id, t.name, t.price_cents,"
    " t.sale_starts_at, t.sale_ends_at, t.min_per_order, t.max_per_order, t.offer,"
    " t.capacity - t.kept_back - t.held - t.sold AS free"
    " FROM event e LEFT JOIN ticket_type t ON t.event_id = e.id AND t.id IN :types[]"
    " WHERE e.id = :event ORDER BY t.position, t.id"
)

# Behind the order's own row, so that orders of the same moment count one another. Two reads by
# their own indexes: with an OR, SQLite walks through all pending orders. Only a pending order has
# the tag of an address and an open key, which begins with its person.
HOLDS_WITHIN_LIMITS = Query(
    "UPDATE orders SET seats = seats WHERE id = :id"
    " AND (SELECT SUM(seats) FROM orders WHERE open_key > CAST(:person AS TEXT) || ':'"
    " AND open_key < CAST(:person AS TEXT) || ';')"
    " <= CAST(:max_person AS BIGINT)"
    " AND (SELECT SUM(seats) FROM orders WHERE address_tag = :address AND address_tag <> '')"
    " <= CAST(:max_address AS BIGINT)"
)
# Free orders cost nothing and send an email at once: to a proved address, or a few.
EMAILS_WITHIN_LIMIT = Query(
    "UPDATE orders SET seats = seats WHERE id = :id"
    " AND (SELECT COUNT(*) FROM orders WHERE person_id = :person AND total_cents = 0"
    " AND created_at > :since AND created_at <= :now) <= CAST(:most AS BIGINT)"
)

INSERT_ORDER = Query(
    "INSERT INTO orders (id, number, kind, event_id, person_id, email, name, locale, status, seats,"
    " total_cents, refunded_cents, currency, content_hash, address_tag, open_key, created_at,"
    " expires_at) VALUES (:id, :number, :kind, :event, :person, :email, :name, :locale, 'pending',"
    " :seats, :total, 0, :currency, :hash, :address, :open_key, :now, :expires_at)"
)
INSERT_LINE = Query(
    "INSERT INTO order_line (id, order_id, ticket_type_id, quantity, unit_cents, attendees)"
    " VALUES (:id, :order, :type, :quantity, :unit, :attendees)"
)
HOLD_SEATS = Query(
    "UPDATE ticket_type SET held = held + :quantity WHERE id = :type AND offer = :offer"
)
# Raises what an organizer's form must have seen, and leaves the offer to those who are buying.
TAKE_KEPT_BACK = Query(
    "UPDATE ticket_type SET held = held + :quantity, kept_back = kept_back - :quantity,"
    " version = version + 1 WHERE id = :type AND offer = :offer"
)
RELEASE_SEATS = Query("UPDATE ticket_type SET held = held - :quantity WHERE id = :type")
SELL_HELD = Query(
    "UPDATE ticket_type SET held = held - :quantity, sold = sold + :quantity WHERE id = :type"
)
SELL_FREE = Query("UPDATE ticket_type SET sold = sold + :quantity WHERE id = :type")
RETURN_SOLD = Query("UPDATE ticket_type SET sold = sold - :quantity WHERE id = :type")

SELECT_ORDER = f"SELECT {select(Order)} FROM orders o"
ORDER = Query(f"{SELECT_ORDER} WHERE o.id = :id")
OPEN_ORDER = Query(f"{SELECT_ORDER} WHERE o.open_key = :open_key")
LINES = Query(
    "SELECT l.order_id, l.ticket_type_id, l.quantity, l.unit_cents, l.attendees, t.name"
    " FROM order_line l JOIN ticket_type t ON t.id = l.ticket_type_id"
    " WHERE l.order_id IN :orders[] ORDER BY l.order_id, t.position, t.id"
)

# Guards stand after the write: the UPDATE itself finds the order pending, or the batch is refused.
_PAY = (
    "UPDATE orders SET status = 'paid', settled_by = :claim, settled_at = :now, open_key = NULL,"
    " address_tag = '' WHERE id = :id AND status = :was"
)
SETTLE_ORDER = Query(f"{_PAY} AND {SETTLE.guard}")
# `seen`: a payment page that was opened meanwhile has given the order more time.
_CLOSE = (
    "UPDATE orders SET status = :status, closed_at = :now, open_key = NULL, address_tag = ''"
    " WHERE id = :id AND expires_at = :seen"
)
CLOSE_ORDER = Query(f"{_CLOSE} AND {CLOSE.guard}")

INSERT_TICKET = Query(
    "INSERT INTO ticket (id, seat, order_id, event_id, ticket_type_id, position, attendee,"
    " price_cents, status, serial, typed_code, issued_at) VALUES (:id, :seat, :order, :event,"
    " :type, :position, :attendee, :price, 'valid', 1, :code, :now)"
)
_PAIRS = ", ".join(
    f"(CAST(:ticket_{n} AS TEXT), CAST(:word_{n} AS TEXT))"
    for n in range(limits.NAMES_PER_STATEMENT)
)
_WORDS = (
    "INSERT INTO attendee_word (ticket_id, word, event_id)"
    " SELECT column1, column2, CAST(:event AS TEXT)"
)
INSERT_WORDS = Query(f"{_WORDS} FROM (VALUES {_PAIRS}) AS words WHERE column2 IS NOT NULL")


@dataclass(frozen=True, slots=True)
class OrderLine:
    ticket_type_id: str
    name: Text
    quantity: int
    unit_cents: int
    attendees: Sequence[str]


def insert_words(event_id: str, words: Sequence[tuple[str, str]]) -> Statement:
    """Tickets and the words that find them, `limits.NAMES_PER_STATEMENT` at most."""
    values: dict[str, str | None] = {}
    for n in range(limits.NAMES_PER_STATEMENT):
        values[f"ticket_{n}"], values[f"word_{n}"] = words[n] if n < len(words) else (None, None)
    return INSERT_WORDS(event=event_id, **values)


def line(row: Row) -> OrderLine:
    return OrderLine(
        ticket_type_id=row["ticket_type_id"],
        name=Text.read(row["name"]),
        quantity=row["quantity"],
        unit_cents=row["unit_cents"],
        attendees=json.loads(row["attendees"]),
    )


def in_lock_order(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Whoever changes several ticket types in one batch takes them in this order."""
    return sorted(lines, key=lambda line: line.ticket_type_id)


def on_sale(rows: Sequence[Row]) -> OnSale:
    first = rows[0]
    types = {row["id"]: read(TypeOnSale, row) for row in rows if row["id"] is not None}
    return OnSale(event=brief(first), currency=first["currency"], types=types)


def brief(row: Row) -> EventBrief:
    return EventBrief(
        id=row["event_id"],
        slug=row["slug"],
        status=row["status"],
        title=Text.read(row["title"]),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        time_zone=row["time_zone"],
        venue=row["venue"],
        address=row["address"],
    )
