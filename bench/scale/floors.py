"""What the same costs without the product: a hold's batch on PostgreSQL, and a GET on Valkey."""

import time
from collections.abc import Iterator

import psycopg
from valkey import Valkey

from bashi.engines.postgres.dialect import dialect
from bench.figures import Figures
from bench.floors.batches import hold

GROUP = 32
VALUE = b"x" * 1000


def postgres_floor(url: str, numbers: Iterator[int], group: int, seconds: float) -> Figures:
    """Holds, `group` to a commit, sent without waiting for answers, by one connection."""
    batches = 0
    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as connection:
        cpu, started = time.process_time(), time.perf_counter()
        while time.perf_counter() - started < seconds:
            with connection.pipeline(), connection.transaction():
                for number in (next(numbers) for _ in range(group)):
                    for statement in hold(number):
                        connection.execute(dialect(statement.query.sql), statement.params)
            batches += group
        elapsed = time.perf_counter() - started
        return Figures((time.process_time() - cpu) / batches * 1e6, batches / elapsed)


def valkey_floor(url: str, seconds: float) -> Figures:
    """GETs one after the other, by one connection."""
    reads = 0
    with Valkey.from_url(url) as client:
        client.set("bench", VALUE)
        cpu, started = time.process_time(), time.perf_counter()
        while time.perf_counter() - started < seconds:
            client.get("bench")
            reads += 1
        elapsed = time.perf_counter() - started
        return Figures((time.process_time() - cpu) / reads * 1e6, reads / elapsed)
