"""What every piece of work needs: the store, the clock, and a way to tell the world of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bashi.sandbox import shapes
from bashi.sandbox.errors import missing
from bashi.sandbox.faults import Faults
from bashi.sandbox.store import Document, Store

_NAMES = {
    "checkout.session": "checkout.session",
    "payment_intent": "payment_intent",
    "charge": "charge",
    "refund": "refund",
    "dispute": "dispute",
    "balance_transaction": "balance transaction",
    "event": "event",
}


@dataclass
class Books:
    store: Store
    now: Callable[[], float]
    """UTC in seconds."""
    public_url: str
    """Where the sandbox is mounted, as a browser sees it."""
    enabled_events: frozenset[str]
    """What the webhook endpoint subscribes to; empty when there is no endpoint."""
    faults: Faults
    wake: Callable[[], None] = field(default=lambda: None)
    """Called when there is something to deliver."""

    def seconds(self) -> int:
        return int(self.now())

    def find(self, kind: str, key: str, param: str = "id") -> Document:
        """Raises StripeError 404."""
        found = self.store.get(kind, key)
        if found is None:
            raise missing(_NAMES[kind], key, param)
        return found

    def emit(self, kind: str, subject: Document) -> None:
        """Records an event with the object as it is now, and queues its webhook."""
        event = shapes.event(kind, subject, now=self.seconds())
        self.store.add(event, label=kind)
        if kind in self.enabled_events:
            self.enqueue(event["id"], self.faults)

    def enqueue(self, event_id: str, faults: Faults) -> None:
        due = self.now() + faults.webhook_delay_seconds
        state = "dropped" if faults.spend("webhook_drop_next") else "due"
        self.store.sql.executemany(
            "INSERT INTO delivery (event, due, attempts, state) VALUES (?,?,0,?)",
            [(event_id, due, state)] * (1 + faults.webhook_duplicates),
        )
        self.wake()
