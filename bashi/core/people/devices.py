"""Browsers that signed in before, known by a long-lived cookie of which only a digest is stored.

They may go on trying passwords when strangers have guessed too often, so that nobody can lock
another person out of a browser of theirs. Each is known for the accounts that signed in with it.
"""

import re
from dataclasses import dataclass

from bashi.core.ports import Ports
from bashi.core.tokens import digest

_SECRET = re.compile(r"[\w-]{22,128}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Device:
    hash: str
    secret: str | None
    """What its cookie holds; None for one that is known by the session only."""


def presented(secret: str | None) -> Device | None:
    """The device of a cookie; None without one, or with one that we never made."""
    if secret is None or not _SECRET.fullmatch(secret):
        return None
    return Device(digest(secret), secret)


def new_device(ports: Ports) -> Device:
    secret = ports.ids.secret()
    return Device(digest(secret), secret)
