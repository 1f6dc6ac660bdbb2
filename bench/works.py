"""What is measured: each work of the issue with its target, floor and product in turn."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bashi.core.batch import Statement
from bench import servers
from bench.database import Size
from bench.figures import Figures, alternate, middle
from bench.floors import batches
from bench.floors.batches import BatchLoop
from bench.idle import answers_again, idle
from bench.load import Plan, measure
from bench.report import Fact, Row, Target
from bench.servers import IS_LINUX, Server
from bench.traffic import Traffic

READERS = 32
BUYERS = 64
FLOOR_PORT = 8291
IDLE_CONNECTIONS = 2_000
AS_BEFORE = 1.3
EMAILS_BEFORE, EMAILS = 20, 200
EMAIL_US_MAX = 15_000
BESIDE = 1_500
BESIDE_EMAILS = 1.5
EMAILS_BEGIN_SECONDS = 2.0
VERIFIED = 3_000  # tickets that are looked at again and again
FLOOR_GROUP = 32
BARE = "the bare app"
BATCH = f"the batch in a loop ({FLOOR_GROUP} to a commit)"


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look."""

    rounds: int
    read_seconds: float
    writes: int
    """Requests in a round of works that each need fresh rows."""


@dataclass
class Bench:
    folder: Path
    size: Size
    effort: Effort
    server: Server
    traffic: Traffic
    rows: list[Row] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "bashi.sqlite"

    def read_event(self) -> None:
        asked = [self.traffic.event()]
        answer = self._capture("event", asked[0])
        with _floor("bytes", self.folder, answer) as bare:
            floor, product = self._in_turn(bare, asked)
        self._compare("GET /events/{slug}", product, floor, 2.0, BARE)

    def verify(self) -> None:
        """Fixed parts come from the cache, as at a door; what a first look costs is told beside."""
        asked = asyncio.run(self.traffic.verifies(VERIFIED))
        answer = self._capture("verify", asked[0])
        first = measure(Plan([self.server.port], asked, connections=READERS), self.server.cpu_ns)
        with _floor("read", self.folder, answer, self.database) as bare:
            floor, product = self._in_turn(bare, asked)
        note = f"the first look at each ticket costs {first.cpu_us:,.0f} µs CPU"
        self._compare("GET /tickets/verify/{id}", product, floor, 4.5, BARE, note)

    def hold(self) -> None:
        asked = asyncio.run(self.traffic.holds(1))
        answer = self._capture("hold", asked[0])
        with _floor("bytes", self.folder, answer) as bare, self._loop(batches.hold) as loop:
            alone, together, plain, product = alternate(
                self.effort.rounds,
                lambda _: loop.run(0.5, 1),
                lambda _: loop.run(0.5, FLOOR_GROUP),
                lambda _: self._write(asked * self.effort.writes, 201, bare),
                lambda _: self._write(asyncio.run(self.traffic.holds(self.effort.writes)), 201),
            )
        note = f"alone the batch takes {alone.cpu_us:,.0f} µs CPU, {alone.per_second:,.0f}/s"
        self._compare("POST /orders → 201", product, together, 13.0, BATCH, note)
        self._compare("the same", product, plain, 24.0, BARE)

    def scan(self) -> None:
        with self._loop(lambda number: batches.scan(self.size, number)) as loop:
            floor, product = alternate(
                self.effort.rounds,
                lambda _: loop.run(0.5, FLOOR_GROUP),
                lambda _: self._write(asyncio.run(self.traffic.scans(self.effort.writes))),
            )
        self._compare("POST /door/…/scans", product, floor, 10.0, BATCH)

    @contextlib.contextmanager
    def _loop(self, batch: Callable[[int], Sequence[Statement]]) -> Iterator[BatchLoop]:
        """Writes into a copy, so that it leaves the product's data alone."""
        copy = self.folder / "floor.sqlite"
        with contextlib.closing(sqlite3.connect(self.database)) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
        loop = BatchLoop(copy, batch)
        try:
            yield loop
        finally:
            loop.close()
            for file in self.folder.glob("floor.sqlite*"):
                file.unlink()

    def settle(self) -> None:
        """Emails are queued, but for tomorrow: a trigger of the bench moves them, so that drawing
        PDFs is not counted here; `emails` counts it."""
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            database.execute(
                "CREATE TRIGGER later AFTER INSERT ON outbox"
                " BEGIN UPDATE outbox SET due_at = due_at + 86400000 WHERE id = NEW.id; END"
            )
            each = self.size.pending // self.effort.rounds - 1
            [first, *_] = self.traffic.payments([self.size.pending])
            answer = self._capture("settle", first)
            with _floor("bytes", self.folder, answer) as bare:
                floor, product = alternate(
                    self.effort.rounds,
                    lambda _: self._write([first] * each, server=bare),
                    lambda turn: self._write(
                        self.traffic.payments(range(turn * each + 1, (turn + 1) * each + 1))
                    ),
                )
            database.execute("DROP TRIGGER later")
        note = "emails are queued in the same batch, but drawn and sent in the next row"
        self._compare("webhook → tickets issued", product, floor, 24.0, BARE, note)

    def emails(self) -> None:
        """The outbox, with PDFs, into the demo's mailbox; the drawing process has begun before."""
        self._send_emails(EMAILS_BEFORE)
        before, started = self.server.cpu_ns_with_emails(), time.perf_counter()
        self._send_emails(EMAILS)
        per_second = EMAILS / (time.perf_counter() - started)
        cpu_us = (self.server.cpu_ns_with_emails() - before) / EMAILS / 1000
        target = Target(f"≤ {EMAIL_US_MAX:,} µs", cpu_us <= EMAIL_US_MAX if IS_LINUX else None)
        self.rows.append(Row("an email with its PDF", Figures(cpu_us, per_second), None, target))

    def _send_emails(self, count: int) -> None:
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as database:
            database.execute(
                "UPDATE outbox SET due_at = 0 WHERE id IN"
                " (SELECT id FROM outbox WHERE kind = 'tickets' AND status = 'queued' LIMIT ?)",
                (count,),
            )
            waiting = (
                "SELECT count(*) FROM outbox WHERE status = 'queued' AND (due_at = 0 OR leased)"
            )
            while database.execute(waiting).fetchone()[0]:
                time.sleep(0.02)

    def hold_beside_emails(self) -> None:
        """People buy while the emails of those before them go out."""

        def quiet(_: int) -> Figures:
            return self._write(asyncio.run(self.traffic.holds(BESIDE)), 201)

        def beside(turn: int) -> Figures:
            with self._emails_go_out():
                return quiet(turn)

        before = self._emails_sent()
        alone, product = alternate(self.effort.rounds, quiet, beside)
        sent = self._emails_sent() - before
        words = f"≤ {BESIDE_EMAILS:.1f} × the time without"
        reached = product.p50_ms <= BESIDE_EMAILS * alone.p50_ms
        note = f"{sent} emails went out; without them the median is {alone.p50_ms:.0f} ms"
        self._add("POST /orders beside emails", product, alone, words, reached, note)

    def _emails_sent(self) -> int:
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            found = database.execute("SELECT count(*) FROM outbox WHERE status = 'sent'")
            return int(found.fetchone()[0])

    @contextlib.contextmanager
    def _emails_go_out(self) -> Iterator[None]:
        """More than can be drawn meanwhile; those that are left wait for tomorrow again."""
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as database:
            database.execute(
                "UPDATE outbox SET due_at = 0 WHERE kind = 'tickets' AND status = 'queued'"
            )
            time.sleep(EMAILS_BEGIN_SECONDS)
            yield
            database.execute(
                "UPDATE outbox SET due_at = created_at + 86400000"
                " WHERE kind = 'tickets' AND status = 'queued'"
            )

    def idle_connections(self) -> None:
        health = [servers.request("GET", "/healthz")]
        event = [self.traffic.event()]

        def both() -> tuple[Figures, Figures]:
            return self._read(health), self._read(event)

        before = both()
        with idle(self.server.port, health[0], IDLE_CONNECTIONS) as connections:
            during = both()
            alive = sum(answers_again(connection, health[0]) for connection in connections)
        after = both()
        slower = [
            during[place].cpu_us / middle((before[place], after[place])).cpu_us
            if IS_LINUX
            else middle((before[place], after[place])).per_second / during[place].per_second
            for place in range(2)
        ]
        value = f"{alive} still answer; healthz costs {slower[0]:.2f} ×, an event {slower[1]:.2f} ×"
        reached = alive == IDLE_CONNECTIONS and max(slower) <= AS_BEFORE
        target = Target("as before", reached)
        self.facts.append(Fact(f"{IDLE_CONNECTIONS:,} idle connections", value, target))

    def memory(self) -> None:
        """With the process that draws emails, and once that has ended."""
        drawing = self.server.pss_bytes() / 1e6
        while self.server.draws():
            time.sleep(1)
        resting = self.server.pss_bytes() / 1e6
        value = f"{resting:.0f} MB, {drawing:.0f} while emails are drawn"
        target = Target("≤ 200 MB", drawing <= 200 if IS_LINUX else None)
        self.facts.append(Fact("memory after the bench (PSS)", value, target))

    def _in_turn(self, bare: Server, asked: list[bytes]) -> list[Figures]:
        return alternate(
            self.effort.rounds,
            lambda _: self._read(asked, bare),
            lambda _: self._read(asked),
        )

    def _read(self, asked: list[bytes], server: Server | None = None) -> Figures:
        server = server or self.server
        seconds = self.effort.read_seconds
        plan = Plan([server.port], asked, connections=READERS, seconds=seconds, repeat=True)
        return measure(plan, server.cpu_ns)

    def _write(
        self, asked: list[bytes], status: int = 200, server: Server | None = None
    ) -> Figures:
        server = server or self.server
        return measure(Plan([server.port], asked, status, BUYERS), server.cpu_ns)

    def _capture(self, name: str, asked: bytes) -> Path:
        file = self.folder / f"{name}.answer"
        file.write_bytes(servers.ask(self.server.port, asked))
        return file

    def _compare(
        self, work: str, product: Figures, floor: Figures, most: float, what: str, *notes: str
    ) -> None:
        words = f"≤ {most:.1f} × the CPU of {what}"
        self._add(work, product, floor, words, _ratio(product, floor) <= most, *notes)

    def _add(
        self,
        work: str,
        product: Figures,
        floor: Figures | None,
        words: str,
        reached: bool | None,
        *notes: str,
    ) -> None:
        self.rows.append(Row(work, product, floor, Target(words, reached), notes))


def _ratio(product: Figures, floor: Figures) -> float:
    return product.cpu_us / floor.cpu_us if floor.cpu_us else 0.0


@contextlib.contextmanager
def _floor(kind: str, folder: Path, *files: Path) -> Iterator[Server]:
    server = servers.floor(kind, FLOOR_PORT, folder, *(str(file) for file in files))
    try:
        yield server
    finally:
        server.stop()
