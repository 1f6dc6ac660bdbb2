"""Open a Checkout session for a bill: an attempt row first, then Stripe, then the link.

The page polls this; each call does at most one step, so it works the same without background
tasks. No lock is held while Stripe thinks: a lease on the attempt keeps others from asking twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core import claims, limits
from bashi.core.alarms import raise_alarm
from bashi.core.batch import Refused, Statement
from bashi.core.errors import Conflict
from bashi.core.payments import attempts
from bashi.core.payments.attempts import Attempt, AttemptStatus, read_request, write_request
from bashi.core.payments.parts import Part
from bashi.core.payments.provider import (
    CheckoutLine,
    CheckoutRequest,
    CheckoutSession,
    PaymentsRefused,
    PaymentsUnavailable,
)
from bashi.core.payments.settle import settle
from bashi.core.ports import Ports

LEASE_MS = 30_000
RETRY_SECONDS = 2
LANE = "stripe-sessions"
REFUSED = "payment.refused"
"""The alarm of a session that Stripe would not make."""


@dataclass(frozen=True, slots=True)
class Ready:
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    place: int
    """How many payment pages are opened before this one."""
    retry_after_seconds: int


@dataclass(frozen=True, slots=True)
class Due:
    """There is no page, and none is being opened: `begin` makes this attempt."""

    number: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What one page asks for. The first part's subject gives the attempts their names."""

    parts: Sequence[Part]
    description: str
    email: str
    locale: str
    currency: str
    lines: Sequence[CheckoutLine]
    success_url: str
    cancel_url: str
    waits_until: int
    """How long its subjects wait for the payment by themselves."""

    @property
    def reference(self) -> str:
        return self.parts[0].subject_id

    @property
    def amount_cents(self) -> int:
        return sum(part.amount_cents for part in self.parts)


async def carry_on(ports: Ports, kind: str, subject_id: str) -> Ready | Waiting | Due:
    """The link, when to ask again, or which attempt is due. Raises Conflict (`order_closed`,
    `payment_refused`)."""
    tries = await attempts.of_subject(ports.database, kind, subject_id)
    latest = tries[0] if tries else None
    now = ports.clock.now()
    if latest is None or latest.status in (AttemptStatus.ABANDONED, AttemptStatus.EXPIRED):
        return Due(latest.number + 1 if latest else 1)
    if latest.status is AttemptStatus.OPEN:
        return Ready(latest.url) if latest.url else Waiting(0, RETRY_SECONDS)
    if latest.status is not AttemptStatus.OPENING:
        raise _closed("This payment has arrived.")
    if _waits(latest, now):
        return _waiting(ports, latest.slot_at, now)
    if now < latest.busy_until <= now + LEASE_MS:
        return Waiting(0, 1)
    return await _ask_stripe(ports, latest, now)


async def begin(ports: Ports, bill: Bill, due: Due) -> Ready | Waiting:
    """Raises Conflict (`too_many_attempts`, `order_closed`, `payment_refused`)."""
    if due.number > limits.ATTEMPTS_PER_ORDER:
        raise Conflict("too_many_attempts", "Cancel this order and start again, please.")
    now = ports.clock.now()
    slot_at = now + await ports.limiter.slot(LANE, ports.payments.sessions_per_second)
    ends_at = ports.payments.now(now) + slot_at - now + limits.SESSION_EXPIRES_SECONDS * 1000
    request = _request(bill, due.number, ends_at)
    # Whoever is served at once holds the lease from the start: a batch less on the way to Stripe.
    busy_until = now + LEASE_MS if slot_at <= now else 0
    most = now + limits.PAYMENT_LINE_SECONDS * 1000
    lasts = max(bill.waits_until, min(slot_at, most) + limits.PAYMENT_UNKNOWN_SECONDS * 1000)
    insert = attempts.INSERT(
        id=request.attempt_id,
        reference=bill.reference,
        number=due.number,
        request=write_request(request),
        amount=bill.amount_cents,
        currency=bill.currency,
        livemode=int(ports.payments.livemode),
        slot_at=slot_at,
        busy_until=busy_until,
        expires_at=request.expires_at,
        now=now,
    )
    written = [insert, *attempts.insert_parts(request.attempt_id, bill.parts)]
    try:
        await ports.database.batch([*written, *_keep(ports, bill.parts, lasts)])
    except Refused as refused:
        if refused.name == "payment_attempt.id":
            return Waiting(0, 1)  # another tab was first
        raise _closed("This order is closed.") from refused
    if now < slot_at:
        return _waiting(ports, slot_at, now)
    begun = await attempts.find(ports.database, attempts.BY_ID(id=request.attempt_id))
    assert begun is not None
    return await _ask(ports, begun, now)


def _waits(attempt: Attempt, now: int) -> bool:
    """In line. Who came at a moment that is yet to come did so before a clock was set right."""
    return now < attempt.slot_at and attempt.created_at <= now + limits.CLOCKS_APART_SECONDS * 1000


def _keep(ports: Ports, parts: Sequence[Part], until: int) -> list[Statement]:
    return [ports.subjects[part.subject_kind].keep(part.subject_id, until) for part in parts]


