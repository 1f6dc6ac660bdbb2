"""Pagination cursors: the sort key of the last item, opaque to clients."""

import base64
import binascii
import json

from bashi.core import limits
from bashi.core.errors import Fault, InvalidFields
from bashi.http.json_body import read_json

Key = tuple[int, str]
"""A moment or number, and the id that settles ties."""


def encode(key: Key | None) -> str | None:
    if key is None:
        return None
    return base64.urlsafe_b64encode(json.dumps(key).encode()).rstrip(b"=").decode()


def decode(cursor: str | None) -> Key | None:
    """Raises InvalidFields for a cursor that we did not make."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        match read_json(base64.b64decode(padded, altchars=b"-_", validate=True)):
            case [int(number), str(identity)] if _ours(number, identity):
                return number, identity
    except (binascii.Error, ValueError):
        pass
    raise InvalidFields({"cursor": Fault("bad_cursor", "Start again without a cursor.")})


def _ours(number: int, identity: str) -> bool:
    """JSON's `true` is a number to Python."""
    is_key = len(identity) <= 100 and identity.isascii() and identity.isprintable()
    return type(number) is int and abs(number) < limits.SQL_INTEGER and is_key
