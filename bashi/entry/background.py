"""Background work of a server: rounds of it until told to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bashi.core.payments.provider import PaymentsUnavailable
from bashi.core.ports import Ports
from bashi.core.work.outbox import deliver, deliver_due, emails_due
from bashi.core.work.rounds import STEPS, reconcile_if_due
from bashi.engines.breaker import Outage
from bashi.entry.alarm_log import AlarmLog

log = structlog.get_logger()

IDLE_SECONDS = 1.0
EMAILS_AT_ONCE = 8
"""One is drawn while the others wait for the mail server, which is far away."""
EMAILS_A_ROUND = 200
"""A round ends with its slowest email, so it has many."""
SWEEP_SECONDS = 15.0


async def work(ports: Ports, stop: asyncio.Event) -> None:
    """Holds, long commands, refunds and emails, side by side: a slow mail server must not keep
    seats held, or anybody's money."""
    steps = [deliver_side_by_side if step is deliver_due else step for step in STEPS]
    rounds = [partial(step, ports) for step in steps]
    await asyncio.gather(*(_repeat(each, IDLE_SECONDS, stop, "work_failed") for each in rounds))


async def deliver_side_by_side(ports: Ports) -> int:
    """Emails that are due, EMAILS_AT_ONCE of them under way. Returns how many were taken."""
    due, one = emails_due(ports, EMAILS_A_ROUND), asyncio.Lock()

    async def deliver_some() -> None:
        while True:
            async with one:
                entry = await due.next()
            if entry is None:
                return
            await deliver(ports, entry)

    each = (deliver_some() for _ in range(EMAILS_AT_ONCE))
    for failure in await asyncio.gather(*each, return_exceptions=True):
        if failure is not None:
            raise failure  # after all have ended, so that what was sent is known to be
    return due.taken


async def sweep(ports: Ports, stop: asyncio.Event) -> None:
    """What Stripe knows and we may not. Apart from `work`, since its lists can be long."""
    await _sleep(IDLE_SECONDS, stop)  # the demo's Stripe lives in this process: let it start

    stripe = Outage("stripe")

    async def look() -> bool:
        try:
            looked = await reconcile_if_due(ports)
        except PaymentsUnavailable as error:
            stripe.failed(str(error))
            return False
        if looked:
            stripe.worked()
        return looked

    await _repeat(look, SWEEP_SECONDS, stop, "sweep_failed")


async def watch(ports: Ports, stop: asyncio.Event) -> None:
    """What is wrong stands in the log once at its beginning and once at its end."""
    alarms = AlarmLog()

    async def look() -> bool:
        await alarms.look(ports)
        return False

    await _repeat(look, SWEEP_SECONDS, stop, "watch_failed")


async def _repeat(
    round_: Callable[[], Awaitable[int]], idle_seconds: float, stop: asyncio.Event, name: str
) -> None:
    while not stop.is_set():
        try:
            busy = await round_()
        except Exception:
            # The loop must outlive any one failure: what failed is due again later.
            log.exception(name)
            busy = False
        if not busy:
            await _sleep(idle_seconds, stop)


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
