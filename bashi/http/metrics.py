"""Prometheus metrics: latency and errors by route, database time, cache hits, backlogs."""

from collections.abc import Iterator, Sequence
from time import perf_counter

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from bashi.core.batch import Result, Row, Statement
from bashi.core.ports import Database

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class StoredTotal(Collector):
    """A counter that the database keeps, so that it survives a restart."""

    def __init__(self, name: str, words: str, registry: CollectorRegistry) -> None:
        self._name, self._words, self.value = name, words, 0
        registry.register(self)

    def collect(self) -> Iterator[CounterMetricFamily]:
        yield CounterMetricFamily(self._name, self._words, value=self.value)


class Metrics:
    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "bashi_request_seconds",
            "Time to answer",
            ["route", "status"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.database = Histogram(
            "bashi_database_seconds",
            "Time of a read or an atomic batch",
            ["kind"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.refused = Counter(
            "bashi_batch_refused", "Batches that a constraint refused", registry=self.registry
        )
        self.gauges = {
            name: Gauge(f"bashi_{name}", help_text, registry=self.registry)
            for name, help_text in (
                ("outbox_waiting", "Emails and tasks not done yet"),
                ("outbox_oldest_seconds", "Age of the oldest of them that is due"),
                ("held_seats", "Seats held by unpaid orders"),
                ("alarms_open", "Alarms that nobody has resolved"),
                ("paid_without_ticket", "Paid orders that have no tickets"),
                ("cache_hits", "Answers from the cache since the start"),
                ("cache_misses", "Questions the cache could not answer"),
                ("valkey_down", "1 while Valkey does not answer and this process counts alone"),
            )
        }

        self.emails_given_up = StoredTotal(
            "bashi_emails_given_up", "Emails that the mail service did not take", self.registry
        )

    def request(self, route: str, status: int, seconds: float) -> None:
        self.requests.labels(route, status).observe(seconds)

    def text(self) -> bytes:
        return generate_latest(self.registry)


class MeteredDatabase:
    """A Database that tells how long each call took."""

    def __init__(self, database: Database, metrics: Metrics) -> None:
        self._database = database
        self._read = metrics.database.labels("read")
        self._batch = metrics.database.labels("batch")

    async def fetch(self, statement: Statement) -> list[Row]:
        started = perf_counter()
        rows = await self._database.fetch(statement)
        self._read.observe(perf_counter() - started)
        return rows

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        started = perf_counter()
        results = await self._database.batch(statements)
        self._batch.observe(perf_counter() - started)
        return results
