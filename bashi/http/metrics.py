"""Prometheus metrics: latency and errors by route, database time, cache hits, backlogs."""

import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from time import perf_counter

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from bashi.core.batch import Indefinite, Refused, Result, Row, Statement, Unavailable
from bashi.core.ports import Database

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class StoredTotal(Collector):
    """A counter that something else keeps, such as the database, so that it survives a restart."""

    def __init__(
        self, name: str, words: str, registry: CollectorRegistry, labels: Sequence[str] = ()
    ) -> None:
        self._name, self._words, self._labels = name, words, labels
        self.values: Mapping[tuple[str, ...], float] = {} if labels else {(): 0}
        registry.register(self)

    def collect(self) -> Iterator[CounterMetricFamily]:
        family = CounterMetricFamily(self._name, self._words, labels=self._labels)
        for labels, value in self.values.items():
            family.add_metric(labels, value)
        yield family


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
                ("webhook_age_seconds", "Since Stripe's last event came; NaN before the first"),
                ("reconciled_age_seconds", "Since Stripe was last asked for what is paid"),
                ("valkey_down", "1 while Valkey does not answer and this process counts alone"),
            )
        }
        self._count_mail_and_door()
        self._measure_orders()
        self.cache_hits = self._total("cache_hits", "Answers from the cache")
        self.cache_misses = self._total("cache_misses", "Questions the cache could not answer")
        self.commits_failed = Counter(
            "bashi_commits_failed",
            "Commits that failed or remained unknown",
            registry=self.registry,
        )
        self.commits_fail = False
        """The last commit was not done, so the next may not be either."""
        about = {"version": version("bashi"), "python": platform.python_version()}
        Info("bashi_build", "What runs here", registry=self.registry).info(about)
        ProcessCollector(registry=self.registry)

    def _count_mail_and_door(self) -> None:
        self.emails = Counter(
            "bashi_emails",
            "Tries to send an email, by how they ended",
            ["outcome"],
            registry=self.registry,
        )
        self.emails_given_up = self._total(
            "emails_given_up", "Emails that the mail service did not take"
        )
        self.scans = self._total("scans", "Scans at doors", ["verdict"])

    def _measure_orders(self) -> None:
        by_status = ["status", "currency"]
        self.orders, self.order_cents, self.refunded_cents = (
            Gauge(f"bashi_{name}", words, by_status, registry=self.registry)
            for name, words in (
                ("orders", "Orders"),
                ("order_cents", "What they come to"),
                ("refunded_cents", "What of it went back"),
            )
        )

    def _total(self, name: str, words: str, labels: Sequence[str] = ()) -> StoredTotal:
        return StoredTotal(f"bashi_{name}", words, self.registry, labels)

    def pool(self, figures: Callable[[], Mapping[str, int]]) -> None:
        """`figures`: connections to the database, by `open`, `free` and `waited_for`."""
        words = "Connections to the database: open, free of them, and calls that wait for one"
        gauge = Gauge("bashi_database_connections", words, ["state"], registry=self.registry)
        for state in figures():
            gauge.labels(state).set_function(partial(_figure, figures, state))

    def request(self, route: str, status: int, seconds: float) -> None:
        self.requests.labels(route, status).observe(seconds)

    def text(self) -> bytes:
        return generate_latest(self.registry)


def _figure(figures: Callable[[], Mapping[str, int]], state: str) -> float:
    return float(figures()[state])


class MeteredDatabase:
    """A Database that tells how long each call took."""

    def __init__(self, database: Database, metrics: Metrics) -> None:
        self._database = database
        self._metrics = metrics
        self._read = metrics.database.labels("read")
        self._batch = metrics.database.labels("batch")

    async def fetch(self, statement: Statement) -> list[Row]:
        started = perf_counter()
        rows = await self._database.fetch(statement)
        self._read.observe(perf_counter() - started)
        return rows

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        started = perf_counter()
        try:
            results = await self._database.batch(statements)
        except Refused:
            self._metrics.refused.inc()
            self._metrics.commits_fail = False
            raise
        except (Unavailable, Indefinite):
            self._metrics.commits_failed.inc()
            self._metrics.commits_fail = True
            raise
        self._metrics.commits_fail = False
        self._batch.observe(perf_counter() - started)
        return results
