"""Servers under measurement: each a process of its own, with its CPU and memory."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench.load import HOST
from bench.processes import cpu_ns_of_family, family

START_SECONDS_MAX = 30.0
IS_LINUX = sys.platform == "linux"
ONLY_LINUX = "CPU and memory of another process are read on Linux only: those columns stay empty."


class Server:
    def __init__(self, command: list[str], port: int, env: Mapping[str, str], log: Path) -> None:
        """Returns once it answers; `start_seconds` is how long that took."""
        self.port = port
        started = time.perf_counter()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command, env={**os.environ, **env}, stdout=out, stderr=out
            )
        while not _answers(port):
            late = time.perf_counter() - started > START_SECONDS_MAX
            if late or self._process.poll() is not None:
                self._process.kill()
                raise RuntimeError(f"{command} did not start; see {log}")
            time.sleep(0.01)
        self.start_seconds = time.perf_counter() - started

    def cpu_ns(self) -> int:
        """Of all threads since the start, those that ended too: clock_getcpuclockid(3)."""
        return time.clock_gettime_ns((~self._process.pid << 3) | 2) if IS_LINUX else 0

    def cpu_ns_with_emails(self) -> int:
        """That of the process that draws them too, to 10 ms."""
        return cpu_ns_of_family(self._process.pid) if IS_LINUX else 0

    def pss_bytes(self) -> int:
        """Its share of memory, pages used by several processes divided among them."""
        return sum(_kilobytes(pid, "smaps_rollup", "Pss") for pid in self._pids()) * 1024

    def peak_bytes(self) -> int:
        """The most resident memory that each of its processes ever had."""
        return sum(_kilobytes(pid, "status", "VmHWM") for pid in self._pids()) * 1024

    def draws(self) -> bool:
        """Whether there is a process for emails; it ends when it has none for a minute."""
        return len(self._pids()) > 1

    def _pids(self) -> list[int]:
        return family(self._process.pid) if IS_LINUX else []

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)


def _kilobytes(pid: int, file: str, name: str) -> int:
    text = Path(f"/proc/{pid}/{file}").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    assert found is not None
    return int(found[1])


def product(data_dir: Path, port: int, **settings: str) -> Server:
    """`bashi serve` as an installation runs it, with the limits per buyer out of the way.
    `settings` adds others (BASHI_…)."""
    env = {
        "MALLOC_ARENA_MAX": "2",
        "BASHI_MODE": "demo",
        "BASHI_DATA_DIR": str(data_dir),
        "BASHI_PORT": str(port),
        "BASHI_TRUSTED_PROXIES": f"{HOST}/32",
        "BASHI_PASSWORD_WORK": "1x1000",
        "BASHI_HOLD_SEATS_PER_PERSON": "1000000",
        "BASHI_HOLD_SEATS_PER_ADDRESS": "1000000",
        **settings,
    }
    command = [str(Path(sys.executable).with_name("bashi")), "serve"]
    return Server(command, port, env, data_dir / f"server-{port}.log")


def floor(kind: str, port: int, folder: Path, *arguments: str) -> Server:
    """One of the bare apps of `bench.floors.apps`."""
    command = [sys.executable, "-m", "bench.floors.serve", str(port), kind, *arguments]
    return Server(command, port, {}, folder / "floor.log")


def _answers(port: int) -> bool:
    try:
        return ask(port, request("GET", "/healthz"))[9:12] == b"200"
    except OSError:
        return False


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """As a browser behind our proxy sends it."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        "Accept: application/json",
        "Accept-Encoding: gzip",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def ask(port: int, asked: bytes) -> bytes:
    """One whole answer over a connection of its own."""
    with socket.create_connection((HOST, port), timeout=30) as connection:
        connection.sendall(asked.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)
