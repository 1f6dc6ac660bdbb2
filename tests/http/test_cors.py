"""The API at a host of its own: our site's pages may call it, no others, and never by cookie."""

import httpx
import pytest

from tests.support.client import registration
from tests.support.server import Server

pytestmark = pytest.mark.slow
ORDER = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}


@pytest.fixture
def api(guarded_server: Server) -> str:
    """Its other name; the site is at localhost."""
    return f"http://127.0.0.1:{guarded_server.port}"


def allowed(answer: httpx.Response) -> dict[str, str]:
    names = [name for name in answer.headers if name.startswith("access-control")]
    return {name: answer.headers[name] for name in names}


async def test_the_api_at_its_own_root(guarded: httpx.AsyncClient, api: str) -> None:
    assert (await guarded.get(f"{api}/events")).json()["items"]
    assert (await guarded.get(f"{api}/healthz")).status_code == 200


async def test_our_site_may(guarded: httpx.AsyncClient, api: str, guarded_server: Server) -> None:
    origin = {"origin": guarded_server.url}
    answer = await guarded.get(f"{api}/events", headers=origin)
    assert allowed(answer) == {
        "access-control-allow-origin": guarded_server.url,
        "access-control-expose-headers": "ETag, Retry-After, X-Request-Id",
    }
    assert "Origin" in answer.headers["vary"]
    asked = await guarded.options(f"{api}/orders", headers=ORDER | origin)
    assert asked.status_code == 200
    assert allowed(asked)["access-control-allow-origin"] == guarded_server.url
    assert "POST" in allowed(asked)["access-control-allow-methods"]
    assert "Authorization" in allowed(asked)["access-control-allow-headers"]
    refused = await guarded.get(f"{api}/me", headers=origin)
    assert refused.status_code == 401
    assert allowed(refused), "its pages may read what went wrong, too"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost"])
async def test_other_sites_may_not(guarded: httpx.AsyncClient, api: str, origin: str) -> None:
    answer = await guarded.get(f"{api}/events", headers={"origin": origin})
    assert "access-control-allow-origin" not in answer.headers
    asked = await guarded.options(f"{api}/orders", headers=ORDER | {"origin": origin})
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in asked.headers


async def test_never_with_cookies(
    guarded: httpx.AsyncClient, api: str, guarded_server: Server
) -> None:
    origin = {"origin": guarded_server.url}
    form = registration("cors@example.org")
    answer = await guarded.post(f"{api}/auth/register", json=form, headers=origin)
    assert answer.status_code == 201
    asked = await guarded.options(f"{api}/auth/refresh", headers=ORDER | origin)
    for each in (answer, asked):
        assert "access-control-allow-credentials" not in each.headers
    assert "samesite=strict" in answer.headers["set-cookie"].lower()


async def test_no_answer_of_the_site_may_be_read_elsewhere(guarded: httpx.AsyncClient) -> None:
    for path in ("/", "/api/events", "/api/site"):
        answer = await guarded.get(path, headers={"origin": "http://evil.example"})
        assert not allowed(answer)
