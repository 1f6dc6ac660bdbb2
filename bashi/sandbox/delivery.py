"""Webhooks: signed when sent, and sent again until the endpoint says 2xx.

Signature: https://docs.stripe.com/webhooks#verify-manually. Stripe's pauses grow to hours; these
to `RETRY_SECONDS_MAX`, since nobody wants to wait that long for a test.
"""

import asyncio
import contextlib
import hmac
import json
from dataclasses import dataclass, field
from hashlib import sha256

import httpx

from bashi.sandbox.books import Books

RETRY_SECONDS = 0.25
RETRY_SECONDS_MAX = 5.0
IN_FLIGHT_MAX = 16
TIMEOUT_SECONDS = 20.0
REORDER_SECONDS = 0.5
IDLE_SECONDS = 0.5


def sign(body: bytes, secret: str, timestamp: int) -> str:
    """The value of the header Stripe-Signature."""
    payload = f"{timestamp}.".encode() + body
    return f"t={timestamp},v1={hmac.new(secret.encode(), payload, sha256).hexdigest()}"


@dataclass
class Deliveries:
    books: Books
    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        self._wake = asyncio.Event()
        self._in_flight: set[int] = set()
        self.books.wake = self._wake.set

    async def run(self) -> None:
        """Delivers until it is canceled."""
        # Never through a proxy of the environment: the endpoint is on this machine.
        async with (
            httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as client,
            asyncio.TaskGroup() as group,
        ):
            while True:
                self._wake.clear()
                for delivery, event_id, attempts in self._due():
                    self._in_flight.add(delivery)
                    group.create_task(self._deliver(client, delivery, event_id, attempts))
                await self._pause()

    def _due(self) -> list[tuple[int, str, int]]:
        faults = self.books.faults
        room = IN_FLIGHT_MAX - len(self._in_flight)
        if faults.webhook_paused or room <= 0:
            return []
        now = self.books.now() - (REORDER_SECONDS if faults.webhook_reorder else 0)
        direction = -1 if faults.webhook_reorder else 1
        rows = self.books.store.sql.execute(
            "SELECT id, event, attempts FROM delivery WHERE state = 'due' AND due <= ?"
            " ORDER BY id * ? LIMIT ?",
            (now, direction, IN_FLIGHT_MAX + room),
        ).fetchall()
        return [row for row in rows if row[0] not in self._in_flight][:room]

    async def _pause(self) -> None:
        """Until something is queued or delivered, or the next repeat is due."""
        row = self.books.store.sql.execute(
            "SELECT min(due) FROM delivery WHERE state = 'due' AND due > ?", (self.books.now(),)
        ).fetchone()
        idle = IDLE_SECONDS if row[0] is None else min(IDLE_SECONDS, row[0] - self.books.now())
        # Not wait_for, which in Python 3.11 may swallow a cancellation.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(idle, 0.001)):
                await self._wake.wait()

    async def _deliver(
        self, client: httpx.AsyncClient, delivery: int, event_id: str, attempts: int
    ) -> None:
        event = self.books.find("event", event_id)
        body = json.dumps(event).encode()
        headers = {
            "content-type": "application/json; charset=utf-8",
            "stripe-signature": sign(body, self.secret, self.books.seconds()),
            "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        }
        try:
            answer = await client.post(self.url, content=body, headers=headers)
            status = str(answer.status_code)
        except httpx.RequestError as failure:
            status = type(failure).__name__
        # Only a canceled task skips this, and then the row is still due after the restart.
        pause = min(RETRY_SECONDS * 2.0 ** min(attempts, 16), RETRY_SECONDS_MAX)
        self.books.store.sql.execute(
            "UPDATE delivery SET state = ?, due = ?, attempts = attempts + 1, answer = ?"
            " WHERE id = ?",
            (
                "done" if status.startswith("2") else "due",
                self.books.now() + pause,
                status,
                delivery,
            ),
        )
        self._in_flight.discard(delivery)
        self._wake.set()

    def pending(self) -> int:
        """Deliveries that are still to be made."""
        return int(
            self.books.store.sql.execute(
                "SELECT count(*) FROM delivery WHERE state = 'due'"
            ).fetchone()[0]
        )
