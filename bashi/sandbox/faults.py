"""What goes wrong, and how often. Set over /sandbox/control; a restart ends all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bashi.sandbox.errors import invalid


@dataclass
class Faults:
    webhook_delay_seconds: float = 0.0
    """Between an event and its first delivery."""
    webhook_duplicates: int = 0
    """Each event is delivered this many times more, at the same moment."""
    webhook_reorder: bool = False
    """Newest first, and each waits half a second so that there is something to reorder."""
    webhook_drop_next: int = 0
    """The next events are never delivered; they stay in the API's list."""
    webhook_paused: bool = False
    """Nothing is delivered until it is false again."""
    api_match: str = ""
    """The API faults below hit only requests whose "METHOD path" holds this text, for example
    "POST /v1/refunds"."""
    api_delay_seconds: float = 0.0
    """Before the work; a second request with the same idempotency key meanwhile gets 409."""
    api_fail_next: int = 0
    """The next requests are answered with `api_fail_status`."""
    api_fail_status: int = 500
    api_fail_code: str = ""
    """Stripe's error code of that answer; its own for the status unless said."""
    api_fail_after_work: bool = False
    """True: the work is done, and the failure is what the idempotency key remembers, as Stripe
    remembers it. False: nothing is done and nothing remembered."""
    api_drop_next: int = 0
    """The next requests are carried out and remembered, and their replies cut off."""
    refund_fail_next: int = 0
    """The next refunds succeed at first and fail a little later."""
    refund_pending_next: int = 0
    """The next refunds are pending at first and succeed a little later."""

    def spend(self, name: str) -> bool:
        """True when one of the counted faults was left, which is then used up."""
        left: int = getattr(self, name)
        if left > 0:
            setattr(self, name, left - 1)
        return left > 0

    def hits(self, method: str, path: str) -> bool:
        return self.api_match in f"{method} {path}"

    def change(self, values: Mapping[str, Any]) -> None:
        """Values may be text, as a page's form sends them. Raises StripeError 400."""
        types = {one.name: type(one.default) for one in fields(self)}
        for name, value in values.items():
            if name not in types:
                raise invalid(f"Unknown fault: {name}", name)
            setattr(self, name, _cast(types[name], name, value))


def _cast(kind: type, name: str, value: Any) -> Any:
    if kind is bool:
        return value in (True, "true", "on", "1", 1)
    try:
        return kind(value)
    except (TypeError, ValueError):
        raise invalid(f"Not a {kind.__name__}: {value}", name) from None
