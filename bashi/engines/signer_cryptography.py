"""Signer on the `cryptography` package (Ed25519), for servers."""

import hmac
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from bashi.engines.keyed_signer import KeyedSigner


class ServerSigner(KeyedSigner):
    """Keys are raw: 32 bytes each."""

    def __init__(
        self,
        secrets: Sequence[str],
        ticket_key: bytes,
        accepted_ticket_keys: Sequence[bytes] = (),
    ) -> None:
        self._ticket_key = Ed25519PrivateKey.from_private_bytes(ticket_key)
        own = self._ticket_key.public_key().public_bytes_raw()
        super().__init__(secrets, own, accepted_ticket_keys)
        self._own_ticket_key = own
        self._older_ticket_keys = {
            public: Ed25519PublicKey.from_public_bytes(public) for public in accepted_ticket_keys
        }

    async def _sign(self, message: bytes) -> bytes:
        return self._ticket_key.sign(message)

    async def _is_signed(self, public: bytes, signature: bytes, message: bytes) -> bool:
        """Ed25519 gives a message one signature (RFC 8032 §5.1.6): to sign again with our own key
        and compare takes a third of the time of verifying."""
        if public == self._own_ticket_key:
            return hmac.compare_digest(self._ticket_key.sign(message), signature)
        try:
            self._older_ticket_keys[public].verify(signature, message)
        except InvalidSignature:
            return False
        return True
