"""A real S3 server on this machine, which checks signatures: nanio, in a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bashi.engines.media.s3 import Bucket
from tests.support.server import free_port

NANIO = Path(sys.executable).with_name("nanio")
BUCKET = "pictures"
KEY_ID = "AKIDOFTHETESTS"
SECRET = "the secret of the tests' key"
READY_SECONDS = 60


@dataclass
class S3Server:
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bucket(self) -> Bucket:
        return Bucket(BUCKET, self.url, access_key_id=KEY_ID, secret_access_key=SECRET)

    @property
    def settings(self) -> dict[str, str]:
        """What the product needs in order to use it."""
        return {
            "BASHI_S3_BUCKET": BUCKET,
            "BASHI_S3_ENDPOINT_URL": self.url,
            "BASHI_S3_ACCESS_KEY_ID": KEY_ID,
            "BASHI_S3_SECRET_ACCESS_KEY": SECRET,
        }

    def start(self) -> None:
        """Returns once it answers. What it had it has again."""
        (self.folder / BUCKET).mkdir(parents=True, exist_ok=True)
        keys = {"NANIO_ACCESS_KEY": KEY_ID, "NANIO_SECRET_KEY": SECRET}
        where = ("--data-dir", self.folder, "--host", "127.0.0.1", "--port", str(self.port))
        with (self.folder.parent / "nanio.log").open("ab") as log:
            self.process = subprocess.Popen(
                [NANIO, "serve", *where], env=os.environ | keys, stdout=log, stderr=log
            )
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            assert self.process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=30)

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url, timeout=5).status_code == 403
        except httpx.TransportError:
            return False


@contextmanager
def running_s3(folder: Path) -> Iterator[S3Server]:
    """With an empty bucket, its files below `folder`."""
    server = S3Server(folder / "s3", free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()
