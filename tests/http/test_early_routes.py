"""A hot route answered before the framework's layers answers as the framework does."""

import json
from typing import Any

import pytest

from bashi.core import limits
from bashi.core.batch import Unavailable
from bashi.http.app import create_app
from bashi.http.early_routes import EarlyRoutes
from bashi.http.fast_route import DirectRoute
from bashi.http.gateway import Gateway
from bashi.http.metrics import Metrics
from bashi.http.root import Root
from tests.http.test_cached_pages import Broken, browser, labels, seen
from tests.support.product import OPTIONS, Product

NOBODY = "0190a000-0000-7000-8000-000000000000"
SCANS = f"/door/{NOBODY}/scans"
JSON = {"content-type": "application/json"}
SCAN = {"scan_id": NOBODY, "code": "x", "gate": "Gate A", "scanned_at": 1}


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    ("method", "path", "headers", "content"),
    [
        ("GET", f"/tickets/verify/{NOBODY}", {}, b""),
        ("HEAD", f"/tickets/verify/{NOBODY}", {}, b""),
        ("GET", "/tickets/verify/no-id", {}, b""),
        ("GET", "/tickets/verify/%00", {}, b""),
        ("GET", f"/tickets/verify/{NOBODY}/", {}, b""),
        ("GET", f"/tickets/verify/{NOBODY}", {"accept-encoding": "gzip"}, b""),
        ("DELETE", f"/tickets/verify/{NOBODY}", {}, b""),
        ("OPTIONS", "/orders", {}, b""),
        ("POST", SCANS, JSON, json.dumps(SCAN).encode()),
        ("POST", SCANS, JSON, b"{"),
        ("POST", SCANS, JSON, b"[" * 600),
        ("POST", SCANS, {"content-type": "text/plain"}, b"{}"),
        ("POST", SCANS, JSON, b""),
        ("POST", "/orders", JSON, b"{}"),
        ("POST", "/orders", JSON, b" " * (limits.BODY_BYTES + 1)),
        ("POST", "/orders", {**JSON, "content-length": "nonsense"}, b"{}"),
        ("POST", "/orders", {**JSON, "transfer-encoding": "chunked"}, b"{}"),
        ("GET", "/orders", {}, b""),
        ("POST", "/orders/", JSON, b"{}"),
    ],
)
async def test_nobody_sees_which_of_both_answered(
    product: Product,
    signed_in: bool,
    method: str,
    path: str,
    headers: dict[str, str],
    content: bytes,
) -> None:
    metrics = Metrics()
    api = create_app(product.ports, metrics)
    plain = browser(Gateway(Root(api, api, "", {}), OPTIONS, metrics))
    early = browser(Gateway(Root(EarlyRoutes(api, api), api, "", {}), OPTIONS, metrics))
    token = (await product.staff()).headers["authorization"] if signed_in else ""
    sent = {**headers, **({"authorization": token} if token else {})}
    by_framework = await plain.request(method, path, headers=sent, content=content)
    routes = metrics.text()
    answer = await early.request(method, path, headers=sent, content=content)
    assert seen(answer) == seen(by_framework)
    assert labels(metrics.text()) == labels(routes)


@pytest.mark.parametrize("error", [Unavailable("gone"), RuntimeError("a mistake")])
async def test_errors_are_told_alike(
    product: Product, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def fail(*_: Any) -> Any:
        raise error

    monkeypatch.setattr("bashi.http.door.verify", fail)
    api = create_app(product.ports, None)
    apps = (api, EarlyRoutes(api, api))
    answers = []
    for app in apps:
        gateway = Gateway(Root(app, api, "", {}), OPTIONS, Metrics())
        answers.append(seen(await browser(gateway).get(f"/tickets/verify/{NOBODY}")))
    assert answers[0] == answers[1]
    assert answers[0][0] in (500, 503)


async def test_a_hot_route_asks_nothing_of_the_framework(product: Product) -> None:
    early = EarlyRoutes(create_app(product.ports, None), Broken())
    gateway = Gateway(Root(early, early, "", {}), OPTIONS, Metrics())
    assert (await browser(gateway).get(f"/tickets/verify/{NOBODY}")).status_code == 404


def test_hot_routes_take_text_from_their_paths(product: Product) -> None:
    routes = create_app(product.ports, None).routes
    hot = [route for route in routes if isinstance(route, DirectRoute)]
    assert hot
    for route in hot:
        assert all(param.field_info.annotation is str for param in route.dependant.path_params)
