"""No statement that requests wait for reads a whole table of PostgreSQL's either."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from bashi.core.batch import Query
from bashi.engines.postgres.pool import SHORT
from tests.core.test_query_plans import WATCHED
from tests.core.test_statements import ALL
from tests.engines.test_postgres_statements import numbered
from tests.support.postgres import Postgres

pytestmark = pytest.mark.slow

HOT = {
    "session read": "bashi.core.people.sql:PERSON_OF_SESSION",
    "event page": "bashi.core.events.sql:PUBLIC",
    "its ticket types": "bashi.core.events.sql:TYPES",
    "ticket state": "bashi.core.door.sql:STATE",
    "scan": "bashi.core.door.sql:USE",
    "scan's log": "bashi.core.door.sql:LOG",
    "what is on sale": "bashi.core.orders.sql:EVENT_ON_SALE",
    "hold": "bashi.core.orders.sql:HOLD_SEATS",
    "a hold's limits": "bashi.core.orders.sql:HOLDS_WITHIN_LIMITS",
    "settle": "bashi.core.orders.sql:SETTLE_ORDER",
    "outbox due": "bashi.core.work.outbox:DUE",
    "an order's lines": "bashi.core.orders.sql:LINES",
    "who is let in": "bashi.core.tickets.tally:ADMIT",
    "what is sold": "bashi.core.tickets.tally:SELL",
    "names of attendees": "bashi.core.orders.sql:INSERT_WORDS",
    "attendee by name": "bashi.core.tickets.search:NAMED_ALONE",
    "attendee by names": "bashi.core.tickets.search:NAMED",
    "ticket by what is printed on it": "bashi.core.tickets.search:MARKED",
    "tickets of an event": "bashi.core.tickets.search:OF_EVENT",
    "orders of an event by name": "bashi.core.orders.search:FEW_AT",
    "orders of an event": "bashi.core.orders.search:OF_EVENT",
    "newest orders": "bashi.core.orders.search:ALL",
    "door's figures": "bashi.core.door.sql:ISSUED",
    "door's figures by gate": "bashi.core.door.sql:BY_GATE",
}


# They read what waits by a partial index that holds nothing else.
ALLOWED = {
    "bashi.core.alarms:COUNT",
    "bashi.core.alarms:OPEN",
    "bashi.core.alarms:OPEN_OF_KIND",
    "bashi.core.work.reconcile:UNEXPLAINED",
    "bashi.core.orders.expire:DUE",
    "bashi.core.orders.expire:DUE_AT_STRIPE",
    "bashi.core.reports.figures:HELD",
    "bashi.core.reports.figures:OUTBOX",
    "bashi.core.reports.figures:REFUNDS",
    "bashi.core.reports.figures:UNKNOWN",
}
ROWS = 20_000
VALUES = {
    "status": "CASE WHEN i % 20 = 0 THEN '{first}' ELSE 'done' END",
    "ends_at": "i + 1",
    "capacity": "1000",
    "price_cents": "50",
    "min_per_order": "1",
    "max_per_order": "10",
    "total_cents": "i",
    "finished_at": "i",
}
ZERO = ("held", "sold", "kept_back", "refunded_cents")
FIRST = {"orders": "pending", "outbox": "queued", "refund": "asked", "payment_attempt": "open"}


def fill(connection: psycopg.Connection[dict[str, Any]]) -> None:
    """Large tables, of which a small part waits for something."""
    columns = connection.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
    ).fetchall()
    for table in sorted({row["table_name"] for row in columns} - {"schema_migration"}):
        own = [row for row in columns if row["table_name"] == table]
        names = ", ".join(row["column_name"] for row in own)
        values = ", ".join(value(table, row["column_name"], row["data_type"]) for row in own)
        sql = f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {ROWS}) i"
        connection.execute(sql.encode())
    connection.execute("ANALYZE")


def value(table: str, column: str, kind: str) -> str:
    if column in ZERO:
        return "0"
    if column in VALUES:
        return VALUES[column].format(first=FIRST.get(table, "valid"))
    return "i" if kind == "bigint" else "'x' || i"


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """The planner takes an index wherever one can serve."""
    with psycopg.connect(postgres.empty(), autocommit=True, row_factory=dict_row) as opened:
        fill(opened)
        plan_as_the_product(opened)
        yield opened


def plan_as_the_product(connection: psycopg.Connection[dict[str, Any]]) -> None:
    for name, value in SHORT.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))


def scans(connection: psycopg.Connection[dict[str, Any]], sql: str) -> list[str]:
    """Tables read whole: nothing but a filter chooses their rows."""
    return [
        str(step.get("Relation Name", step.get("Index Name")))
        for step in plan(connection, sql)
        if _whole(step)
    ]


def plan(connection: psycopg.Connection[dict[str, Any]], sql: str) -> list[dict[str, Any]]:
    """Its steps."""
    text = numbered(sql)
    marks = max((int(number) for number in re.findall(r"\$(\d+)", text)), default=0)
    values = f"({', '.join(['NULL'] * marks)})" if marks else ""
    connection.execute(f"PREPARE it AS {text}".encode())
    try:
        (row,) = connection.execute(f"EXPLAIN (FORMAT JSON) EXECUTE it{values}".encode())
    finally:
        connection.execute("DEALLOCATE it")
    return list(_steps(row["QUERY PLAN"][0]["Plan"]))


def _steps(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for below in step.get("Plans", ()):
        yield from _steps(below)


def _whole(step: dict[str, Any]) -> bool:
    by_index = "Index" in step["Node Type"] and "Index Cond" not in step
    return step["Node Type"] == "Seq Scan" or by_index


@pytest.mark.parametrize("name", HOT.values(), ids=HOT)
def test_a_hot_statement_finds_its_rows_by_an_index(
    connection: psycopg.Connection[dict[str, Any]], name: str
) -> None:
    assert name in WATCHED
    assert scans(connection, ALL[name].sql) == []


@pytest.mark.parametrize("name", sorted({*WATCHED} - ALLOWED))
def test_a_statement_reads_no_whole_table(
    connection: psycopg.Connection[dict[str, Any]], name: str
) -> None:
    assert scans(connection, ALL[name].sql) == []


@pytest.mark.parametrize(
    ("index", "query"),
    [
        ("orders_held_from", ALL["bashi.core.orders.sql:HOLDS_WITHIN_LIMITS"]),
        ("ticket_type_event", ALL["bashi.core.events.sql:TYPES"]),
    ],
)
def test_an_index_that_is_gone_is_missed(
    connection: psycopg.Connection[dict[str, Any]], index: str, query: Query
) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute(f"DROP INDEX {index}".encode())
        assert scans(connection, query.sql)


def test_a_name_among_all_orders_is_looked_up_at_each_event(
    connection: psycopg.Connection[dict[str, Any]],
) -> None:
    """There are far fewer events than names, as the planner must be told."""
    with connection.transaction(force_rollback=True):
        connection.execute("DELETE FROM event WHERE starts_at > 5")
        connection.execute("ANALYZE event")
        steps = plan(connection, ALL["bashi.core.orders.search:FEW"].sql)
    [step] = [step for step in steps if step.get("Alias") == "w"]
    assert step["Index Name"] == "attendee_word_event"
    assert all(column in step["Index Cond"] for column in ("event_id", "word"))


def test_names_are_looked_up_along_their_index(
    connection: psycopg.Connection[dict[str, Any]],
) -> None:
    """By its event and word: without it PostgreSQL skips through another index, which is whole."""
    steps = plan(connection, ALL["bashi.core.tickets.search:NAMED"].sql)
    [step] = [step for step in steps if step.get("Alias") == "w"]
    assert step["Index Name"] == "attendee_word_event"
    assert all(column in step["Index Cond"] for column in ("event_id", "word", "ticket_id"))
