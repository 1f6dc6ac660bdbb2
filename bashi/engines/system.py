"""The system clock and random ids."""

import os
import secrets
import time

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000


class SystemIds:
    def uuid(self) -> str:
        """RFC 9562 §5.7: 48 bits of milliseconds, then 74 random bits."""
        random = int.from_bytes(os.urandom(10), "big")
        value = (time.time_ns() // 1_000_000) << 80 | random
        value = value & ~(0xF << 76) | 0x7 << 76
        value = value & ~(0x3 << 62) | 0x2 << 62
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def secret(self) -> str:
        return secrets.token_urlsafe(32)

    def code(self, length: int) -> str:
        return "".join(CROCKFORD[byte & 31] for byte in os.urandom(length))
