"""The statements of a hold or a scan in a plain loop over sqlite3, durable, some to a commit."""

import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from bashi.core.audit import audit
from bashi.core.batch import Statement
from bashi.core.door import sql as door
from bashi.core.orders import sql
from bashi.core.tickets import tally
from bashi.engines.sqlite.database import connect, dialect
from bench.database import EVENT, PERSON, PRICE_CENTS, STAFF, TICKET, TYPE, Size, id_of
from bench.figures import Figures

LOOPED, NOTED, SCANNED = 0x20, 0x21, 0x22  # what ids of these loops name
NOW = 1_795_000_000_000


class BatchLoop:
    def __init__(self, database: Path, batch: Callable[[int], Sequence[Statement]]) -> None:
        self._connection = connect(database)
        self._batch = batch
        self._numbers = count(1)

    def run(self, seconds: float, group: int) -> Figures:
        """`group` batches to a commit."""
        batches = 0
        cpu, started = time.process_time(), time.perf_counter()
        while time.perf_counter() - started < seconds:
            self._connection.execute("BEGIN IMMEDIATE")
            for _ in range(group):
                self._do(next(self._numbers))
            self._connection.execute("COMMIT")
            batches += group
        elapsed = time.perf_counter() - started
        return Figures((time.process_time() - cpu) / batches * 1e6, batches / elapsed)

    def _do(self, number: int) -> None:
        for statement in self._batch(number):
            self._connection.execute(dialect(statement.query.sql)[0], statement.params).fetchall()

    def close(self) -> None:
        self._connection.close()


def hold(number: int) -> list[Statement]:
    order, person = id_of(LOOPED, number), id_of(PERSON, number)
    event, kind = id_of(EVENT, 1), id_of(TYPE, number % 4 + 1)
    return [
        sql.INSERT_ORDER(
            id=order,
            number=f"L{number}",
            kind="sale",
            event=event,
            person=person,
            email="buyer@example.org",
            name="Mitali Sen",
            locale="en",
            seats=2,
            total=2 * PRICE_CENTS,
            currency="USD",
            hash="0" * 64,
            address=f"tag-of-address-{number}",
            open_key=f"{person}:{event}:{number}",
            now=NOW,
            expires_at=NOW + 600_000,
        ),
        sql.INSERT_LINE(
            id=f"{order}:0",
            order=order,
            type=kind,
            quantity=2,
            unit=PRICE_CENTS,
            attendees='["Mitali Sen", "Arun Sen"]',
        ),
        sql.HOLD_SEATS(quantity=2, type=kind, offer=1),
        audit(
            entry_id=id_of(NOTED, number), at=NOW, person=person, action="order.hold", subject=order
        ),
    ]


def scan(size: Size, number: int) -> list[Statement]:
    """Of a ticket that nobody has scanned."""
    ticket, event = id_of(TICKET, number), id_of(EVENT, size.event_of(number))
    scan_id, person, gate = id_of(SCANNED, number), id_of(PERSON, STAFF), "Gate B"
    return [
        door.USE(
            at=NOW, gate=gate, person=person, scan=scan_id, ticket=ticket, event=event, serial=1
        ),
        tally.ADMIT(ticket=ticket, scan=scan_id),
        door.LOG(
            scan=scan_id,
            event=event,
            serial=1,
            gate=gate,
            person=person,
            scanned_at=NOW,
            now=NOW,
            ticket=ticket,
        ),
        door.JUDGED(ticket=ticket, scan=scan_id),
    ]