def _closed(words: str) -> Conflict:
    return Conflict("order_closed", words)


def _request(bill: Bill, number: int, ends_at: int) -> CheckoutRequest:
    return CheckoutRequest(
        reference=bill.reference,
        attempt_id=f"{bill.reference}:{number}",
        description=bill.description,
        email=bill.email,
        locale=bill.locale,
        currency=bill.currency,
        lines=bill.lines,
        expires_at=ends_at,
        success_url=bill.success_url,
        cancel_url=bill.cancel_url,
    )


async def _ask_stripe(ports: Ports, attempt: Attempt, now: int) -> Ready | Waiting:
    lease = attempts.LEASE(
        1, "attempt_is_free", until=now + LEASE_MS, id=attempt.id, seen=attempt.busy_until
    )
    try:
        await ports.database.batch([lease])
    except Refused:
        return Waiting(0, 1)
    return await _ask(ports, attempt, now)


async def _ask(ports: Ports, attempt: Attempt, now: int) -> Ready | Waiting:
    """By whoever holds the lease."""
    try:
        session = await _session(ports, attempt, now)
    except PaymentsUnavailable:
        await _free_lease(ports, attempt.id, now + LEASE_MS)
        return Waiting(0, RETRY_SECONDS)
    except PaymentsRefused as refused:
        await _keep_refusal(ports, attempt, refused, now)
        raise _explain(refused) from refused
    if session is None:
        await ports.database.batch([attempts.ABANDON(id=attempt.id)])
        return Waiting(0, 1)
    return await attach(ports, attempt, session)


async def _keep_refusal(ports: Ports, attempt: Attempt, refused: PaymentsRefused, now: int) -> None:
    """For whoever is written to. Stripe's words may hold the address, so the alarm has none."""
    words = f"{attempt.parts[0].subject_kind} {attempt.reference}: Stripe said {refused.code}"
    await ports.database.batch(
        [
            attempts.REFUSE(failure=str(refused)[: limits.FAILURE_CHARS], id=attempt.id),
            raise_alarm(REFUSED, attempt.reference, words, now),
        ]
    )


def _explain(refused: PaymentsRefused) -> Conflict:
    if refused.code == "email_invalid":
        words = (
            "The payment service does not take your email address. Nothing was charged. Correct the"
            " address in your account, cancel this order and order again."
        )
        return Conflict("payment_email_refused", words, provider_code=refused.code)
    words = "The payment service refused this order. Please write to us; nothing was charged."
    return Conflict("payment_refused", words, provider_code=refused.code)


async def _session(ports: Ports, attempt: Attempt, now: int) -> CheckoutSession | None:
    """The session of this attempt. Stripe's idempotency makes repeating safe for a while; after
    that only its list can tell whether our lost request arrived."""
    if now - max(attempt.created_at, attempt.slot_at) < limits.PAYMENT_UNKNOWN_SECONDS * 1000:
        request = read_request(attempt.request)
        return await ports.payments.soon().create_checkout(attempt.id, request)
    return await _find_session(ports, attempt)


async def _find_session(ports: Ports, attempt: Attempt) -> CheckoutSession | None:
    """Look for a session of ours that we never heard of. Each page has its own time, since a long
    list must be read to its end. Raises PaymentsUnavailable."""
    after: str | None = None
    while True:
        page = await ports.payments.soon().list_checkouts(attempt.created_at - 60_000, after)
        for session in page.items:
            if session.attempt_id == attempt.id:
                return session
        after = page.next_after
        if after is None:
            return None


async def attach(ports: Ports, attempt: Attempt, session: CheckoutSession) -> Ready | Waiting:
    """Hand the link out only if all parts still wait for it. Raises Conflict (`order_closed`)."""
    if session.status == "expired":
        await ports.database.batch([attempts.ABANDON(id=attempt.id)])
        return Waiting(0, 1)
    now = ports.clock.now()
    attached = attempts.ATTACH(
        1, "attempt_is_opening", session=session.id, url=session.url, now=now, id=attempt.id
    )
    lasts = now + limits.SESSION_OPEN_SECONDS * 1000
    try:
        await ports.database.batch([attached, *_keep(ports, attempt.parts, lasts)])
    except Refused as refused:
        if refused.name == "subject_is_open":
            raise _closed("This order is closed.") from refused
        return Waiting(0, 1)
    if session.url is None:  # complete: somebody paid, and no reply had told us of the page
        await settle(ports, session, claims.asked_settlement(session.id), "session.asked")
        return Waiting(0, 1)
    return Ready(session.url)


async def _free_lease(ports: Ports, attempt_id: str, until: int) -> None:
    soon = ports.clock.now() + RETRY_SECONDS * 1000
    await ports.database.batch([attempts.LEASE(until=soon, id=attempt_id, seen=until)])


def _waiting(ports: Ports, slot_at: int, now: int) -> Waiting:
    ahead = (slot_at - now) * ports.payments.sessions_per_second // 1000
    return Waiting(ahead, max(1, min(15, (slot_at - now) // 1000)))
