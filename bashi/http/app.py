"""The API as one FastAPI application, the same on every engine."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from bashi.core import limits
from bashi.core.ports import Ports
from bashi.http import (
    attendees,
    auth,
    door,
    emails_admin,
    events,
    events_admin,
    me,
    openapi,
    ops,
    orders,
    orders_admin,
    overview,
    people_admin,
    problems,
    site_info,
    webhooks,
)

if TYPE_CHECKING:
    from bashi.http.metrics import Metrics

ROUTERS: tuple[APIRouter, ...] = (
    ops.router,
    site_info.router,
    auth.router,
    me.router,
    events.router,
    events_admin.router,
    attendees.router,
    people_admin.router,
    orders.router,
    orders_admin.router,
    door.router,
    overview.router,
    emails_admin.router,
    webhooks.router,
)

WATCHED: tuple[APIRouter, ...] = (ops.router,)
"""What a worker without a site answers."""

# A route costs every route behind it one comparison; these are asked for most.
HOT = (
    ("GET", "/events/{slug}"),
    ("POST", "/door/{event_id}/scans"),
    ("GET", "/tickets/verify/{ticket_id}"),
    ("POST", "/orders"),
    ("POST", "/webhooks/stripe"),
    ("GET", "/orders/{order_id}"),
    ("POST", "/orders/{order_id}/payment"),
    ("GET", "/events"),
)


def create_app(
    ports: Ports, metrics: "Metrics | None", routers: Sequence[APIRouter] = ROUTERS
) -> FastAPI:
    """Without `metrics`, /metrics is not there."""
    app = FastAPI(
        title="OKLAHOMABASHI",
        version=version("bashi"),
        summary="Events, tickets, and the door.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would name the host that the caller named, and http
        max_body_size=limits.BODY_BYTES,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # the gateway has its own
        separate_input_output_schemas=False,
        servers=[{"url": "/api"}],
    )
    app.state.ports = ports
    app.state.metrics = metrics
    app.state.metrics_token = ""
    app.state.metrics_inside = True
    problems.install(app)
    routes = [route for router in routers for route in router.routes]
    app.router.routes.extend(sorted(routes, key=_coldness))
    openapi.install(app)
    return app


def _coldness(route: BaseRoute) -> int:
    assert isinstance(route, APIRoute)
    names = [(method, route.path) for method in route.methods or ()]
    return min((HOT.index(name) for name in names if name in HOT), default=len(HOT))
