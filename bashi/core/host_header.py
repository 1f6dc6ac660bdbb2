"""The host that a Host header names (RFC 9110 §7.2), read by a whole match.

A URL parser forgives: it reads a loopback name out of `evil.test\\@localhost` and `[::1]evil.test`,
where a browser or a proxy reads another host.
"""

import re

_HOST = re.compile(r"([a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)


def host_of(header: str) -> str:
    """Lower-cased, without its port and brackets; empty for what is no host."""
    found = _HOST.fullmatch(header)
    return found[1].lower().strip("[]") if found else ""
