"""Valid media keys: plain relative paths, none of which leads elsewhere."""

import re

_KEY = re.compile(r"[a-z0-9_][a-z0-9_.-]*(/[a-z0-9_][a-z0-9_.-]*)*")
_KEY_MAX = 200


def valid(key: str) -> bool:
    return len(key) <= _KEY_MAX and _KEY.fullmatch(key) is not None


def checked(key: str) -> str:
    """Raises ValueError."""
    if not valid(key):
        raise ValueError(f"not a media key: {key[:50]!r}")
    return key
