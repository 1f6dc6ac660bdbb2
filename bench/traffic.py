"""Prepared requests, each by the person and about the thing that a real one would be."""

import base64
import json
import random
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from bashi.core import tokens
from bashi.core.ticket_code import TicketCode, event_tag
from bashi.engines.signer_cryptography import ServerSigner
from bashi.engines.system import SystemClock
from bashi.entry.demo.demo import demo_environment
from bashi.http.fields import rfc3339
from bashi.sandbox import shapes
from bashi.sandbox.delivery import sign
from bench.database import (
    EVENT,
    PENDING,
    PERSON,
    PRICE_CENTS,
    SESSION,
    STAFF,
    TICKET,
    TYPE,
    TYPES_PER_EVENT,
    Size,
    id_of,
    session_of,
)
from bench.servers import request

SCAN, HELD = 0x10, 0x11  # what other ids name
TOKEN_SECONDS = 86_400


class Traffic:
    """For one data folder: it signs with the secrets that the demo made there."""

    def __init__(self, data_dir: Path, size: Size) -> None:
        secrets = demo_environment(data_dir, 0)
        self._size = size
        self._webhook_secret = secrets["stripe_webhook_secrets"]
        self._signer = ServerSigner([secrets["secret"]], base64.b64decode(secrets["ticket_key"]))
        # Tickets and buyers in no order, each at most once.
        self._tickets = iter(random.Random(1).sample(range(1, size.tickets + 1), size.tickets))
        self._buyers = iter(range(STAFF + 1, size.buyers + STAFF + 1))

    def event(self, caller: int = 1) -> bytes:
        return request("GET", "/api/events/event-1", X_Forwarded_For=address(caller))

    async def verifies(self, count: int) -> list[bytes]:
        """Tickets may come again, as they do at a door with a list."""
        token = await self.token(STAFF)
        numbers = random.Random(2).choices(range(1, self._size.tickets + 1), k=count)
        return [
            request(
                "GET",
                f"/api/tickets/verify/{id_of(TICKET, number)}",
                Authorization=token,
                X_Forwarded_For=address(1),
            )
            for number in numbers
        ]

    async def scans(self, count: int) -> list[bytes]:
        """Tickets that no one scanned before."""
        token = await self.token(STAFF)
        return [await self._scan(number, token) for number in _take(self._tickets, count)]

    async def holds(self, count: int, types: int = TYPES_PER_EVENT) -> list[bytes]:
        """Two seats each of one of the first `types`, by people who have no open order, from
        different addresses."""
        return [await self._hold(number, types) for number in _take(self._buyers, count)]

    def payments(self, numbers: Iterable[int]) -> list[bytes]:
        """Stripe's word that these pending orders were paid. Signed now: worthless in 5 minutes."""
        return [self._payment(number, int(time.time())) for number in numbers]

    async def _scan(self, number: int, token: str) -> bytes:
        event_id, ticket_id = id_of(EVENT, self._size.event_of(number)), id_of(TICKET, number)
        code = TicketCode(ticket_id, event_tag(event_id), 1)
        body = {
            "scan_id": id_of(SCAN, number),
            "code": await self._signer.sign_ticket(code),
            "gate": "Gate B",
            "scanned_at": rfc3339(SystemClock().now()),
        }
        return request(
            "POST",
            f"/api/door/{event_id}/scans",
            json.dumps(body).encode(),
            Authorization=token,
            X_Forwarded_For=address(1),
        )

    async def _hold(self, number: int, types: int) -> bytes:
        kind = number % types
        line = {
            "ticket_type_id": id_of(TYPE, kind + 1),
            "quantity": 2,
            "attendees": ["Mitali Sen", "Arun Sen"],
        }
        body = {
            "id": id_of(HELD, number),
            "event_id": id_of(EVENT, kind // TYPES_PER_EVENT + 1),
            "lines": [line],
            "locale": "en",
            "terms_version": "2026-11",
            "total_cents": 2 * PRICE_CENTS,
        }
        return request(
            "POST",
            "/api/orders",
            json.dumps(body).encode(),
            Authorization=await self.token(number),
            X_Forwarded_For=address(number),
        )

    def _payment(self, number: int, now: int) -> bytes:
        order_id = id_of(PENDING, number)
        asked = {
            "adaptive_pricing": False,
            "allow_promotion_codes": False,
            "amount": PRICE_CENTS,
            "cancel_url": f"http://localhost/order/?canceled=1&id={order_id}",
            "client_reference_id": order_id,
            "currency": "usd",
            "customer_email": "buyer@example.org",
            "expires_at": now + 2400,
            "locale": "en",
            "metadata": {"reference": order_id, "attempt_id": f"{order_id}:1"},
            "success_url": f"http://localhost/order/?id={order_id}",
        }
        session = shapes.session(asked, now=now, url="", key=session_of(number)) | {
            "status": "complete",
            "payment_status": "paid",
            "payment_intent": f"pi_{number:024}",
        }
        event = shapes.event("checkout.session.completed", session, now=now)
        body = json.dumps(event).encode()
        signature = sign(body, self._webhook_secret, now)
        return request("POST", "/webhooks/stripe", body, Stripe_Signature=signature)

    async def token(self, number: int) -> str:
        now = SystemClock().now()
        person_id, session_id = id_of(PERSON, number), id_of(SESSION, number)
        claims = tokens.access_claims(person_id, session_id, now, TOKEN_SECONDS)
        return f"Bearer {await self._signer.access_token(claims)}"


def address(number: int) -> str:
    """Of 65,536 networks, as buyers are spread."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _take(numbers: Iterator[int], count: int) -> list[int]:
    taken = list(islice(numbers, count))
    assert len(taken) == count, "the database is too small for this many rounds"
    return taken
