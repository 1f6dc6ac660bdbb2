"""Where the product runs while it is measured: one process on SQLite, or two on PostgreSQL."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bashi.engines.system import SystemClock
from bashi.entry.move.move import move, side
from bench import servers
from bench.database import Size, fill
from bench.processes import cpu_ns_of_family
from bench.servers import Server
from bench.traffic import Traffic
from tests.support.postgres import running_postgres
from tests.support.server import free_port
from tests.support.valkey import own_valkey

PORTS = (24_100, 24_101)
DATABASE = "bashi.sqlite"
Prepare = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    servers: Sequence[Server]
    traffic: Traffic
    size: Size
    postgres_pid: int | None = None
    database_url: str = ""
    valkey_url: str = ""

    @property
    def ports(self) -> list[int]:
        return [server.port for server in self.servers]

    def cpu_ns(self) -> int:
        """Of the product's processes."""
        return sum(server.cpu_ns() for server in self.servers)

    def postgres_cpu_ns(self) -> int:
        return cpu_ns_of_family(self.postgres_pid) if self.postgres_pid else 0

    def peak_bytes(self) -> list[int]:
        return [server.peak_bytes() for server in self.servers]


def filled(folder: Path, size: Size, prepare: Prepare | None = None) -> Path:
    """A data folder whose database has that size."""
    folder.mkdir(parents=True)
    fill(folder / DATABASE, size)
    if prepare is not None:
        prepare(folder / DATABASE)
    return folder


@contextmanager
def embedded(folder: Path, size: Size, port: int = PORTS[0], **settings: str) -> Iterator[Place]:
    """On a folder that is filled."""
    server = servers.product(folder, port, **settings)
    try:
        yield Place("embedded", [server], Traffic(folder, size), size)
    finally:
        server.stop()


@contextmanager
def scale_out(
    folder: Path, size: Size, ports: Sequence[int] = PORTS, **settings: str
) -> Iterator[Place]:
    """Two processes, PostgreSQL (durable) and Valkey, from what the folder is filled with."""
    with running_postgres(free_port(), fsync="on") as postgres, own_valkey() as valkey:
        postgres.run("CREATE DATABASE bench TEMPLATE template0")
        url = postgres.at("bench")
        move(side(f"sqlite:{folder / DATABASE}"), side(url), SystemClock().now, lambda *_: None)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # autovacuum would, in a minute or two
        shared = {"BASHI_DATABASE_URL": url, "BASHI_VALKEY_URL": valkey.connection_url}
        assert postgres.process is not None
        with ExitStack() as stack:
            running = [servers.product(folder, port, **shared, **settings) for port in ports]
            for server in running:
                stack.callback(server.stop)
            pid, traffic = postgres.process.pid, Traffic(folder, size)
            yield Place("scale-out", running, traffic, size, pid, url, valkey.connection_url)
