"""Media store behind the S3 API: AWS, R2, MinIO and others."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from bashi.core.ports import MediaUnavailable
from bashi.engines.media.keys import checked, valid

if TYPE_CHECKING:
    from obstore.store import S3Config  # there is none when it runs

THREADS = 16
TOTAL_SECONDS = 5.0
CONNECT_SECONDS = 2
ATTEMPT_SECONDS = 4
RETRIES = 3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bucket:
    name: str
    endpoint_url: str = ""
    """https://host, or http:// on this machine; none: that of AWS in `region`."""
    region: str = "us-east-1"
    access_key_id: str = field(default="", repr=False)
    """None: the platform's own credentials, wherever the AWS tools would find them."""
    secret_access_key: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        return f"{self.endpoint_url.rstrip('/') or 's3:/'}/{self.name}"


class S3Media:
    """Requests are repeated by obstore while a call has not taken TOTAL_SECONDS.

    Calls wait in threads of ours, as for files: a future that obstore's own threads complete may
    abort the process when it ends meanwhile (github.com/PyO3/pyo3-async-runtimes/issues/40).
    """

    def __init__(self, bucket: Bucket, total_seconds: float = TOTAL_SECONDS) -> None:
        self._store = _store(bucket)
        self._place = bucket.place
        self._total_seconds = total_seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="media")

    async def put(self, key: str, content: bytes, content_type: str) -> None:
        """Durable when it returns. Raises ValueError (see media_keys.py), MediaUnavailable."""
        checked(key)
        try:
            await self._ask(
                lambda: self._store.put(key, content, attributes={"Content-Type": content_type})
            )
        except FileNotFoundError:
            raise MediaUnavailable(f"{self._place}: there is no such bucket") from None

    async def get(self, key: str) -> bytes | None:
        """None for what isn't there, and for keys that can't be. Raises MediaUnavailable."""
        if not valid(key):
            return None
        try:
            return await self._ask(lambda: self._store.get(key).bytes().to_bytes())
        except FileNotFoundError:
            return None

    async def delete(self, key: str) -> None:
        """Raises ValueError, MediaUnavailable."""
        checked(key)
        try:
            await self._ask(lambda: self._store.delete(key))
        except FileNotFoundError:
            return

    async def _ask(self, call: Callable[[], T]) -> T:
        """What obstore says stays here: answers of a service repeat the key id and more."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._total_seconds):
                return await loop.run_in_executor(self._threads, call)
        except (PermissionDeniedError, UnauthenticatedError):
            raise MediaUnavailable(f"{self._place}: the key is refused") from None
        except (BaseError, TimeoutError):
            raise MediaUnavailable(f"{self._place}: no answer") from None


def _store(bucket: Bucket) -> S3Store:
    """Whatever is given here goes before the AWS_… variables of the environment."""
    config: S3Config = {
        "region": bucket.region,
        "disable_bulk_delete": True,  # not every service has it, and we delete one by one
    }
    if bucket.endpoint_url:
        config["aws_endpoint_url_s3"] = bucket.endpoint_url
    if bucket.access_key_id:
        config["access_key_id"] = bucket.access_key_id
        config["secret_access_key"] = bucket.secret_access_key
    return S3Store(
        bucket.name,
        config=config,
        client_options={
            "allow_http": bucket.endpoint_url.startswith("http://"),
            "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
            "timeout": timedelta(seconds=ATTEMPT_SECONDS),
        },
        retry_config={
            "max_retries": RETRIES,
            "retry_timeout": timedelta(seconds=ATTEMPT_SECONDS),
        },
    )
