"""What the outermost layer believes of a request, and what it says on every answer."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest

from bashi.core import limits
from tests.support.client import PASSWORD, Client, problem, registration
from tests.support.database import Template
from tests.support.product import OPTIONS, Product, open_product

NOBODY = {"email": "nobody@example.org", "password": PASSWORD}
DEMO = replace(OPTIONS, https=False, hosts=frozenset({"localhost"}), refuse_forwarded=True)


async def exhaust_logins(client: Client) -> httpx.Response:
    for number in range(limits.AUTH_PER_ADDRESS):
        await client.post("auth/login", json={**NOBODY, "email": f"nobody{number}@example.org"})
    return await client.post("auth/login", json=NOBODY)


async def test_ipv4_callers_of_an_ipv6_socket_are_told_apart(product: Product) -> None:
    """A server on `::` sees 198.51.100.7 as ::ffff:198.51.100.7: all of IPv4 is one /64 there."""
    one, other = product.client("::ffff:198.51.100.7"), product.client("::ffff:198.51.100.8")
    problem(await exhaust_logins(one), 429, "too_many_requests")
    problem(await other.post("auth/login", json=NOBODY), 401, "wrong_credentials")
    plain = product.client("198.51.100.7")
    problem(await plain.post("auth/login", json=NOBODY), 429, "too_many_requests")


async def test_a_proxy_is_known_on_an_ipv6_socket_too(
    tmp_path: Path, database_template: Template
) -> None:
    behind = replace(OPTIONS, trusted_proxies=[ip_network("10.0.0.0/8")])
    async with open_product(tmp_path, database_template, behind) as product:
        proxy = product.client("::ffff:10.0.0.1")
        proxy.headers["x-forwarded-for"] = "203.0.113.1"
        problem(await exhaust_logins(proxy), 429, "too_many_requests")
        proxy.headers["x-forwarded-for"] = "203.0.113.2"
        problem(await proxy.post("auth/login", json=NOBODY), 401, "wrong_credentials")


@pytest.mark.parametrize(
    "header", ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"]
)
async def test_the_demo_answers_nobody_from_behind_a_proxy(
    tmp_path: Path, database_template: Template, header: str
) -> None:
    async with open_product(tmp_path, database_template, DEMO) as product:
        client = product.client("127.0.0.1")
        client.base_url = httpx.URL("http://localhost/api")
        assert (await client.get("site")).status_code == 200
        assert (await client.get("site", headers={header: "for=203.0.113.1"})).status_code == 421


@pytest.mark.parametrize(
    "host",
    [
        "evil.test\\@localhost", "[::1]evil.test", "localhost@evil.test", "evil.test#localhost",
        "localhost:80:80", "localhost:", "localhost/evil.test", "localhost.", "user@localhost",
        "[localhost]", "localhost evil.test", "", "localhost:http",
    ],
)  # fmt: skip
async def test_the_demo_answers_to_its_name_as_a_whole(
    tmp_path: Path, database_template: Template, host: str
) -> None:
    async with open_product(tmp_path, database_template, DEMO) as product:
        client = product.client("127.0.0.1")
        for good in ("localhost", "LOCALHOST:8000"):
            assert (await client.get("site", headers={"host": good})).status_code == 200
        answer = await client.get("site", headers={"host": host})
        problem(answer, 421, "wrong_host")


async def test_a_request_for_no_path_at_all_is_a_mistake_of_the_caller(product: Product) -> None:
    """`OPTIONS *` of RFC 9110 §9.3.7."""
    started: list[int] = []

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            started.append(int(str(message["status"])))

    scope = {"type": "http", "method": "OPTIONS", "path": "*", "query_string": b"", "headers": []}
    await product.app(scope, None, send)  # type: ignore[arg-type]
    assert started == [404]


@pytest.mark.parametrize("path", ["events", "me", "no/such/page"])
async def test_no_answer_of_the_api_can_run_or_be_framed(client: Client, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"


async def test_one_address_is_registered_a_few_times_a_minute_whoever_asks(
    product: Product,
) -> None:
    for number in range(limits.AUTH_PER_ACCOUNT):
        client = product.client(f"203.0.113.{number}")
        assert (await client.post("auth/register", json=registration())).status_code != 429
    answer = await product.client("203.0.113.99").post("auth/register", json=registration())
    problem(answer, 429, "too_many_requests")


@pytest.mark.parametrize("path", ["events/", "auth/login/", "site/"])
async def test_nobody_is_sent_to_the_host_that_a_request_names(client: Client, path: str) -> None:
    """`Host` is the caller's word, and behind a proxy that ends TLS the scheme is http."""
    answer = await client.post(path, json=NOBODY, headers={"host": "evil.example"})
    problem(answer, 404, "no_such_page")
    assert "location" not in answer.headers


async def test_a_cookie_in_quotes_is_not_read(client: Client) -> None:
    """Python before 3.11.10 takes a minute of CPU, and nobody else is answered, to take the quotes
    off this one; whatever route is asked."""
    await client.register()
    token = client.cookies["bashi_refresh"]
    client.cookies.clear()
    bomb = 'a="' + "\\1" * 100_000 + '"'
    twice = [("cookie", f'{bomb}; bashi_refresh="{token}"'), ("cookie", "b=c")]
    problem(await client.post("auth/refresh", headers=twice), 401, "session_ended")
    assert (await client.get("site", headers={"cookie": bomb})).status_code == 200
    among = {"cookie": f"{bomb}; bashi_refresh={token}; c=d"}
    assert (await client.post("auth/refresh", headers=among)).status_code == 200
