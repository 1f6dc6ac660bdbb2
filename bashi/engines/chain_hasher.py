"""Password hash format: PBKDF2-HMAC-SHA256 in a chain of calls, the same text on every engine.

`pbkdf2-sha256-chain$6x100000$SALT$HASH`: each call's output is the next call's password. Cloudflare
caps one call at 100,000 iterations; OWASP's Password Storage Cheat Sheet asks for 600,000 in all.
"""

import base64
import hmac
import os
from abc import ABC, abstractmethod

from bashi.core.errors import Busy

SCHEME = "pbkdf2-sha256-chain"
SALT_BYTES = 16
HASH_BYTES = 32


class ChainHasher(ABC):
    """`work`: calls x iterations per call. Where the work is done is the engine's business."""

    def __init__(self, work: str, waiting_max: int) -> None:
        self._work = work
        self._waiting = 0
        self._waiting_max = waiting_max
        self._nobody = encode(work, bytes(SALT_BYTES), bytes(HASH_BYTES))

    @abstractmethod
    async def _derive(self, password: bytes, salt: bytes, calls: int, iterations: int) -> bytes:
        """The last call's 32 bytes."""

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
        calls, iterations = (int(part) for part in work.split("x"))
        self._waiting += 1
        try:
            derived = await self._derive(password.encode(), salt, calls, iterations)
        finally:
            self._waiting -= 1
        return encode(work, salt, derived)


def encode(work: str, salt: bytes, derived: bytes) -> str:
    encoded = (base64.b64encode(part).decode() for part in (salt, derived))
    return "$".join((SCHEME, work, *encoded))
