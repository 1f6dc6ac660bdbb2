"""The edge as a market of the races: its cron beats as a server's sweep does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.edge.harness import Edge, edge_installation
from tests.support.client import PASSWORD, registration
from tests.support.market import ORGANIZERS, Market
from tests.support.server import Server
from tests.support.tables import Found

BEAT_SECONDS = 1


@dataclass(frozen=True)
class EdgeTables:
    edge: Edge

    def rows(self, sql: str, *values: Any) -> Found:
        return self.edge.sql(sql, *values)

    def change(self, sql: str, *values: Any) -> None:
        self.edge.sql(sql, *values)

    def writes_wait(self) -> Any:
        return self.edge.writes_wait()


@contextmanager
def open_edge_market(folder: Path) -> Iterator[Market]:
    with edge_installation(BASHI_PASSWORD_WORK="1x1000") as edge:
        server = Server(folder, httpx.URL(edge.base_url).port or 0)
        _add_organizers(edge)
        with _beating(edge):
            yield Market(server, edge.stripe, EdgeTables(edge))


def _add_organizers(edge: Edge) -> None:
    for email in ORGANIZERS:
        form = registration(email, password=PASSWORD)
        assert httpx.post(f"{edge.base_url}/api/auth/register", json=form).is_success
    edge.sql("UPDATE person SET role = 'admin', verified_at = created_at")


@contextmanager
def _beating(edge: Edge) -> Iterator[None]:
    """The cron of a minute, every second."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            edge.cron()

    thread = threading.Thread(target=beat, name="cron")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
