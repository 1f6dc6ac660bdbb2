"""What goes wrong is said in one form; and what every answer has."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from bashi.core import limits
from tests.blackbox.differences import differences
from tests.blackbox.site import Site
from tests.support.client import TERMS, faults, problem, registration

pytestmark = pytest.mark.slow
JSON = {"content-type": "application/json"}
TOO_MUCH = b'"' + b"x" * limits.BODY_BYTES + b'"'


async def test_an_unknown_address(site: Site) -> None:
    client = site.client()
    problem(await client.get("no-such-page"), 404, "no_such_page")
    for path in (f"orders/{uuid4()}", "events/no-such-event", "media/covers/no-such.webp"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert problem(answer, 404, answer.json()["code"])["detail"]


async def test_a_wrong_method(site: Site) -> None:
    answer = await site.client().delete("events")
    problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["allow"]


async def test_wrong_fields_are_named_and_not_echoed(site: Site) -> None:
    form = registration("no-address", password="hunter2") | {"role": "admin"}
    answer = await site.client().post("auth/register", json=form)
    assert {"email", "role"} <= faults(answer).keys()
    assert "hunter2" not in answer.text
    path = {"email": "someone@example.org", "password": ["hunter2"]}
    answer = await site.client().post("auth/login", json=path)
    assert list(faults(answer)) == ["password"]
    assert "hunter2" not in answer.text


async def test_fields_inside_lists_are_named_by_their_place(site: Site) -> None:
    event, buyer = await site.event(), await site.buyer()
    form = site.order_in(event, 2)
    form["lines"][0]["attendees"] = ["One", ""]
    assert list(faults(await buyer.post("orders", json=form))) == ["lines.0.attendees.1"]
    assert list(faults(await buyer.get("orders/not-an-id"))) == ["order_id"]
    assert list(faults(await buyer.get("events?limit=0"))) == ["limit"]


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"email": 1}', b"\xff\xfe", b"{}", b""])
async def test_what_is_no_json(site: Site, body: bytes) -> None:
    answer = await site.client().post("auth/login", content=body, headers=JSON)
    assert faults(answer)


@pytest.mark.parametrize("path", ["/api/auth/login", "/api/orders", "/webhooks/stripe"])
async def test_a_body_over_the_limit(site: Site, path: str) -> None:
    answer = await site.client().post(site.root(path), content=TOO_MUCH, headers=JSON)
    problem(answer, 413, "body_too_large")


async def test_a_body_over_the_limit_that_hides_its_length(site: Site) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(TOO_MUCH), 16_384):
            yield TOO_MUCH[start : start + 16_384]

    answer = await site.client().post("auth/login", content=parts(), headers=JSON)
    problem(answer, 413, "body_too_large")


async def test_a_cover_over_the_limit(site: Site) -> None:
    event = await site.event()
    endless = bytes(limits.COVER_BYTES + 1)
    answer = await site.organizer.call("PUT", f"/{event['id']}/cover", content=endless)
    problem(answer, 413, "body_too_large")


@pytest.mark.parametrize(
    "path",
    ["admin/overview", "admin/audit", "admin/orders", "admin/tickets", "admin/people"],
)
async def test_organizers_pages_are_for_admins(site: Site, path: str) -> None:
    problem(await site.client().get(path), 401, "not_signed_in")
    problem(await (await site.buyer()).get(path), 403, "not_verified")
    assert (await site.admin.get(path)).status_code == 200


async def test_a_made_up_token_signs_nobody_in(site: Site) -> None:
    client = await site.buyer()
    header, payload, signature = client.headers["authorization"].split(".")
    for token in (f"{header}.{payload}.{signature[::-1]}", "Bearer x", "Basic eDp5"):
        client.headers["authorization"] = token
        problem(await client.get("me"), 401, "not_signed_in")


async def test_no_answer_runs_scripts_or_is_framed(site: Site) -> None:
    for path in ("events", "no-such-page", "me"):
        headers = (await site.client().get(path)).headers
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"


async def test_personal_answers_are_stored_nowhere(site: Site) -> None:
    assert (await (await site.buyer()).get("me")).headers["cache-control"] == "no-store"


async def test_head_is_get_without_a_body(site: Site) -> None:
    answer = await site.client().head("events")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_the_site_introduces_itself(site: Site) -> None:
    about = (await site.client().get("site")).json()
    assert about["site_url"] == site.installation.site_url
    assert (about["terms_version"], about["locales"]) == (TERMS, ["en", "bn"])


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_alive_and_ready(site: Site, path: str) -> None:
    answer = await site.client().get(site.root(path))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_figures_for_machines(site: Site) -> None:
    """Where they are, they are not for everybody."""
    answer = await site.client().get(site.root("/metrics"))
    expected = {"there": (403, "metrics_token"), "absent": (404, "no_metrics")}
    problem(answer, *expected[differences(site.installation.engine)["/metrics"]])
