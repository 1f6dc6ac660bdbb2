"""Each column that may hold something about a person says so: export and erasure go by it."""

import re
from collections.abc import Iterator

import pytest

from bashi.migrations import load

CODED = {
    "id", "seat", "hash", "number", "slug", "status", "kind", "type", "role", "purpose", "outcome",
    "verdict", "action", "movement", "account", "currency", "time_zone", "cover", "typed_code",
    "open_key", "consent_version", "reference",
}  # fmt: skip
"""Columns of ids and codes, as are all that end in `_id`, `_by`, `_kind` or `_hash`."""
_COLUMN = re.compile(r"^\s+(?:ADD COLUMN )?(\w+) TEXT\b[^\n]*?(?:-- *(.*))?$")
_MARK = re.compile(r"personal$|impersonal: \w.{3,}")
_TABLE = re.compile(r"^(?:CREATE|ALTER) TABLE (\w+)")


def columns(sql: str) -> Iterator[tuple[str, str, str]]:
    """Table, column of text, and the comment at its line's end."""
    table = ""
    for line in sql.splitlines():
        found = _TABLE.match(line)
        table = found[1] if found else table
        column = _COLUMN.match(line)
        if column:
            yield table, column[1], column[2] or ""


def unmarked(sql: str) -> list[str]:
    return [
        f"{table}.{name}"
        for table, name, mark in columns(sql)
        if not (
            name in CODED
            or name.endswith(("_id", "_by", "_hash", "_kind"))
            or _MARK.fullmatch(mark)
        )
    ]


@pytest.mark.parametrize(("name", "sql"), load())
def test_a_column_of_free_text_is_marked_or_says_why_not(name: str, sql: str) -> None:
    assert unmarked(sql) == [], f"{name}: end each line with -- personal, or -- impersonal: why"


def test_a_new_column_without_a_mark_is_refused() -> None:
    table = "CREATE TABLE t (\n    id TEXT NOT NULL,\n    note TEXT NOT NULL{mark}\n);\n"
    assert unmarked(table.format(mark="")) == ["t.note"]
    assert unmarked(table.format(mark=", -- impersonal:")) == ["t.note"]
    assert unmarked(table.format(mark=", -- impersonal: words of ours")) == []
    assert unmarked(table.format(mark=", -- personal")) == []
    assert unmarked("ALTER TABLE t\n    ADD COLUMN note TEXT;\n") == ["t.note"]


def test_what_people_are_known_by_is_marked() -> None:
    marked = {
        f"{table}.{name}"
        for _, sql in load()
        for table, name, mark in columns(sql)
        if mark == "personal"
    }
    assert marked >= {
        "person.email", "person.name", "person.password_hash", "mailed_link.email",
        "orders.email", "orders.name", "orders.address_tag", "order_line.attendees",
        "ticket.attendee", "attendee_word.word", "outbox.recipient", "audit.before",
    }  # fmt: skip
