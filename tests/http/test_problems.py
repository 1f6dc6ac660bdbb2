"""Whatever goes wrong is said in one form, and never more than the caller may know."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bashi.core import limits
from tests.support.client import problem

pytestmark = pytest.mark.slow
JSON = {"content-type": "application/json"}
TOO_MUCH = b'"' + b"x" * limits.BODY_BYTES + b'"'


async def test_an_unknown_address_of_the_api(site: httpx.AsyncClient) -> None:
    problem(await site.get("/api/no-such-page"), 404, "no_such_page")


@pytest.mark.parametrize("path", ["/api/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"])
async def test_no_path_leaves_the_site(site: httpx.AsyncClient, path: str) -> None:
    assert (await site.get(path)).status_code == 404


async def test_a_wrong_method_names_the_right_ones(site: httpx.AsyncClient) -> None:
    answer = await site.delete("/api/events")
    problem(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["allow"]
    assert (await site.post("/events/")).headers["allow"] == "GET, HEAD"


async def test_options_of_our_own_origin(site: httpx.AsyncClient) -> None:
    """The site calls its own origin, so nobody needs a preflight there."""
    headers = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    answer = await site.options("/api/orders", headers=headers)
    problem(answer, 405, "method_not_allowed")
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"email": 1}', b"\xff\xfe", b"{}"])
async def test_malformed_json(site: httpx.AsyncClient, body: bytes) -> None:
    answer = await site.post("/api/auth/login", content=body, headers=JSON)
    assert problem(answer, 422, "invalid_fields")["fields"]


async def test_a_wrong_value_is_not_echoed(site: httpx.AsyncClient) -> None:
    """It may be a password in the wrong field."""
    form = {"email": "hunter2-in-the-wrong-field", "password": ["hunter2"]}
    answer = await site.post("/api/auth/login", json=form)
    problem(answer, 422, "invalid_fields")
    assert "hunter2" not in answer.text


async def test_unknown_fields_are_refused(site: httpx.AsyncClient) -> None:
    form = {"email": "a@example.org", "password": "x" * 20, "role": "admin"}
    answer = await site.post("/api/auth/login", json=form)
    assert "role" in problem(answer, 422, "invalid_fields")["fields"]


@pytest.mark.parametrize("path", ["/api/auth/login", "/webhooks/stripe", "/api/webhooks/stripe"])
async def test_a_body_over_the_limit(site: httpx.AsyncClient, path: str) -> None:
    problem(await site.post(path, content=TOO_MUCH, headers=JSON), 413, "body_too_large")


async def test_a_body_over_the_limit_that_hides_its_length(site: httpx.AsyncClient) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(TOO_MUCH), 16_384):
            yield TOO_MUCH[start : start + 16_384]

    answer = await site.post("/api/auth/login", content=parts(), headers=JSON)
    problem(answer, 413, "body_too_large")


async def test_an_unsigned_webhook(site: httpx.AsyncClient) -> None:
    problem(await site.post("/webhooks/stripe", content=b"{}"), 400, "bad_signature")
