"""Search text as a LIKE pattern; the backslash escapes."""

import string

_BYTES = 48
"""D1 takes 50, of which two are the signs on either side.
Source: https://developers.cloudflare.com/d1/platform/limits/"""

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
"""All that `lower()` of the engines knows: of É they make no é."""


def like_pattern(words: str) -> str:
    """Finds the words as they stand, in lower case; what is too long for a pattern is cut off."""
    pattern = ""
    for sign in " ".join(words.translate(_LOWER).split()):
        escaped = f"\\{sign}" if sign in "\\%_" else sign
        if len((pattern + escaped).encode()) > _BYTES:
            break
        pattern += escaped
    return f"%{pattern}%"
