"""Payloads of access tokens, mailed links and order keys. Crypto is the Signer's.

mailed link   LINK_ID.TAG                             the tag is keyed and never stored
order link    ORDER_ID.TAG
"""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

ISSUER = "bashi"
AUDIENCE = "bashi-api"
LINK = "mailed-link"
ORDER = "order"


def access_claims(
    person_id: str, session_id: str, now: int, lifetime_seconds: int
) -> Mapping[str, Any]:
    """RFC 7519 claims; `sid` names the session that each request checks."""
    issued = now // 1000
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": person_id,
        "sid": session_id,
        "iat": issued,
        "exp": issued + lifetime_seconds,
    }


def ticket_address(site_url: str, code: str) -> str:
    """What the QR holds. The code stands in the fragment, which no server log ever sees."""
    return f"{site_url}/t/#{code}"


def is_uuid(text: str) -> bool:
    """Canonical lower-case text of any UUID: what clients may choose as an id."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def split_sealed(token: str) -> tuple[str, str]:
    """(id, tag); empty strings for what is not of that form."""
    identity, dot, tag = token.partition(".")
    return (identity, tag) if dot and is_uuid(identity) else ("", "")


def digest(secret: str) -> str:
    """For secrets of 128 random bits or more, which need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
