"""Reconcile with Stripe: find sessions and events that we never heard of."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from bashi.core import alarms, claims, limits
from bashi.core.batch import Indefinite, Query, Unavailable
from bashi.core.payments import attempts
from bashi.core.payments.attempts import AttemptStatus
from bashi.core.payments.provider import CheckoutSession, PaymentEvent, PaymentsUnavailable
from bashi.core.payments.reconciled import SETTING, Reconciled, last_reconciled
from bashi.core.payments.record import MISMATCH, PaymentOutcome
from bashi.core.payments.settle import settle
from bashi.core.ports import Ports
from bashi.core.setting import PUT
from bashi.core.work.payment_events import hear

OVERLAP_MS = 600_000  # Stripe's list and our clock need not agree to the second
FIRST_LOOK_MS = 3 * 86_400_000  # Stripe gives up on a webhook after three days


# Paid sessions that are not what we asked for, have neither tickets nor a refund by now, and nobody
# has seen to.
UNEXPLAINED = Query(
    "SELECT COUNT(*) AS sessions FROM alarm WHERE kind = :kind AND resolved_at IS NULL"
    " AND last_at >= 0 AND NOT EXISTS (SELECT 1 FROM payment_attempt a"
    " WHERE a.session_id = alarm.subject_id AND a.status IN ('paid', 'returned'))"
)
UNHEARD = "payment_event.unheard"
"""The alarm of an event that could not be dealt with: heard again at each look."""


async def reconcile(ports: Ports) -> Reconciled:
    """Raises PaymentsUnavailable; then the last figures stay, with their time."""
    now = ports.clock.now()
    last = await last_reconciled(ports)
    heard_to = last.heard_to if last and last.heard_to else now - FIRST_LOOK_MS
    since = (last.again_from if last and last.again_from else heard_to) - OVERLAP_MS
    paid, healed = await _settle_missed(ports, since)
    again_from, newest = await _hear_missed(ports, since)
    unexplained = await ports.database.fetch(UNEXPLAINED(kind=MISMATCH))
    figures = Reconciled(
        checked_at=now,
        looked_from=since,
        sessions=paid,
        healed=healed,
        paid_without_ticket=unexplained[0]["sessions"],
        again_from=again_from,
        heard_to=max(heard_to, newest),
    )
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
            outcome = await settle(
                ports, session, claims.swept_settlement(session.id), "session.found"
            )
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
    rows = await ports.database.fetch(attempts.STATES(sessions=[one.id for one in ours]))
    known = {row["session_id"]: AttemptStatus(row["status"]) for row in rows}
    return [
        one for one in ours if known.get(one.id) not in (AttemptStatus.PAID, AttemptStatus.RETURNED)
    ]


async def _hear_missed(ports: Ports, since: int) -> tuple[int | None, int]:
    """Refunds made at Stripe, and expired sessions, whose webhooks were lost. Returns the moment of
    the oldest event that must be heard again, and that of the newest of all."""
    later: list[int] = []
    newest = 0
    unheard = {alarm.subject_id for alarm in await alarms.open_alarms(ports, UNHEARD)}
    after: str | None = None
    while True:
        page = await ports.payments.list_events(since, after)
        for event in page.items:
            newest = max(newest, event.created_at)
            if await _hear(ports, event) is PaymentOutcome.LATER:
                later.append(event.created_at)
            elif event.id in unheard:
                now = ports.clock.now()
                await ports.database.batch([alarms.end_alarm(UNHEARD, event.id, now)])
        after = page.next_after
        if after is None:
            return min(later, default=None), newest


async def _hear(ports: Ports, event: PaymentEvent) -> PaymentOutcome:
    """One that we cannot deal with is an alarm, heard again at each look, and hides no other."""
    try:
        return await hear(ports, event)
    except (PaymentsUnavailable, Unavailable, Indefinite):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the rest must be heard
        problem = f"{type(error).__name__}: {error}"
    words = f"{event.type} {event.id} could not be dealt with: {problem}"
    alarm = alarms.raise_alarm(UNHEARD, event.id, words, ports.clock.now())
    await ports.database.batch([alarm])
    return PaymentOutcome.LATER
