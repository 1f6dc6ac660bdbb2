"""No statement that requests wait for reads a whole table, however large the table becomes."""

import sqlite3

import pytest

from bashi.engines.sqlite.database import dialect
from tests.core.test_statements import ALL, AnyParameter

ALLOWED = {
    # Whole tables, once a minute at most, apart from what requests wait for.
    "bashi.core.reports.totals:ORDERS",
    "bashi.core.reports.totals:SCANS",
    # It stops at one row.
    "bashi.core.setting:ANYTHING",
    # It reads one short row an event, and one a gate.
    "bashi.core.reports.figures:SOLD",
    # It looks a name up at each event in turn, along the index of words.
    "bashi.core.orders.search:FEW",
    "bashi.core.tickets.name_index:_COMMON",
}
WATCHED = sorted({*ALL} - ALLOWED)


def scans(connection: sqlite3.Connection, sql: str) -> list[str]:
    plan = connection.execute(f"EXPLAIN QUERY PLAN {dialect(sql)[0]}", AnyParameter())
    steps: list[str] = [row["detail"] for row in plan]
    # A list parameter is a virtual table; a constant row, or what a step before made, is none.
    harmless = ("VIRTUAL TABLE", "CONSTANT ROW")
    made = {f"SCAN {step.removeprefix('CO-ROUTINE ')}" for step in steps}
    return [
        step
        for step in steps
        if step.startswith("SCAN")
        and step not in made
        and not any(words in step for words in harmless)
    ]


@pytest.mark.parametrize("name", WATCHED)
def test_a_statement_finds_its_rows_by_an_index(connection: sqlite3.Connection, name: str) -> None:
    assert scans(connection, ALL[name].sql) == []


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_an_exception_is_still_needed(connection: sqlite3.Connection, name: str) -> None:
    assert scans(connection, ALL[name].sql)


def test_a_name_among_all_orders_costs_a_look_at_each_event(connection: sqlite3.Connection) -> None:
    [step] = scans(connection, ALL["bashi.core.orders.search:FEW"].sql)
    assert step.startswith("SCAN a ")


def test_a_scan_would_be_seen(connection: sqlite3.Connection) -> None:
    assert scans(connection, "SELECT id FROM ticket WHERE attendee = :name")
    assert scans(
        connection,
        "SELECT SUM(seats) FROM orders WHERE status = 'pending'"
        " AND (address_tag = :address OR person_id = :person)",
    )
