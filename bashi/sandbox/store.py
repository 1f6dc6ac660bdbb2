"""The sandbox's books: Stripe's objects as JSON documents in one SQLite file, and its queues.

One process and one thread own the file, and no work waits for anything while a transaction is
open, so each piece of work is serial and all or nothing.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Document = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL,
  label TEXT, parent TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS document_kind ON document (kind, seq);
CREATE INDEX IF NOT EXISTS document_parent ON document (parent, kind, seq);
CREATE TABLE IF NOT EXISTS idempotency (
  key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL,
  created INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS delivery (
  id INTEGER PRIMARY KEY, event TEXT NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL,
  state TEXT NOT NULL, answer TEXT);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, due);
CREATE TABLE IF NOT EXISTS later (
  due REAL NOT NULL, action TEXT NOT NULL, id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS later_due ON later (due);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def new_id(prefix: str, length: int = 24) -> str:
    return prefix + "".join(_ALPHABET[byte % 62] for byte in secrets.token_bytes(length))


class Store:
    def __init__(self, path: Path | str) -> None:
        # Granian may import the app on another thread than the one that serves it.
        self.sql = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # What is committed outlives kill -9; only a power cut could lose the last moments.
        self.sql.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _SCHEMA)

    def close(self) -> None:
        self.sql.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Nested ones join the outer."""
        if self.sql.in_transaction:
            yield
            return
        self.sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.sql.execute("ROLLBACK")
            raise
        self.sql.execute("COMMIT")

    def add(self, body: Document, label: str | None = None, parent: str | None = None) -> Document:
        """`label` is what lists filter by (a status, an event's type); `parent` an object's id."""
        self.sql.execute(
            "INSERT INTO document (id, kind, created, label, parent, body) VALUES (?,?,?,?,?,?)",
            (body["id"], body["object"], body.get("created", 0), label, parent, json.dumps(body)),
        )
        return body

    def update(self, body: Document, label: str | None = None, parent: str | None = None) -> None:
        """A label or parent that is not given stays as it was."""
        self.sql.execute(
            "UPDATE document SET body = ?, label = coalesce(?, label),"
            " parent = coalesce(?, parent) WHERE id = ?",
            (json.dumps(body), label, parent, body["id"]),
        )

    def get(self, kind: str, key: str) -> Document | None:
        row = self.sql.execute(
            "SELECT body FROM document WHERE id = ? AND kind = ?", (key, kind)
        ).fetchone()
        return None if row is None else json.loads(row[0])

    def children(self, kind: str, parent: str) -> list[Document]:
        """Oldest first."""
        rows = self.sql.execute(
            "SELECT body FROM document WHERE parent = ? AND kind = ? ORDER BY seq", (parent, kind)
        )
        return [json.loads(body) for (body,) in rows]

    def newest(
        self,
        kind: str,
        limit: int,
        *,
        after: str | None = None,
        created: Mapping[str, int] | None = None,
        labels: tuple[str, ...] = (),
        parent: str | None = None,
    ) -> list[Document]:
        """Newest first, from the one that follows `after`; `created` has gt, gte, lt, lte."""
        where: list[str] = ["kind = ?"]
        values: list[Any] = [kind]
        for name, value in (created or {}).items():
            where.append(f"created {_COMPARE[name]} ?")
            values.append(value)
        if after is not None:
            where.append("seq < (SELECT seq FROM document WHERE id = ?)")
            values.append(after)
        if parent is not None:
            where.append("parent = ?")
            values.append(parent)
        if labels:
            where.append(f"label IN ({','.join('?' * len(labels))})")
            values += labels
        clauses = " AND ".join(where)
        rows = self.sql.execute(
            f"SELECT body FROM document WHERE {clauses} ORDER BY seq DESC LIMIT ?",  # noqa: S608
            [*values, limit],
        )
        return [json.loads(body) for (body,) in rows]

    def schedule(self, due: float, action: str, key: str) -> None:
        self.sql.execute("INSERT INTO later (due, action, id) VALUES (?,?,?)", (due, action, key))

    def take_due(self, now: float) -> list[tuple[str, str]]:
        """(action, id) of what is due; taken with the transaction that does it."""
        return self.sql.execute(
            "DELETE FROM later WHERE due <= ? RETURNING action, id", (now,)
        ).fetchall()

    def setting(self, name: str, default: Any) -> Any:
        row = self.sql.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return default if row is None else json.loads(row[0])

    def set(self, name: str, value: Any) -> None:
        self.sql.execute(
            "INSERT INTO setting VALUES (?,?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, json.dumps(value)),
        )


_COMPARE = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
