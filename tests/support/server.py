"""The product as people run it: `bashi serve` in a process of its own, in demo mode."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

import httpx

from bashi.engines.mail.mailbox import MailboxMailer, StoredEmail
from bashi.entry.demo.data import PASSWORD as DEMO_PASSWORD
from tests.support.client import Client

BASHI = Path(sys.executable).with_name("bashi")
READY_SECONDS = 60
EMAIL_SECONDS = 60  # emails are drawn when nothing else wants the machine
FIRST_PORT, PORT_RANGES, PORTS_EACH = 20_000, 4, 3_000


@dataclass
class Server:
    folder: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    words: Sequence[str] = ("serve",)
    process: subprocess.Popen[bytes] | None = None
    clients: list[Client] = field(default_factory=list)
    addresses: Iterator[int] = field(default_factory=lambda: count(1))
    program: Sequence[str | Path] = (BASHI,)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def api_url(self) -> str:
        """By number: of a name with two addresses, a crowd leaves connections to both half made."""
        return f"http://127.0.0.1:{self.port}/api"

    def start(self) -> None:
        """Returns once it answers."""
        self.launch()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._ready():
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def launch(self) -> None:
        """Without waiting. Whatever it says goes to `log`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.program, *self.words], env=self._environment(), stdout=log, stderr=log
            )

    def command(self, *words: str) -> None:
        """Another `bashi` command, on the same data."""
        subprocess.run([BASHI, *words], env=self._environment(), check=True, capture_output=True)

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """The same, without waiting; what it says comes in one stream."""
        return subprocess.Popen(
            [BASHI, *words],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """The exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def client(self) -> Client:
        """A fresh browser with an address of its own, as a proxy tells it, so that tests do not
        share rate limits. Closed with the server."""
        number = next(self.addresses)
        headers = {"x-forwarded-for": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}
        self.clients.append(Client(base_url=f"{self.url}/api", headers=headers, timeout=30))
        return self.clients[-1]

    async def demo(self, who: str = "admin") -> Client:
        """Signed in as one of the demo's people: attendee, volunteer or admin."""
        client = self.client()
        await client.login(f"{who}@example.org", DEMO_PASSWORD)
        return client

    async def emails(self, to: str) -> list[StoredEmail]:
        """Newest first."""
        mailbox = MailboxMailer(self.folder / "mailbox", "")
        summaries = [summary for summary in await mailbox.list() if summary.to == to]
        emails = [await mailbox.read(summary.id) for summary in summaries]
        return [email for email in emails if email is not None]

    async def email(self, to: str, subject: str) -> StoredEmail:
        """The newest email to `to` whose subject has `subject` in it, once it has come."""
        async with asyncio.timeout(EMAIL_SECONDS):
            while True:
                for email in await self.emails(to):
                    if subject in email.summary.subject:
                        return email
                await asyncio.sleep(0.05)

    async def link(self, page: str, to: str, subject: str = "") -> str:
        """The secret behind # in that email's link to `page`."""
        text = (await self.email(to, subject)).text
        found = re.search(rf"{re.escape(self.url)}(?:/bn)?/{page}/#(\S+)", text)
        assert found, text
        return found[1]

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def _environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("BASHI_")}
        return own | {
            "BASHI_MODE": "demo",
            "BASHI_PORT": str(self.port),
            "BASHI_DATA_DIR": str(self.folder),
            "BASHI_PASSWORD_WORK": "1x1000",
            "BASHI_TRUSTED_PROXIES": "127.0.0.1/32",
            **self.environment,
        }


@contextmanager
def running_server(folder: Path, **environment: str) -> Iterator[Server]:
    """`environment` adds settings (BASHI_…)."""
    server = Server(folder, free_port(), environment)
    with running(server):
        yield server


@contextmanager
def running(server: Server) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        if server.running:
            server.stop()


def free_port() -> int:
    """No other process of the suite is given it, nor any connection by the system."""
    while True:
        with suppress(OSError), socket.socket() as listener:
            listener.bind(("127.0.0.1", next(_ports)))
            return int(listener.getsockname()[1])


def _own_ports() -> Iterator[int]:
    """In turn, below those that systems choose from, which begin at 32768."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST_PORT + worker % PORT_RANGES * PORTS_EACH
    started = os.getpid() % PORTS_EACH
    return cycle(first + (started + number) % PORTS_EACH for number in range(PORTS_EACH))


_ports = _own_ports()
