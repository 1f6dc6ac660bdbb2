"""The Worker: requests, the cron that looks after everything once a minute, and the queue that
looks at once after a call has left work, such as emails or refunds.

Nothing here runs before the first call: a Worker has no clock, chance or network at import.
"""

from typing import Any

import structlog
from pyodide.ffi import JsException
from workers import WorkerEntrypoint, asgi

from bashi.core.payments.provider import PaymentsUnavailable
from bashi.core.work.rounds import reconcile_if_due, work_once
from bashi.engines.breaker import Outage
from bashi.entry import logs
from bashi.entry.edge.body import body_when_asked_for
from bashi.entry.edge.compose import EdgeComposed, compose

log = structlog.get_logger()

ROUNDS = 2
"""A call has 30 s of CPU time, and a round of emails takes up to 10; the next call goes on."""
WORK = "work"


class _Isolate:
    """What lives as long as this isolate."""

    composed: EdgeComposed | None = None
    woken = False

    def __init__(self) -> None:
        self.stripe = Outage("stripe")

    def wake(self) -> None:
        self.woken = True


_isolate = _Isolate()


class Default(WorkerEntrypoint):  # type: ignore[misc]
    async def fetch(self, request: Any) -> Any:
        composed = await _compose(self.env)
        app, asked = body_when_asked_for(composed.app, request)
        answer = await asgi.fetch(app, asked, self.env, self.ctx)
        await _hand_on(self.env)
        return answer

    async def scheduled(self, controller: Any, env: Any = None, ctx: Any = None) -> None:  # noqa: ARG002
        composed = await _compose(self.env)
        await _work(composed)
        await composed.limiter.forget_ended()
        try:
            if await reconcile_if_due(composed.ports):
                _isolate.stripe.worked()
        except PaymentsUnavailable as error:
            _isolate.stripe.failed(str(error))
        await _hand_on(self.env)

    async def queue(self, batch: Any, env: Any = None, ctx: Any = None) -> None:  # noqa: ARG002
        """Every message says the same; those that come together are one."""
        await _work(await _compose(self.env))
        await _hand_on(self.env)
        for message in batch.messages:
            message.ack()


async def _compose(env: Any) -> EdgeComposed:
    if _isolate.composed is None:
        logs.configure(json=True)
        _isolate.composed = await compose(env, _isolate.wake)
    return _isolate.composed


async def _work(composed: EdgeComposed) -> None:
    for _ in range(ROUNDS):
        _isolate.woken = False  # before the round: it may not see what is left from here on
        if not await work_once(composed.ports):
            return
    _isolate.woken = True


async def _hand_on(env: Any) -> None:
    """To the queue, once for all that this isolate has left. While it takes nothing the cron does
    it: what was committed must not be answered with an error."""
    if _isolate.woken:
        _isolate.woken = False
        try:
            await env.WORK.send(WORK)
        except JsException as error:
            log.warning("queue_not_reached", reason=str(error))
