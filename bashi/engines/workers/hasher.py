"""Password hashing by WebCrypto."""

from js import crypto

from bashi.engines.chain_hasher import HASH_BYTES, ChainHasher
from bashi.engines.workers.javascript import octets, record, words

WAITING_MAX = 16
"""Of one isolate; Cloudflare starts another one for more."""


class WebCryptoHasher(ChainHasher):
    def __init__(self, work: str = "6x100000") -> None:
        super().__init__(work, WAITING_MAX)

    async def _derive(self, password: bytes, salt: bytes, calls: int, iterations: int) -> bytes:
        method = record(name="PBKDF2", hash="SHA-256", salt=octets(salt), iterations=iterations)
        for _ in range(calls):
            key = await crypto.subtle.importKey(
                "raw", octets(password), "PBKDF2", False, words("deriveBits")
            )
            bits = await crypto.subtle.deriveBits(method, key, HASH_BYTES * 8)
            password = bits.to_bytes()
        return password
