"""Who calls, from where, and under which name."""

import re
from uuid import uuid4

import httpx
import pytest

from bashi.core import limits
from tests.http.conftest import METRICS_TOKEN
from tests.support.client import PASSWORD, problem
from tests.support.server import Server

pytestmark = pytest.mark.slow
NOBODY = {"email": "nobody@example.org", "password": PASSWORD}


async def guess(client: httpx.AsyncClient, forwarded: str) -> httpx.Response:
    """Another account each time, so that only the address counts."""
    form = NOBODY | {"email": f"{uuid4().hex}@example.org"}
    headers = {"x-forwarded-for": forwarded}
    return await client.post("/api/auth/login", json=form, headers=headers)


async def test_a_forged_first_address_does_not_lift_a_limit(site: httpx.AsyncClient) -> None:
    """The proxy appends the true address; whatever the caller wrote stands before it."""
    for number in range(limits.AUTH_PER_ADDRESS):
        answer = await guess(site, f"203.0.113.{number}, 198.51.100.20")
        problem(answer, 401, "wrong_credentials")
    answer = await guess(site, "192.0.2.1, 198.51.100.20")
    problem(answer, 429, "too_many_requests")
    assert int(answer.headers["retry-after"]) > 0
    problem(await guess(site, "198.51.100.20, 198.51.100.21"), 401, "wrong_credentials")


@pytest.mark.parametrize("forwarded", ["rubbish", "", "198.51.100.30, rubbish", "1.2.3.4:80"])
async def test_a_header_that_is_no_address_is_no_error(
    site: httpx.AsyncClient, forwarded: str
) -> None:
    assert (await guess(site, forwarded)).status_code in (401, 429)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "[", "127.0.0.2"])
async def test_the_demo_answers_to_this_machine_only(guarded: httpx.AsyncClient, host: str) -> None:
    """A name that an attacker points at 127.0.0.1 would make the browser's same origin theirs."""
    answer = await guarded.get("/api/events", headers={"host": host})
    problem(answer, 421, "wrong_host")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "localhost:8000", "[::1]:8000"])
async def test_names_of_this_machine(guarded: httpx.AsyncClient, host: str) -> None:
    assert (await guarded.get("/api/events", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("name", ["x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip"])
async def test_the_demo_does_not_stand_behind_a_proxy(
    guarded: httpx.AsyncClient, name: str
) -> None:
    answer = await guarded.get("/api/events", headers={name: "for=127.0.0.1"})
    problem(answer, 421, "behind_proxy")


async def test_metrics_for_who_has_the_token(guarded: httpx.AsyncClient) -> None:
    problem(await guarded.get("/metrics"), 403, "metrics_token")
    wrong = {"authorization": f"Bearer {METRICS_TOKEN}!"}
    problem(await guarded.get("/metrics", headers=wrong), 403, "metrics_token")
    right = {"authorization": f"Bearer {METRICS_TOKEN}"}
    answer = await guarded.get("/metrics", headers=right)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    names = ("request_seconds_bucket", "outbox_waiting", "held_seats", "alarms_open")
    for name in names:
        assert f"bashi_{name}" in answer.text


async def test_metrics_without_a_token_stay_on_this_machine(
    server: Server, site: httpx.AsyncClient
) -> None:
    problem(await site.get("/metrics"), 403, "metrics_token")
    async with httpx.AsyncClient(base_url=server.url) as inside:
        assert (await inside.get("/metrics")).status_code == 200


async def test_metrics_name_no_ids(guarded: httpx.AsyncClient) -> None:
    unknown = "01890000-0000-7000-8000-000000000000"
    await guarded.get(f"/api/orders/{unknown}")
    await guarded.get(f"/{unknown}")
    await guarded.request("BREW", f"/api/events/{unknown}")
    text = (
        await guarded.get("/metrics", headers={"authorization": f"Bearer {METRICS_TOKEN}"})
    ).text
    assert 'route="GET /orders/{order_id}"' in text
    assert unknown not in text
    assert "BREW" not in text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/healthz", "/api/readyz"])
async def test_alive_and_ready(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"


async def test_what_an_operator_needs_is_there_and_counters_are_counters(
    server: Server,
) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as inside:
        text = (await inside.get("/metrics")).text
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
    for name, kind in kinds.items():
        assert name.endswith("_total") is (kind == "counter"), (name, kind)
    assert {
        "bashi_build_info",
        "process_resident_memory_bytes",
        "bashi_orders",
        "bashi_order_cents",
        "bashi_refunded_cents",
        "bashi_scans_total",
        "bashi_emails_total",
        "bashi_emails_given_up_total",
        "bashi_webhook_age_seconds",
        "bashi_reconciled_age_seconds",
        "bashi_cache_hits_total",
        "bashi_commits_failed_total",
    } <= kinds.keys()
