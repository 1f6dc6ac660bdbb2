"""A database of a given size, the same each time: rows made by SQLite itself, ids by counting."""

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from time import time

from bashi import migrations
from bashi.core.payments.attempts import write_request
from bashi.core.payments.provider import CheckoutLine, CheckoutRequest
from bashi.engines.sqlite.schema import migrate

TICKETS_PER_EVENT = 20_000
TYPES_PER_EVENT = 4
TICKETS_PER_ORDER = 2
PRICE_CENTS = 1500
DAY_MS = 86_400_000

# What an id names; its number follows.
EVENT, TYPE, PERSON, SESSION, ORDER, TICKET, PENDING, NOTE = range(1, 9)
STAFF = 1  # the first person, an organizer; all others are buyers
TALLIES = (
    "INSERT INTO event_tally (event_id, issued, sales_cents, refunds_cents)"
    " SELECT event_id, COUNT(*), SUM(price_cents), 0 FROM ticket GROUP BY event_id"
)
_ORDER = re.compile(r"\bn\b")


@dataclass(frozen=True, slots=True)
class Size:
    tickets: int
    buyers: int = 1000
    pending: int = 0
    """Orders of one seat that wait for Stripe's word, each by another buyer, for event 2."""
    crowded: int = 0
    """So many events, every tenth order for the first of them. 0: events of one size."""

    @property
    def events(self) -> int:
        """At least two."""
        return self.crowded or max(2, self.tickets // TICKETS_PER_EVENT)

    @property
    def event_sql(self) -> str:
        """Of order `n`: orders for all events lie in turn, as sales do."""
        if self.crowded:
            return "CASE WHEN n % 10 = 0 THEN 1 ELSE n % (:events - 1) + 2 END"
        return "(n - 1) % :events + 1"

    def event_of(self, ticket: int) -> int:
        order = (ticket - 1) // TICKETS_PER_ORDER + 1
        if self.crowded:
            return order % (self.events - 1) + 2 if order % 10 else 1
        return (order - 1) % self.events + 1


def id_of(kind: int, number: int) -> str:
    return f"{kind:08x}-0000-7000-8000-{number:012x}"


def session_of(number: int) -> str:
    """Stripe's id of a pending order's Checkout session."""
    return f"cs_test_{number:058d}"


def fill(path: Path, size: Size) -> None:
    """A fresh file with the present schema."""
    migrate(path, migrations.load(), lambda: 0)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -1500000")
    connection.execute("BEGIN")
    values = {
        "now": int(time() * 1000),
        "day": DAY_MS,
        "types": TYPES_PER_EVENT,
        "events": size.events,
        "price": PRICE_CENTS,
    }
    for table, rows, columns in _tables(size):
        names = ", ".join(columns)
        connection.execute(
            "WITH RECURSIVE number (n) AS"
            " (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :rows)"
            f" INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM number",
            {**values, "rows": rows},
        )
    connection.execute(TALLIES)
    _pending(connection, size, values["now"])
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _id(kind: int, number: str) -> str:
    """`id_of` in SQL, without calling Python for each row."""
    return f"printf('%08x-0000-7000-8000-%012x', {kind}, {number})"


def _text(english: str, bangla: str) -> str:
    """`core.text.Text.column` in SQL."""
    return f"json_object('en', {english}, 'bn', {bangla})"


def _tables(size: Size) -> list[tuple[str, int, dict[str, str]]]:
    """Table, rows, and each column as an expression of the row's number `n`, from 1."""
    orders = size.tickets // TICKETS_PER_ORDER
    event_of_order = size.event_sql
    order_of_ticket = f"((n - 1) / {TICKETS_PER_ORDER} + 1)"
    event_of_ticket = f"({_ORDER.sub(order_of_ticket, event_of_order)})"
    ticket_of_word = "((n - 1) / 2 + 1)"
    order_of_entry = "((n - 1) / 2 + 1)"
    type_of = "({} - 1) * :types + (n % :types) + 1"
    person = f"(n % {size.buyers} + {STAFF + 1})"
    text = "'The people of Oklahoma dance, eat and sing. ' || "
    return [
        ("event", size.events, {
            "id": _id(EVENT, "n"), "slug": "'event-' || n", "status": "'published'",
            "title": _text("'Durga Pujo ' || n", "'দুর্গাপূজা ' || n"),
            "summary": _text(f"{text} n", "'নাচ, গান ও খাওয়া'"),
            "description": _text(f"{text} {text} '**Welcome**'", f"{text} '*স্বাগতম*'"),
            "refund_policy": _text("'Until a week before.'", "'এক সপ্তাহ আগে পর্যন্ত।'"),
            "search_text": "'durga pujo ' || n || ' city hall 1 main street'",
            "starts_at": ":now + 30 * :day", "ends_at": ":now + 31 * :day",
            "time_zone": "'America/Chicago'", "venue": "'City Hall'", "address": "'1 Main Street'",
            "currency": "'USD'", "cover_alt": "''", "revision": "0", "version": "1",
            "content_hash": "''", "created_by": _id(PERSON, "1"), "created_at": ":now",
            "updated_at": ":now", "published_at": ":now",
        }),
        ("ticket_type", size.events * TYPES_PER_EVENT, {
            "id": _id(TYPE, "n"), "event_id": _id(EVENT, "((n - 1) / :types + 1)"),
            "name": _text("'Adult ' || n", "'প্রাপ্তবয়স্ক ' || n"), "price_cents": ":price",
            "capacity": "2000000", "kept_back": "0", "held": "0", "sold": f"{size.tickets}",
            "min_per_order": "1", "max_per_order": "10", "position": "n % :types", "hidden": "0",
            "version": "1", "offer": "1",
        }),
        ("person", size.buyers + STAFF, {
            "id": _id(PERSON, "n"), "email": "'person' || n || '@example.org'",
            "name": "'Mitali Sen'", "search_name": "'mitali sen'", "password_hash": "'none'",
            "role": f"CASE n WHEN {STAFF} THEN 'admin' ELSE 'user' END", "locale": "'en'",
            "consent_version": "'2026-11'", "consent_at": ":now", "verified_at": ":now",
            "created_at": ":now",
        }),
        ("session", size.buyers + STAFF, {
            "id": _id(SESSION, "n"), "person_id": _id(PERSON, "n"), "created_at": ":now",
            "expires_at": ":now + 7 * :day",
        }),
        ("orders", orders, {
            "id": _id(ORDER, "n"), "number": "printf('%08X', n)", "kind": "'sale'",
            "event_id": _id(EVENT, event_of_order), "person_id": _id(PERSON, person),
            "email": f"'person' || {person} || '@example.org'", "name": "'Mitali Sen'",
            "locale": "'en'", "status": "'paid'", "seats": f"{TICKETS_PER_ORDER}",
            "total_cents": f"{TICKETS_PER_ORDER} * :price", "refunded_cents": "0",
            "currency": "'USD'", "content_hash": "''", "address_tag": "''",
            "created_at": ":now - n * 1000", "expires_at": ":now", "settled_by": "'evt_' || n",
            "settled_at": ":now - n * 1000",
        }),
        ("order_line", orders, {
            "id": f"{_id(ORDER, 'n')} || ':0'", "order_id": _id(ORDER, "n"),
            "ticket_type_id": _id(TYPE, type_of.format(f"({event_of_order})")),
            "quantity": f"{TICKETS_PER_ORDER}", "unit_cents": ":price",
            "attendees": "'[\"Mitali Sen\", \"Arun Sen\"]'",
        }),
        ("ticket", size.tickets, {
            "id": _id(TICKET, "n"), "seat": f"{_id(ORDER, order_of_ticket)} || ':' || (n % 2)",
            "order_id": _id(ORDER, order_of_ticket), "event_id": _id(EVENT, event_of_ticket),
            "ticket_type_id": _id(TYPE, type_of.format(event_of_ticket)), "position": "n % 2 + 1",
            "attendee": "'Mitali Sen'", "price_cents": ":price", "status": "'valid'",
            # Scattered as real codes are: an odd factor visits each of 2^40 once.
            "serial": "1", "typed_code": "printf('%010X', n * 654188429 % 1099511627776)",
            "issued_at": ":now",
        }),
        ("attendee_word", 2 * size.tickets, {
            "ticket_id": _id(TICKET, ticket_of_word),
            "word": "CASE n % 2 WHEN 1 THEN 'mitali' ELSE 'sen' END",
            "event_id": _id(EVENT, f"({_ORDER.sub(ticket_of_word, event_of_ticket)})"),
        }),
        ("ledger", 2 * orders, {
            "id": f"{_id(ORDER, order_of_entry)} || ':' || (n % 2)",
            "movement": _id(ORDER, order_of_entry),
            "account": "CASE n % 2 WHEN 1 THEN 'stripe' ELSE 'sales' END",
            "subject_kind": "'order'", "subject_id": _id(ORDER, order_of_entry),
            "amount_cents": f"{TICKETS_PER_ORDER} * :price * CASE n % 2 WHEN 1 THEN 1 ELSE -1 END",
            "currency": "'USD'", "booked_at": f":now - {order_of_entry} * 1000",
        }),
        ("audit", orders, {
            "id": _id(NOTE, "n"), "at": ":now - n * 1000", "person_id": _id(PERSON, person),
            "action": "'order.hold'", "subject_id": _id(ORDER, "n"), "detail": "''",
        }),
    ]  # fmt: skip


def _pending(connection: sqlite3.Connection, size: Size, now: int) -> None:
    event, kind = id_of(EVENT, 2), id_of(TYPE, TYPES_PER_EVENT + 1)
    numbers = range(1, size.pending + 1)
    people = [id_of(PERSON, STAFF + number) for number in numbers]
    orders = [id_of(PENDING, number) for number in numbers]
    connection.execute("UPDATE ticket_type SET held = ? WHERE id = ?", (size.pending, kind))
    connection.executemany(
        "INSERT INTO orders (id, number, kind, event_id, person_id, email, name, locale, status,"
        " seats, total_cents, refunded_cents, currency, content_hash, address_tag, open_key,"
        " created_at, expires_at) VALUES (?, ?, 'sale', ?, ?, 'buyer@example.org', 'Mitali Sen',"
        " 'en', 'pending', 1, ?, 0, 'USD', '', ?, ?, ?, ?)",
        (
            (order, f"P{number:07}", event, person, PRICE_CENTS, f"tag-{number}",
             f"{person}:{event}", now, now + DAY_MS)
            for number, person, order in zip(numbers, people, orders, strict=True)
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO order_line (id, order_id, ticket_type_id, quantity, unit_cents, attendees)"
        " VALUES (?, ?, ?, 1, ?, '[\"Mitali Sen\"]')",
        ((f"{order}:0", order, kind, PRICE_CENTS) for order in orders),
    )
    connection.executemany(
        "INSERT INTO payment_attempt (id, reference, number, status, request, amount_cents,"
        " currency, livemode, slot_at, busy_until, session_id, url, opened_at, expires_at,"
        " created_at) VALUES (?, ?, 1, 'open', ?, ?, 'USD', 0, ?, 0, ?, '', ?, ?, ?)",
        (
            (f"{order}:1", order, _request(order, number, now), PRICE_CENTS, now,
             session_of(number), now, now + DAY_MS, now)
            for number, order in zip(numbers, orders, strict=True)
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO payment_part (attempt_id, position, subject_kind, subject_id, amount_cents)"
        " VALUES (?, 1, 'order', ?, ?)",
        ((f"{order}:1", order, PRICE_CENTS) for order in orders),
    )


def _request(order: str, number: int, now: int) -> str:
    return write_request(
        CheckoutRequest(
            reference=order,
            attempt_id=f"{order}:1",
            description=f"P{number:07}",
            email="buyer@example.org",
            locale="en",
            currency="USD",
            lines=[CheckoutLine("Durga Pujo 2, Adult", PRICE_CENTS, 1)],
            expires_at=now + DAY_MS,
            success_url="http://localhost/order/?id=" + order,
            cancel_url="http://localhost/order/?canceled=1&id=" + order,
        )
    )
