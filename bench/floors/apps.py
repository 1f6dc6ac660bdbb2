"""Bare ASGI apps that answer with bytes captured from the product."""

import sqlite3
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from bashi.core.door.sql import STATE
from bashi.engines.sqlite.database import connect


def read_answer(file: Path) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """A raw HTTP/1.1 answer, without what the server adds by itself."""
    head, _, body = file.read_bytes().partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    pairs = [line.split(b": ", 1) for line in lines]
    own = (b"date", b"server", b"connection")
    headers = [(name.lower(), value) for name, value in pairs if name.lower() not in own]
    return int(first[9:12]), headers, body


def same_bytes(answer: Path) -> ASGIApp:
    status, headers, body = read_answer(answer)

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        now = 200 if scope["path"] == "/healthz" else status
        await send({"type": "http.response.start", "status": now, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def same_read(answer: Path, database: Path) -> ASGIApp:
    """The last part of the path is a ticket's id; its state is read as the product does."""
    status, headers, body = read_answer(answer)
    connection = connect(database, read_only=True)

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        ticket_id = scope["path"].rpartition("/")[2]
        if ticket_id != "healthz":
            _read(connection, ticket_id)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def _read(connection: sqlite3.Connection, ticket_id: str) -> str:
    rows = connection.execute(STATE.sql, {"ticket": ticket_id}).fetchall()
    status: str = rows[0]["status"]
    return status
