"""A real PgBouncer in front of a PostgreSQL, where this machine has one (Debian: `pgbouncer`)."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.support.postgres import moved

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MISSING = "this machine has no pgbouncer (apt-get install pgbouncer)"
START_SECONDS = 20


@contextmanager
def running_pgbouncer(url: str, port: int, mode: str) -> Iterator[str]:
    """The URL by which it leads to the database of `url`; `mode`: session or transaction."""
    assert PROGRAM is not None
    parts = urlsplit(url)
    sessions = 40 if mode == "session" else 4  # one a connection, or a few for all of them
    folder = Path(tempfile.mkdtemp(prefix="bashi-pgbouncer-"))
    config = folder / "pgbouncer.ini"
    config.write_text(
        f"[databases]\n* = host={parts.hostname} port={parts.port} user={parts.username}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\n"
        f"pool_mode = {mode}\ndefault_pool_size = {sessions}\nmax_client_conn = 200\n"
        "unix_socket_dir =\n"
    )
    started: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        started = {"user": nobody.pw_uid, "group": nobody.pw_gid}
        shutil.chown(folder, nobody.pw_uid, nobody.pw_gid)
    log = folder / "log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            [PROGRAM, config], stdout=words, stderr=subprocess.STDOUT, **started
        )
    through = moved(url, port)
    try:
        _wait_until_it_answers(through, process, log)
        yield through
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)
        shutil.rmtree(folder)


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while True:
        with suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            return
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.05)
