"""Password hashing by OpenSSL, in a bounded thread pool."""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor

from bashi.engines.chain_hasher import ChainHasher


class ThreadHasher(ChainHasher):
    def __init__(self, work: str = "6x100000", threads: int = 2, waiting_max: int = 64) -> None:
        super().__init__(work, waiting_max)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="password")

    async def _derive(self, password: bytes, salt: bytes, calls: int, iterations: int) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _chain, password, salt, calls, iterations)


def _chain(password: bytes, salt: bytes, calls: int, iterations: int) -> bytes:
    for _ in range(calls):
        password = hashlib.pbkdf2_hmac("sha256", password, salt, iterations)
    return password
