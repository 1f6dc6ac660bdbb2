"""What time it is at Stripe, by the Date of its answers: our own clock may be hours off."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

CLOSE_MS = 30_000
"""As near as this our clock counts as right: a Date has whole seconds, and took its way here."""


class StripeTime:
    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds`: a clock that is never set, only goes on."""
        self._seconds = seconds
        self._heard: tuple[int, float] | None = None

    def hear(self, date: str | None) -> None:
        """The header of an answer that has just come."""
        try:
            at_ms = round(parsedate_to_datetime(date or "").timestamp() * 1000)
        except ValueError:
            return
        self._heard = (at_ms, self._seconds())

    def now(self, ours: int) -> int:
        """Epoch milliseconds: `ours`, unless it is far from what Stripe said."""
        if self._heard is None:
            return ours
        said, then = self._heard
        theirs = said + round((self._seconds() - then) * 1000)
        return ours if abs(theirs - ours) < CLOSE_MS else theirs
