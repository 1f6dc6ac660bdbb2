"""Signer on WebCrypto (Ed25519), for the edge."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Self

from js import crypto

from bashi.engines.keyed_signer import KeyedSigner
from bashi.engines.workers.javascript import octets, words

ALGORITHM = "Ed25519"
_PKCS8 = bytes.fromhex("302e020100300506032b657004220420")
"""What stands before the 32 bytes of a private key. Source: RFC 8410 §7."""


class WebCryptoSigner(KeyedSigner):
    def __init__(
        self, secrets: Sequence[str], private: Any, public: Mapping[bytes, Any], own: bytes
    ) -> None:
        """`open` makes one."""
        super().__init__(secrets, own, public)
        self._ticket_key = private
        self._ticket_keys = public

    @classmethod
    async def open(
        cls, secrets: Sequence[str], ticket_key: bytes, accepted_ticket_keys: Sequence[bytes] = ()
    ) -> Self:
        """Keys are raw: 32 bytes each."""
        private = await crypto.subtle.importKey(
            "pkcs8", octets(_PKCS8 + ticket_key), ALGORITHM, True, words("sign")
        )
        own = _public_of(await crypto.subtle.exportKey("jwk", private))
        public = {
            raw: await crypto.subtle.importKey("raw", octets(raw), ALGORITHM, True, words("verify"))
            for raw in (own, *accepted_ticket_keys)
        }
        return cls(secrets, private, public, own)

    async def _sign(self, message: bytes) -> bytes:
        made = await crypto.subtle.sign(ALGORITHM, self._ticket_key, octets(message))
        signature: bytes = made.to_bytes()
        return signature

    async def _is_signed(self, public: bytes, signature: bytes, message: bytes) -> bool:
        key = self._ticket_keys[public]
        return bool(await crypto.subtle.verify(ALGORITHM, key, octets(signature), octets(message)))


def _public_of(jwk: Any) -> bytes:
    """RFC 8037 §2: `x`, in base64url without padding."""
    return base64.urlsafe_b64decode(f"{jwk.x}=")
