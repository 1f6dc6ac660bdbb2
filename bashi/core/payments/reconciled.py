"""The last look for payments that nobody told us of."""

import json
from dataclasses import dataclass

from bashi.core.ports import Ports
from bashi.core.setting import GET

SETTING = "reconciled"


@dataclass(frozen=True, slots=True)
class Reconciled:
    checked_at: int
    looked_from: int
    sessions: int
    """Paid sessions that Stripe named in this look."""
    healed: int
    """Of those, how many had not been heard of."""
    paid_without_ticket: int
    """Payments that have neither tickets nor their money on the way back."""
    again_from: int | None = None
    """Where the next look starts when something could not be dealt with yet."""
    heard_to: int | None = None
    """When the newest event came about that Stripe named, by its own clock: ours may be wrong."""


async def last_reconciled(ports: Ports) -> Reconciled | None:
    rows = await ports.database.fetch(GET(name=SETTING))
    return Reconciled(**json.loads(rows[0]["value"])) if rows else None
