"""Search text as a LIKE pattern; the backslash escapes."""

_BYTES = 48
"""D1 takes 50, of which two are the signs on either side.
Source: https://developers.cloudflare.com/d1/platform/limits/"""


def like_pattern(text: str) -> str:
    """Finds the text as it stands; what is too long for a pattern is cut off."""
    pattern = ""
    for sign in " ".join(text.split()):
        escaped = f"\\{sign}" if sign in "\\%_" else sign
        if len((pattern + escaped).encode()) > _BYTES:
            break
        pattern += escaped
    return f"%{pattern}%"
