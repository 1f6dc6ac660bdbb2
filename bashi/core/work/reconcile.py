"""Ask Stripe for what we never heard: lost webhooks heal, and the console shows the figure."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from bashi.core import limits
from bashi.core.batch import Indefinite, Query, Refused, Unavailable
from bashi.core.orders.settle import RECORD, PaymentOutcome, settle
from bashi.core.payments import attempts
from bashi.core.payments.attempts import AttemptStatus
from bashi.core.payments.provider import CheckoutSession, PaymentEvent, PaymentsUnavailable
from bashi.core.ports import Ports
from bashi.core.work.payment_events import hear

SETTING = "reconciled"
OVERLAP_MS = 600_000  # Stripe's list and our clock need not agree to the second
FIRST_LOOK_MS = 3 * 86_400_000  # Stripe gives up on a webhook after three days
ALARM_MS = 30 * 86_400_000

PUT = Query(
    "INSERT INTO setting (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
GET = Query("SELECT value FROM setting WHERE name = :name")


# Paid sessions that are not what we asked for, and have neither tickets nor a refund by now.
UNEXPLAINED = Query(
    "SELECT COUNT(DISTINCT e.session_id) AS sessions FROM payment_event e"
    " WHERE e.outcome = 'mismatch' AND e.received_at > :since AND e.session_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM payment_attempt a WHERE a.session_id = e.session_id"
    " AND a.status IN ('paid', 'returned'))"
)


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


async def last_reconciled(ports: Ports) -> Reconciled | None:
    rows = await ports.database.fetch(GET(name=SETTING))
    return Reconciled(**json.loads(rows[0]["value"])) if rows else None


async def reconcile(ports: Ports) -> Reconciled:
    """Raises PaymentsUnavailable; then the last figures stay, with their time."""
    now = ports.clock.now()
    last = await last_reconciled(ports)
    since = now - FIRST_LOOK_MS if last is None else (last.again_from or last.checked_at)
    since -= OVERLAP_MS
    paid, healed = await _settle_missed(ports, since)
    again_from = await _hear_missed(ports, since)
    unexplained = await ports.database.fetch(UNEXPLAINED(since=now - ALARM_MS))
    figures = Reconciled(now, since, paid, healed, unexplained[0]["sessions"], again_from)
    await ports.database.batch([PUT(name=SETTING, value=json.dumps(asdict(figures)))])
    return figures


async def _settle_missed(ports: Ports, since: int) -> tuple[int, int]:
    """How many paid sessions there were, and how many of them we had not heard of."""
    # A session is paid after it was made, so the look starts a session's life earlier.
    made_from = since - limits.SESSION_EXPIRES_SECONDS * 1000
    paid = healed = 0
    after: str | None = None
    while True:
        page = await ports.payments.list_checkouts(made_from, after)
        for session in await _unsettled(ports, page.items):
            outcome = await settle(ports, session, f"sweep:{session.id}", "session.found")
            healed += outcome in (PaymentOutcome.SETTLED, PaymentOutcome.RETURNED)
        paid += sum(session.payment_status == "paid" for session in page.items)
        after = page.next_after
        if after is None:
            return paid, healed


async def _unsettled(ports: Ports, sessions: Sequence[CheckoutSession]) -> list[CheckoutSession]:
    """Paid ones of ours that neither settled an order nor are being returned."""
    ours = [one for one in sessions if one.payment_status == "paid" and one.attempt_id is not None]
    if not ours:
        return []
    rows = await ports.database.fetch(attempts.BY_SESSIONS(sessions=[one.id for one in ours]))
    known = {row["session_id"]: attempts.attempt(row).state for row in rows}
    return [
        one for one in ours if known.get(one.id) not in (AttemptStatus.PAID, AttemptStatus.RETURNED)
    ]


async def _hear_missed(ports: Ports, since: int) -> int | None:
    """Refunds made at Stripe, and expired sessions, whose webhooks were lost. Returns the moment of
    the oldest event that must be heard again."""
    later: list[int] = []
    after: str | None = None
    while True:
        page = await ports.payments.list_events(since, after)
        later += [
            event.created_at
            for event in page.items
            if await _hear(ports, event) is PaymentOutcome.LATER
        ]
        after = page.next_after
        if after is None:
            return min(later, default=None)


async def _hear(ports: Ports, event: PaymentEvent) -> PaymentOutcome:
    """One that we cannot deal with is an alarm, heard again at each look, and hides no other."""
    try:
        return await hear(ports, event)
    except (PaymentsUnavailable, Unavailable, Indefinite):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the rest must be heard
        alarm = RECORD(
            id=f"unheard:{event.id}",
            type=event.type,
            outcome="alarm",
            order=None,
            session=None,
            detail=f"event {event.id} could not be dealt with: {type(error).__name__}: {error}",
            now=ports.clock.now(),
        )
    with suppress(Refused):  # it is there already
        await ports.database.batch([alarm])
    return PaymentOutcome.LATER
