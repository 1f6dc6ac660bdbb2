"""The statements of a hold in a plain loop over sqlite3, durable: alone, and many to a commit."""

import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from bashi.core.audit import audit
from bashi.core.batch import Statement
from bashi.core.orders import sql
from bashi.engines.sqlite.database import connect
from bench.database import EVENT, PERSON, PRICE_CENTS, TYPE, id_of
from bench.figures import Figures

LOOPED, NOTED = 0x20, 0x21  # what ids of this loop name


class HoldLoop:
    def __init__(self, database: Path) -> None:
        self._connection = connect(database)
        self._numbers = count(1)

    def run(self, seconds: float, group: int) -> Figures:
        """`group` holds to a commit."""
        batches = 0
        cpu, started = time.process_time(), time.perf_counter()
        while time.perf_counter() - started < seconds:
            self._connection.execute("BEGIN IMMEDIATE")
            for _ in range(group):
                self._hold(next(self._numbers))
            self._connection.execute("COMMIT")
            batches += group
        elapsed = time.perf_counter() - started
        return Figures((time.process_time() - cpu) / batches * 1e6, batches / elapsed)

    def _hold(self, number: int) -> None:
        for text, params in hold_statements(number):
            self._connection.execute(text, params)

    def close(self) -> None:
        self._connection.close()


def hold_statements(number: int) -> list[tuple[str, Mapping[str, object]]]:
    order, person, now = id_of(LOOPED, number), id_of(PERSON, number), 1_795_000_000_000
    event, kind = id_of(EVENT, 1), id_of(TYPE, number % 4 + 1)
    batch: list[Statement] = [
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
            now=now,
            expires_at=now + 600_000,
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
            entry_id=id_of(NOTED, number), at=now, person=person, action="order.hold", subject=order
        ),
    ]
    return [(statement.query.sql, statement.params) for statement in batch]
