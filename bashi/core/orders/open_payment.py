"""Open a Checkout session for a held order: an attempt row first, then Stripe, then the link.

The page polls this; each call does at most one step, so it works the same without background
tasks. No lock is held while Stripe thinks: a lease on the attempt keeps others from asking twice.
"""

from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Refused
from bashi.core.errors import Conflict
from bashi.core.orders import sql
from bashi.core.orders.rules import OrderStatus
from bashi.core.orders.settle import settle
from bashi.core.orders.sql import Order
from bashi.core.orders.view import EVENT
from bashi.core.payments import attempts
from bashi.core.payments.attempts import Attempt, AttemptStatus, read_request, write_request
from bashi.core.payments.provider import (
    CheckoutLine,
    CheckoutRequest,
    CheckoutSession,
    PaymentsRefused,
    PaymentsUnavailable,
)
from bashi.core.ports import Ports

LEASE_MS = 30_000
RETRY_SECONDS = 2
LANE = "stripe-sessions"


@dataclass(frozen=True, slots=True)
class Ready:
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    place: int
    """How many payment pages are opened before this one."""
    retry_after_seconds: int


async def open_payment(ports: Ports, order: Order) -> Ready | Waiting:
    """The link, or when to ask again. Raises Conflict (`order_closed`, `payment_refused`)."""
    if order.status is not OrderStatus.PENDING:
        raise Conflict("order_closed", f"This order is {order.status}.", order_id=order.id)
    rows = await ports.database.fetch(attempts.OF_ORDER(order=order.id))
    latest = attempts.attempt(rows[0]) if rows else None
    now = ports.clock.now()
    if latest is None or latest.state in (AttemptStatus.ABANDONED, AttemptStatus.EXPIRED):
        return await _begin(ports, order, latest.number + 1 if latest else 1, now)
    if latest.state is AttemptStatus.OPEN:
        return Ready(latest.url) if latest.url else Waiting(0, RETRY_SECONDS)
    if latest.state is not AttemptStatus.OPENING:
        raise Conflict("order_closed", "This order's payment has arrived.", order_id=order.id)
    if _waits(latest, now):
        return _waiting(ports, latest.slot_at, now)
    if now < latest.busy_until <= now + LEASE_MS:
        return Waiting(0, 1)
    return await _ask_stripe(ports, latest, now)


async def _begin(ports: Ports, order: Order, number: int, now: int) -> Ready | Waiting:
    if number > limits.ATTEMPTS_PER_ORDER:
        raise Conflict("too_many_attempts", "Cancel this order and start again, please.")
    slot_at = now + await ports.limiter.slot(LANE, ports.payments.sessions_per_second)
    ends_at = ports.payments.now(now) + slot_at - now + limits.SESSION_EXPIRES_SECONDS * 1000
    request = await _request(ports, order, number, ends_at)
    most = now + limits.PAYMENT_LINE_SECONDS * 1000
    lasts = max(order.expires_at, min(slot_at, most) + limits.PAYMENT_UNKNOWN_SECONDS * 1000)
    # Whoever is served at once holds the lease from the start: a batch less on the way to Stripe.
    busy_until = now + LEASE_MS if slot_at <= now else 0
    try:
        await ports.database.batch(
            [
                attempts.INSERT(
                    id=request.attempt_id,
                    order=order.id,
                    number=number,
                    request=write_request(request),
                    amount=order.total_cents,
                    currency=order.currency,
                    livemode=int(ports.payments.livemode),
                    slot_at=slot_at,
                    busy_until=busy_until,
                    expires_at=request.expires_at,
                    now=now,
                ),
                attempts.PROLONG_ORDER(1, "order_is_pending", expires_at=lasts, order=order.id),
            ]
        )
    except Refused as refused:
        if refused.name == "payment_attempt.id":
            return Waiting(0, 1)  # another tab was first
        raise Conflict("order_closed", "This order is closed.", order_id=order.id) from refused
    if now < slot_at:
        return _waiting(ports, slot_at, now)
    begun = (await ports.database.fetch(attempts.BY_ID(id=request.attempt_id)))[0]
    return await _ask(ports, attempts.attempt(begun), now)


async def _request(ports: Ports, order: Order, number: int, ends_at: int) -> CheckoutRequest:
    event = sql.brief((await ports.database.fetch(EVENT(id=order.event_id)))[0])
    lines = [sql.line(row) for row in await ports.database.fetch(sql.LINES(orders=[order.id]))]
    bangla = order.locale == "bn"
    title = event.title.pick(order.locale)
    page = f"{ports.policy.site_url}{'/bn' if bangla else ''}/order/?id={order.id}"
    return CheckoutRequest(
        order_id=order.id,
        attempt_id=f"{order.id}:{number}",
        order_number=order.number,
        email=order.email,
        locale=order.locale,
        currency=order.currency,
        lines=[
            CheckoutLine(
                f"{title}: {line.name.pick(order.locale)}",
                line.unit_cents,
                line.quantity,
            )
            for line in lines
            if line.unit_cents
        ],
        expires_at=ends_at,
        success_url=page,
        cancel_url=f"{page}&canceled=1",
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
        await ports.database.batch([attempts.ABANDON(id=attempt.id)])
        raise Conflict(
            "payment_refused",
            "The payment service refused this order. Please write to us; nothing was charged.",
            provider_code=refused.code,
        ) from refused
    if session is None:
        await ports.database.batch([attempts.ABANDON(id=attempt.id)])
        return Waiting(0, 1)
    return await attach(ports, attempt, session)


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
    """Hand the link out only if the order still waits for it. Raises Conflict (`order_closed`)."""
    if session.status == "expired":
        await ports.database.batch([attempts.ABANDON(id=attempt.id)])
        return Waiting(0, 1)
    now = ports.clock.now()
    try:
        await ports.database.batch(
            [
                attempts.ATTACH(
                    1,
                    "attempt_is_opening",
                    session=session.id,
                    url=session.url,
                    now=now,
                    id=attempt.id,
                ),
                attempts.PROLONG_ORDER(
                    1,
                    "order_is_pending",
                    expires_at=now + limits.SESSION_OPEN_SECONDS * 1000,
                    order=attempt.order_id,
                ),
            ]
        )
    except Refused as refused:
        if refused.name == "order_is_pending":
            raise Conflict("order_closed", "This order is closed.") from refused
        return Waiting(0, 1)
    if session.url is None:  # complete: somebody paid, and no reply had told us of the page
        await settle(ports, session, f"asked:{session.id}", "session.asked")
        return Waiting(0, 1)
    return Ready(session.url)


async def _free_lease(ports: Ports, attempt_id: str, until: int) -> None:
    soon = ports.clock.now() + RETRY_SECONDS * 1000
    await ports.database.batch([attempts.LEASE(until=soon, id=attempt_id, seen=until)])


def _waits(attempt: Attempt, now: int) -> bool:
    """In line. Who came at a moment that is yet to come did so before a clock was set right."""
    return now < attempt.slot_at and attempt.created_at <= now + limits.CLOCKS_APART_SECONDS * 1000


def _waiting(ports: Ports, slot_at: int, now: int) -> Waiting:
    ahead = (slot_at - now) * ports.payments.sessions_per_second // 1000
    return Waiting(ahead, max(1, min(15, (slot_at - now) // 1000)))
