"""Passwords as PBKDF2-HMAC-SHA256 in a chain of calls, in a bounded pool of threads.

`pbkdf2-sha256-chain$6x100000$SALT$HASH`: each call's output is the next call's password. Cloudflare
caps one call at 100,000 iterations; OWASP's Password Storage Cheat Sheet asks for 600,000 in all.
"""

import asyncio
import base64
import hashlib
import hmac
import os
from concurrent.futures import ThreadPoolExecutor

from bashi.core.errors import Busy

SCHEME = "pbkdf2-sha256-chain"
SALT_BYTES = 16


class ThreadHasher:
    def __init__(self, work: str = "6x100000", threads: int = 2, waiting_max: int = 64) -> None:
        self._work = work
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="password")
        self._waiting = 0
        self._waiting_max = waiting_max
        self._nobody = _hash("nobody", work, bytes(SALT_BYTES))

    async def hash(self, password: str) -> str:
        return await self._run(password, self._work, os.urandom(SALT_BYTES))

    async def verify(self, password: str, stored: str | None) -> bool:
        known = stored if stored and stored.startswith(f"{SCHEME}$") else self._nobody
        _, work, salt, _ = known.split("$")
        again = await self._run(password, work, base64.b64decode(salt))
        return hmac.compare_digest(again, known) and known is stored

    def outdated(self, stored: str) -> bool:
        return not stored.startswith(f"{SCHEME}${self._work}$")

    async def _run(self, password: str, work: str, salt: bytes) -> str:
        if self._waiting >= self._waiting_max:
            raise Busy("signing_in_busy", "Many people are signing in. Try again in a moment.", 3)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, _hash, password, work, salt)
        finally:
            self._waiting -= 1


def _hash(password: str, work: str, salt: bytes) -> str:
    calls, iterations = (int(part) for part in work.split("x"))
    derived = password.encode()
    for _ in range(calls):
        derived = hashlib.pbkdf2_hmac("sha256", derived, salt, iterations)
    encoded = (base64.b64encode(part).decode() for part in (salt, derived))
    return "$".join((SCHEME, work, *encoded))
