"""Health, readiness and metrics endpoints."""

import asyncio
import secrets
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from bashi.core.batch import Query, Unavailable
from bashi.core.errors import Forbidden, NotFound
from bashi.core.mail.given_up import count_given_up
from bashi.core.reports.figures import read_backlog
from bashi.core.work.reconcile import last_reconciled
from bashi.http.deps import client_address, ports_of
from bashi.http.gateway import FORWARDED
from bashi.http.problems import responses
from bashi.http.responses import Json, Schema, text

router = APIRouter(tags=["operations"])

_METRICS: dict[int | str, dict[str, Any]] = {200: {"content": text("text/plain")}}
READY_SECONDS = 3  # whoever watches us hears that the database hangs, instead of nothing
READY = Query("SELECT name FROM setting WHERE name = :name")


class HealthOut(Schema):
    status: str = Field(examples=["ok"])


@router.get("/healthz", response_model=HealthOut)
async def get_health() -> Json:
    """The process answers."""
    return Json(HealthOut(status="ok"))


@router.get("/readyz", response_model=HealthOut)
async def get_readiness(request: Request) -> Json:
    """The database answers too, and we are not being stopped."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            await ports_of(request).database.fetch(READY(name="ready"))
    except TimeoutError as error:
        raise Unavailable("the database takes too long") from error
    if getattr(request.app.state, "draining", False):
        return Json(HealthOut(status="draining"), 503)
    return Json(HealthOut(status="ok"))


@router.get("/metrics", response_class=Response, responses=_METRICS | responses(403, 404))
async def get_metrics(request: Request) -> Response:
    """Prometheus text; for loopback, or with the bearer token of BASHI_METRICS_TOKEN."""
    if request.app.state.metrics is None:
        raise NotFound("no_metrics", "This installation counts elsewhere.")
    wanted: str = request.app.state.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if wanted and not secrets.compare_digest(given.encode(), wanted.encode()):
        raise Forbidden("metrics_token", "Send the token of BASHI_METRICS_TOKEN as bearer.")
    if not wanted and not _is_inside(request):
        raise Forbidden("metrics_token", "Set BASHI_METRICS_TOKEN to read this from afar.")
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
    gauges = request.app.state.metrics.gauges
    backlog = await read_backlog(ports)
    last = await last_reconciled(ports)
    gauges["outbox_waiting"].set(backlog.outbox_waiting)
    gauges["outbox_oldest_seconds"].set(backlog.outbox_oldest_seconds)
    gauges["held_seats"].set(backlog.held_seats)
    gauges["alarms_open"].set(backlog.alarms_open)
    gauges["paid_without_ticket"].set(last.paid_without_ticket if last else 0)
    request.app.state.metrics.emails_given_up.value = await count_given_up(ports)
    gauges["cache_hits"].set(request.app.state.cache.hits)
    gauges["cache_misses"].set(request.app.state.cache.misses)
