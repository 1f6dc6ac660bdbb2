"""An open model: requests leave at a steady rate over thousands of kept connections.

In a process of its own. A request is late when no connection is free or we are: its time counts
from the moment when it should have left. Each connection is used in turn. Run as `python -m
bench.scale.arrivals`, it reads a pickled Arrivals, says "ready" when connected, and starts on a
line of input.
"""

import asyncio
import json
import pickle
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from time import perf_counter, process_time
from typing import Any, cast

import uvloop

from bench.load import HOST, answer_bytes

OPENED_AT_ONCE = 200
FINISH_SECONDS = 30
TICK_SECONDS = 0.001


@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    request: bytes
    status: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    ports: Sequence[int]
    connections: int
    per_second: int
    asked: list[Asked]
    warm: int
    """So many of the first ones are not counted."""


class _Connection(asyncio.Protocol):
    def __init__(self, crowd: "_Crowd") -> None:
        self._crowd = crowd
        self._buffer = b""
        self._asked: Asked | None = None
        self._due = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass

    def ask(self, asked: Asked, due: float, *, counted: bool) -> None:
        self._asked, self._due, self._counted = asked, due, counted
        self._transport.write(asked.request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) < answer_bytes(self._buffer):
            return
        answer, self._buffer, asked, self._asked = self._buffer, b"", self._asked, None
        assert asked is not None
        if self._counted:
            self._crowd.answered(asked, answer, perf_counter() - self._due)
        self._crowd.free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.lost(self._asked, exc)


class _Crowd:
    def __init__(self, plan: Arrivals) -> None:
        self._plan = plan
        self._idle: deque[_Connection] = deque()
        self._busy = 0
        self._over = False
        self.latencies: dict[str, list[float]] = {}
        self.problems: Counter[str] = Counter()

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        ports = islice(cycle(self._plan.ports), self._plan.connections)
        while some := list(islice(ports, OPENED_AT_ONCE)):
            opening = [
                loop.create_connection(lambda: _Connection(self), HOST, port) for port in some
            ]
            for _, connection in await asyncio.gather(*opening):
                self._idle.append(connection)

    async def run(self) -> None:
        plan, started = self._plan, perf_counter()
        for number, asked in enumerate(plan.asked):
            due = started + number / plan.per_second
            while perf_counter() < due or not self._idle:  # noqa: ASYNC110 - no event is that fine
                await asyncio.sleep(TICK_SECONDS)
            self._busy += 1
            self._idle.popleft().ask(asked, due, counted=number >= plan.warm)
        ends = perf_counter() + FINISH_SECONDS
        while self._busy and perf_counter() < ends:  # noqa: ASYNC110 - connections count down
            await asyncio.sleep(TICK_SECONDS)
        self._over = True
        self.problems["no answer"] += self._busy

    def free(self, connection: _Connection) -> None:
        self._busy -= 1
        self._idle.append(connection)

    def answered(self, asked: Asked, answer: bytes, seconds: float) -> None:
        self.latencies.setdefault(asked.kind, []).append(seconds)
        status = int(answer[9:12])
        if status != asked.status:
            self.problems[f"{asked.kind}: {status}"] += 1

    def lost(self, asked: Asked | None, exc: Exception | None) -> None:
        if not self._over:
            during = asked.kind if asked else "idle"
            self.problems[f"{during}: connection lost ({exc})"] += 1


async def _run(plan: Arrivals) -> dict[str, Any]:
    crowd = _Crowd(plan)
    await crowd.open()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.buffer.readline)
    cpu, started = process_time(), perf_counter()
    await crowd.run()
    every = [one for latencies in crowd.latencies.values() for one in latencies]
    return {
        "kinds": {kind: _quantiles(found) for kind, found in crowd.latencies.items()},
        "all": _quantiles(every),
        "problems": dict(crowd.problems),
        "cpu_share": (process_time() - cpu) / (perf_counter() - started),
    }


def _quantiles(latencies: list[float]) -> dict[str, float]:
    ordered = sorted(latencies)
    count = len(ordered)
    return {
        "count": count,
        "p50_ms": ordered[count // 2] * 1000,
        "p99_ms": ordered[count * 99 // 100] * 1000,
        "most_ms": ordered[-1] * 1000,
    }


def generate(plan: Arrivals, during: Callable[[], None]) -> dict[str, Any]:
    """`during` is called once all connections are open."""
    command = [sys.executable, "-m", "bench.scale.arrivals"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump(plan, process.stdin)
        process.stdin.flush()
        assert process.stdout.readline() == b"ready\n", "the generator could not connect"
        during()
        process.stdin.write(b"go\n")
        process.stdin.flush()
        found: dict[str, Any] = json.loads(process.stdout.readline())
        return found


def main() -> None:
    plan = pickle.load(sys.stdin.buffer)
    print(json.dumps(uvloop.run(_run(plan))), flush=True)


if __name__ == "__main__":
    main()
