"""A closed loop of keep-alive connections, in a process of its own so that its CPU is not counted.

Each connection sends the next prepared request when its answer is whole. Run as `python -m
bench.load`, it reads a pickled Plan, says "ready" when connected, and starts on a line of input.
"""

import asyncio
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from time import perf_counter
from typing import IO, cast

import uvloop

from bench.figures import Figures

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Plan:
    ports: Sequence[int]
    """Connections are dealt to them in turn."""
    requests: list[bytes]
    status: int = 200
    connections: int = 64
    seconds: float = 30.0
    """No request starts later than this."""
    repeat: bool = False
    """Start again at the first request until the time is over."""


class BadAnswer(Exception):
    """A request got another status than it was prepared for, or the connection was lost."""


class _Connection(asyncio.Protocol):
    def __init__(self, run: "_Run") -> None:
        self._run = run
        self._buffer = b""
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        if len(buffer) < answer_bytes(buffer):
            self._buffer = buffer
            return
        self._buffer = b""
        self._run.answered(perf_counter() - self._sent_at, buffer)
        self.send_next()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio passes it
        self._run.lost()

    def send_next(self) -> None:
        request = self._run.next_request()
        if request is None:
            self._run.finished()
        else:
            self._sent_at = perf_counter()
            self._transport.write(request)


class _Run:
    def __init__(self, plan: Plan, done: asyncio.Future[None]) -> None:
        self._status = str(plan.status).encode()
        self._requests: Iterator[bytes] = (cycle if plan.repeat else iter)(plan.requests)
        self._ends = float("inf")
        self._running = plan.connections
        self._done = done
        self.latencies: list[float] = []

    def start(self, seconds: float) -> None:
        self._ends = perf_counter() + seconds

    def next_request(self) -> bytes | None:
        return next(self._requests, None) if perf_counter() < self._ends else None

    def answered(self, seconds: float, answer: bytes) -> None:
        self.latencies.append(seconds)
        if answer[9:12] != self._status and not self._done.done():
            self._done.set_exception(BadAnswer(answer[:1000].decode(errors="replace")))

    def lost(self) -> None:
        if not self._done.done():
            self._done.set_exception(BadAnswer("the server closed a connection"))

    def finished(self) -> None:
        self._running -= 1
        if self._running == 0 and not self._done.done():
            self._done.set_result(None)


def answer_bytes(buffer: bytes) -> int:
    """Length of the whole answer, or more than is there. Every answer states its length."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return len(buffer) + 1
    head = buffer[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        raise BadAnswer(f"no content-length: {head!r}")
    stop = head.find(b"\r\n", at + 2)
    length = head[at + 17 : stop if stop > 0 else end]
    return end + 4 + int(length)


async def _run(plan: Plan, wait: Callable[[], object]) -> dict[str, float]:
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    run = _Run(plan, done)
    connections = [
        (await loop.create_connection(lambda: _Connection(run), HOST, port))[1]
        for port in islice(cycle(plan.ports), plan.connections)
    ]
    print("ready", flush=True)
    wait()
    started = perf_counter()
    run.start(plan.seconds)
    for connection in connections:
        connection.send_next()
    await done
    seconds = perf_counter() - started
    latencies = sorted(run.latencies)
    count = len(latencies)
    return {
        "count": count,
        "per_second": count / seconds,
        "p50_ms": latencies[count // 2] * 1000,
        "p95_ms": latencies[count * 95 // 100] * 1000,
        "p99_ms": latencies[count * 99 // 100] * 1000,
    }


@contextmanager
def _generator(plan: Plan) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    command = [sys.executable, "-m", "bench.load"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump(plan, process.stdin)
        process.stdin.flush()
        yield process.stdin, process.stdout


def measure(plan: Plan, cpu_ns: Callable[[], int]) -> Figures:
    """Raises BadAnswer unless every answer had the plan's status."""
    with _generator(plan) as (to, back):
        assert back.readline() == b"ready\n", "the load generator could not connect"
        before = cpu_ns()
        to.write(b"go\n")
        to.flush()
        line = back.readline()
        spent = cpu_ns() - before
    answer = json.loads(line)
    if "problem" in answer:
        raise BadAnswer(answer["problem"])
    return Figures(spent / answer["count"] / 1000, **answer)


def main() -> None:
    plan = pickle.load(sys.stdin.buffer)
    try:
        figures: dict[str, float | str] = {**uvloop.run(_run(plan, sys.stdin.buffer.readline))}
    except BadAnswer as bad:
        figures = {"problem": str(bad)}
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
