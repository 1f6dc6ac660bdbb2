"""Time zones by their IANA names."""

from functools import cache
from zoneinfo import available_timezones

_OF_A_MACHINE = frozenset(("Factory", "localtime", "posixrules"))
"""Files of a machine's zoneinfo folder that are no places: browsers refuse them."""


def known_zone(name: str) -> bool:
    """Whether servers and browsers know it: `posix/…`, `right/…` and `localtime` are a machine's
    own (https://tc39.es/ecma402/#sec-time-zone-identifiers)."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones()) - _OF_A_MACHINE
