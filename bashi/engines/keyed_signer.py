"""JWTs (HS256), keyed tags (HMAC) and ticket signatures, in the same format on every engine."""

import base64
import hmac
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import jwt

from bashi.core import ticket_code
from bashi.core.ticket_code import TicketCode
from bashi.core.tokens import AUDIENCE, ISSUER

_READ = ("sub", "sid", "exp")
TOKENS_REMEMBERED = 5_000
TOKEN_CHARS_MAX = 1_000  # ours have about 300; what is forged is remembered too


class KeyedSigner(ABC):
    """The first secret and the ticket key sign; all of them verify, so keys can be rotated."""

    def __init__(
        self, secrets: Sequence[str], own_public: bytes, accepted: Iterable[bytes]
    ) -> None:
        self._jwt_keys = [_derive(secret, "access-token") for secret in secrets]
        self._seal_keys = [_derive(secret, "seal") for secret in secrets]
        self._own_public = own_public
        self._public: dict[str, list[bytes]] = {}
        """By key id. Ids are short: two keys may have the same one."""
        for public in dict.fromkeys((own_public, *accepted)):
            for name in ticket_code.key_ids(public):
                self._public.setdefault(name, []).append(public)
        # Who signed a token never changes; only its end is a matter of time.
        self._claims = lru_cache(TOKENS_REMEMBERED)(self._read_claims)

    @abstractmethod
    async def _sign(self, message: bytes) -> bytes:
        """The Ed25519 signature by the ticket key."""

    @abstractmethod
    async def _is_signed(self, public: bytes, signature: bytes, message: bytes) -> bool:
        """By that key, which is one of ours. `signature` may have any length."""

    async def access_token(self, claims: Mapping[str, Any]) -> str:
        return jwt.encode(dict(claims), self._jwt_keys[0], algorithm="HS256")

    async def read_access_token(self, token: str, now: int) -> Mapping[str, Any] | None:
        if len(token) > TOKEN_CHARS_MAX:
            return None
        claims = self._claims(token)
        return claims if claims is not None and claims["exp"] * 1000 > now else None

    def _read_claims(self, token: str) -> Mapping[str, Any] | None:
        for key in self._jwt_keys:
            try:
                claims: Mapping[str, Any] = jwt.decode(
                    token,
                    key,
                    algorithms=["HS256"],
                    audience=AUDIENCE,
                    issuer=ISSUER,
                    options={
                        "require": ["exp", "sub", "sid"],
                        "verify_exp": False,
                        "verify_iat": False,
                    },
                )
            except jwt.InvalidTokenError:
                continue
            # Only what is read is remembered: the other claims are the same for all.
            return (
                {name: claims[name] for name in _READ} if isinstance(claims["exp"], int) else None
            )
        return None

    async def seal(self, purpose: str, content: str) -> str:
        return _tag(self._seal_keys[0], purpose, content)

    async def unseal(self, purpose: str, content: str, tag: str) -> bool:
        given = tag.encode()
        return any(
            hmac.compare_digest(_tag(key, purpose, content).encode(), given)
            for key in self._seal_keys
        )

    async def sign_ticket(self, code: TicketCode) -> str:
        header = ticket_code.header(code, self._own_public)
        return ticket_code.write(header, await self._sign(ticket_code.message(header)))

    async def verify_ticket(self, text: str) -> TicketCode | None:
        signed = ticket_code.read(text)
        keys = self._public.get(signed.key_id, ()) if signed is not None else ()
        for public in keys:
            assert signed is not None
            if await self._is_signed(public, signed.signature, signed.message):
                return signed.code
        return None


def _derive(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"bashi/{purpose}".encode(), "sha256")


def _tag(key: bytes, purpose: str, content: str) -> str:
    return _b64(hmac.digest(key, f"{purpose}\n{content}".encode(), "sha256"))


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
