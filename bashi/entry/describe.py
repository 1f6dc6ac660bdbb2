"""Generate the OpenAPI document, without a database or secrets."""

from typing import Any, cast

from bashi.core.ports import Ports
from bashi.http.app import create_app
from bashi.http.metrics import Metrics


def describe() -> dict[str, Any]:
    # No route is called, so no port is touched.
    return create_app(cast("Ports", None), Metrics()).openapi()
