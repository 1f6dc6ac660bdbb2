"""The edge on this machine: the Worker as wrangler would deploy it, its Python in Pyodide, its
bindings in the real workerd, Stripe and Resend as servers beside it.

    with edge_installation() as edge:
        httpx.get(f"{edge.base_url}/api/events")
"""

import base64
import fcntl
import json
import os
import selectors
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from tests.edge.emails import Outbox, running_resend
from tests.support.product import SECRET, TICKET_KEY
from tests.support.server import free_port
from tests.support.stripe_process import StripeProcess, running_stripe
from tools import edge as bundle
from tools import once
from tools.npm import QUIET, machine_npm, wheel_npm

HOST = Path(__file__).with_name("host")
CONFIG = bundle.FOLDER / "wrangler.jsonc"
DOCUMENTS = bundle.FOLDER / "documents"
"""The Worker that sets documents."""
BUILT_DOCUMENTS = (once.STAMPS / "edge-documents").resolve()
READY_SECONDS = 120
RESEND_KEY = "re_of_the_tests"


@dataclass(frozen=True)
class Edge:
    base_url: str
    """Where the site is; the API is below /api."""
    outbox: Outbox
    stripe: StripeProcess
    control_url: str
    """Of the host, for `figures`, `sql` and `cron`."""

    def figures(self) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("figures")
        return found

    def operations(self) -> dict[str, int]:
        """Round trips by kind since this was asked for last: query, batch, limit, kv read …"""
        counted: dict[str, int] = self.figures()["operations"]
        self._ask("count")
        return counted

    def cron(self) -> None:
        self._ask("cron")

    def sql(self, sql: str, *params: str | int, database: str = "DB") -> list[dict[str, Any]]:
        """Straight in the database, for what no route does or shows."""
        rows: list[dict[str, Any]] = self._ask("sql", sql=sql, params=params, database=database)
        return rows

    def writes_wait(self) -> AbstractContextManager[None]:
        """Batches of the product do, those of its limiter apart; reads go on."""
        return self._during("writes-wait")

    def lost(self, binding: str) -> AbstractContextManager[None]:
        """The binding of that name does not answer; IMAGES: has made all that it may."""
        return self._during("lost", binding=binding)

    def lose_batch(self, words: str, *, after: bool) -> None:
        """D1 answers the product's next batch with an error, `after` it was done or instead."""
        self._ask("lose-batch", words=words, after=after)

    @contextmanager
    def _during(self, state: str, **content: str) -> Iterator[None]:
        self._ask(state, on=True, **content)
        try:
            yield
        finally:
            self._ask(state, on=False, **content)

    def _ask(self, task: str, **content: Any) -> Any:
        answer = httpx.post(f"{self.control_url}/{task}", json=content, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def edge_installation(**settings: str) -> Iterator[Edge]:
    """Empty, in a folder of its own. `settings` adds some (BASHI_…)."""
    prepare()
    port, stripe_port = free_port(), free_port()
    with (
        TemporaryDirectory(prefix="bashi-edge-") as name,
        running_resend(RESEND_KEY) as outbox,
        running_stripe(
            Path(name), stripe_port, f"http://localhost:{port}/webhooks/stripe"
        ) as stripe,
    ):
        folder = Path(name)
        given = _settings(port, outbox, stripe) | settings
        (folder / "settings.json").write_text(json.dumps(given))
        migrate(folder / "state")
        with _host(folder, port) as control_url:
            yield Edge(f"http://localhost:{port}", outbox, stripe, control_url)


@cache
def prepare() -> None:
    """Node's packages and the bundle, for all processes of a run: what runs reads them."""
    once.STAMPS.mkdir(exist_ok=True)
    with (once.STAMPS / "edge.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for folder in (HOST, DOCUMENTS):
            _install(folder)
        _assemble()


def _install(folder: Path) -> None:
    stamp = folder / "node_modules" / ".package-lock.json"
    lock = folder / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        npm = machine_npm() or wheel_npm()
        subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-progress"], cwd=folder, env=_node(), check=True
        )


def _assemble() -> None:
    """Not anew what another process of this run has put together, and reads."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    stamp = once.STAMPS / "edge-assembled-for"
    if run is None or not stamp.exists() or stamp.read_text() != run:
        stamp.unlink(missing_ok=True)
        bundle.assemble()
        built = ("--outdir", str(BUILT_DOCUMENTS))
        wrangler("deploy", "--dry-run", "--config", str(DOCUMENTS / "wrangler.jsonc"), *built)
        stamp.write_text(str(run))


def migrate(state: Path) -> None:
    wrangler("d1", "migrations", "apply", "bashi", "--local", "--persist-to", str(state))


def wrangler(*words: str) -> str:
    """What it says, both streams together; fails when it does."""
    script = HOST / "node_modules" / "wrangler" / "bin" / "wrangler.js"
    done = subprocess.run(
        ["node", str(script), *words],
        cwd=bundle.FOLDER,
        env=_node(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def _settings(port: int, outbox: Outbox, stripe: StripeProcess) -> dict[str, str]:
    return stripe.settings | {
        "BASHI_MODE": "demo",
        "BASHI_PUBLIC_URL": f"http://localhost:{port}",
        "BASHI_SECRET": SECRET,
        "BASHI_TICKET_KEY": base64.b64encode(TICKET_KEY).decode(),
        "BASHI_RESEND_API_KEY": RESEND_KEY,
        "BASHI_SUPPORT_EMAIL": "hello@example.org",
        "BASHI_MAIL_FROM": "OKLAHOMABASHI <tickets@example.org>",
        "BASHI_RESEND_API_URL": outbox.url,
    }


@contextmanager
def _host(folder: Path, port: int) -> Iterator[str]:
    """The URL of its controls, once it serves."""
    log = folder / "host.log"
    command: Sequence[object] = (
        "node", HOST / "host.mjs", CONFIG, port, folder / "state", folder / "settings.json",
        BUILT_DOCUMENTS,
    )  # fmt: skip
    with log.open("wb") as errors:
        running = subprocess.Popen(
            [str(word) for word in command],
            env=_node(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    with running as process:
        try:
            yield _ready(process, log)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _ready(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        assert selector.select(READY_SECONDS), log.read_text()
    said = process.stdout.readline()
    assert said, log.read_text()
    return str(json.loads(said)["control"])


def _node() -> Mapping[str, str]:
    npm = machine_npm() or wheel_npm()
    own = {name: value for name, value in os.environ.items() if not name.startswith("BASHI_")}
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ['PATH']}"
    return {**own, **QUIET, "PATH": path, "CI": "1", "WRANGLER_SEND_METRICS": "false"}
