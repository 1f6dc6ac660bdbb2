"""Health, readiness and metrics endpoints."""

import asyncio
import secrets
from math import inf, nan
from time import monotonic
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from bashi.core.batch import Unavailable
from bashi.core.errors import Forbidden, NotFound
from bashi.core.mail.given_up import count_given_up
from bashi.core.payments.reconciled import last_reconciled
from bashi.core.reports.figures import read_backlog
from bashi.core.reports.totals import read_totals
from bashi.core.setting import GET, PUT
from bashi.http.deps import client_address, ports_of
from bashi.http.gateway import FORWARDED
from bashi.http.problems import responses
from bashi.http.responses import Json, Schema, text

if TYPE_CHECKING:
    from bashi.http.metrics import Metrics  # the edge has no Prometheus

router = APIRouter(tags=["operations"])

_METRICS: dict[int | str, dict[str, Any]] = {200: {"content": text("text/plain")}}
READY_SECONDS = 3  # whoever watches us hears that the database hangs, instead of nothing
TOTALS_SECONDS = 60


class HealthOut(Schema):
    status: str = Field(examples=["ok"])


@router.get("/healthz", response_model=HealthOut)
async def get_health() -> Json:
    """The process answers."""
    return Json(HealthOut(status="ok"))


@router.get("/readyz", response_model=HealthOut)
async def get_readiness(request: Request) -> Json:
    """The database answers and keeps what it is given, and we are not being stopped."""
    database, metrics = ports_of(request).database, request.app.state.metrics
    try:
        async with asyncio.timeout(READY_SECONDS):
            await database.fetch(GET(name="ready"))
            if metrics is not None and metrics.commits_fail:
                await database.batch([PUT(name="ready", value="1")])
    except TimeoutError as error:
        raise Unavailable("the database takes too long") from error
    if getattr(request.app.state, "draining", False):
        return Json(HealthOut(status="draining"), 503)
    return Json(HealthOut(status="ok"))


@router.get("/metrics", response_class=Response, responses=_METRICS | responses(403, 404))
async def get_metrics(request: Request) -> Response:
    """Prometheus text: on a port of its own (BASHI_METRICS_PORT), or with the bearer token of
    BASHI_METRICS_TOKEN; in the demo, from loopback too."""
    if request.app.state.metrics is None:
        raise NotFound("no_metrics", "This installation counts elsewhere.")
    wanted: str = request.app.state.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if wanted and not secrets.compare_digest(given.encode(), wanted.encode()):
        raise Forbidden("metrics_token", "Send the token of BASHI_METRICS_TOKEN as bearer.")
    if not wanted and not (request.app.state.metrics_inside and _is_inside(request)):
        words = "Set BASHI_METRICS_TOKEN, or read them on the port of BASHI_METRICS_PORT."
        raise Forbidden("metrics_token", words)
    await _refresh(request)
    known = request.app.state.metrics
    return Response(known.text(), media_type=known.content_type)


def _is_inside(request: Request) -> bool:
    """A proxy on this machine calls from loopback too, for anybody."""
    proxied = any(name in request.headers for name in FORWARDED)
    return not proxied and client_address(request) in ("127.0.0.1", "::1")


async def _refresh(request: Request) -> None:
    """Figures that are read, not counted as they happen."""
    ports = ports_of(request)
    metrics: Metrics = request.app.state.metrics
    backlog = await read_backlog(ports)
    last = await last_reconciled(ports)
    metrics.gauges["outbox_waiting"].set(backlog.outbox_waiting)
    metrics.gauges["outbox_oldest_seconds"].set(backlog.outbox_oldest_seconds)
    metrics.gauges["held_seats"].set(backlog.held_seats)
    metrics.gauges["alarms_open"].set(backlog.alarms_open)
    metrics.gauges["paid_without_ticket"].set(last.paid_without_ticket if last else 0)
    now = ports.clock.now()
    metrics.gauges["reconciled_age_seconds"].set((now - last.checked_at) / 1000 if last else nan)
    metrics.emails_given_up.values = {(): await count_given_up(ports)}
    metrics.cache_hits.values = {(): request.app.state.cache.hits}
    metrics.cache_misses.values = {(): request.app.state.cache.misses}
    await _refresh_totals(request, now)


async def _refresh_totals(request: Request, now: int) -> None:
    """Once a minute at most, however often we are asked: whole tables are read."""
    state = request.app.state
    metrics: Metrics = state.metrics
    read_at, totals = getattr(state, "totals", (-inf, None))
    if totals is None or monotonic() - read_at > TOTALS_SECONDS:
        totals = await read_totals(ports_of(request))
        state.totals = (monotonic(), totals)
    for each in totals.orders:
        labels = (each.status, each.currency)
        metrics.orders.labels(*labels).set(each.orders)
        metrics.order_cents.labels(*labels).set(each.total_cents)
        metrics.refunded_cents.labels(*labels).set(each.refunded_cents)
    metrics.scans.values = {(verdict,): scans for verdict, scans in totals.scans}
    came_at = totals.webhook_at
    metrics.gauges["webhook_age_seconds"].set(nan if came_at is None else (now - came_at) / 1000)
