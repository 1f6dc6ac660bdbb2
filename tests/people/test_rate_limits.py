from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest

from bashi.core import limits
from tests.support.client import EMAIL, PASSWORD, Client, problem, registration
from tests.support.database import Template
from tests.support.product import OPTIONS, Product, open_product

BODIES: dict[str, dict[str, Any] | None] = {
    "auth/register": registration(),
    "auth/login": {"email": EMAIL, "password": PASSWORD},
    "auth/refresh": None,
    "auth/logout": None,
    "auth/verify-email": {"token": "x"},
    "auth/forgot-password": {"email": EMAIL},
    "auth/reset-password": {"token": "x", "new_password": PASSWORD},
}


async def exhaust(client: Client, path: str, uses: int, **sent: Any) -> httpx.Response:
    """The answer after `uses` that were not held back."""
    for _ in range(uses):
        assert (await client.post(path, **sent)).status_code != 429
    return await client.post(path, **sent)


def held_back(answer: httpx.Response) -> int:
    """The seconds to wait."""
    document = problem(answer, 429, "too_many_requests")
    assert answer.headers["retry-after"] == str(document["retry_after_seconds"])
    return int(answer.headers["retry-after"])


def other(number: int, body: dict[str, Any] | None) -> dict[str, Any] | None:
    """The same for another account."""
    identity = f"0199f3a2-7c1e-7b52-9c07-{number:012}.tag"
    changes = {"email": f"p{number}@example.org", "token": identity}
    return body and {name: changes.get(name, value) for name, value in body.items()}


@pytest.mark.parametrize("path", BODIES)
async def test_each_address(product: Product, path: str) -> None:
    client = product.client()
    for number in range(limits.AUTH_PER_ADDRESS):
        answer = await client.post(path, json=other(number, BODIES[path]))
        assert answer.status_code != 429
    assert held_back(await client.post(path, json=other(99, BODIES[path]))) == 60
    answer = await product.client("198.51.100.8").post(path, json=other(99, BODIES[path]))
    assert answer.status_code != 429
    product.clock.advance(seconds=60)
    answer = await client.post(path, json=other(99, BODIES[path]))
    assert answer.status_code != 429


@pytest.mark.parametrize(
    "path", ["auth/login", "auth/verify-email", "auth/forgot-password", "auth/reset-password"]
)
@pytest.mark.parametrize("known", [True, False])
async def test_each_account_from_anywhere(product: Product, path: str, known: bool) -> None:
    if known:
        await product.client().register()
    for number in range(limits.AUTH_PER_ACCOUNT):
        answer = await product.client(f"203.0.113.{number}").post(path, json=BODIES[path])
        assert answer.status_code != 429
    body = BODIES[path]
    assert body is not None
    body = body | {name: EMAIL.upper() for name in body if name == "email"}
    held_back(await product.client("203.0.113.99").post(path, json=body))


async def test_each_refresh_token(client: Client) -> None:
    headers = {"cookie": "bashi_refresh=stolen"}
    answer = await exhaust(client, "auth/refresh", limits.AUTH_PER_ACCOUNT, headers=headers)
    held_back(answer)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("me/password", {"current_password": "guess", "new_password": PASSWORD}),
        ("me/email", {"new_email": "b@example.org", "password": "guess"}),
    ],
)
async def test_guesses_in_a_stolen_session(client: Client, path: str, body: dict[str, str]) -> None:
    await client.register()
    held_back(await exhaust(client, path, limits.AUTH_PER_ACCOUNT, json=body))


async def test_the_wait_shrinks_and_then_ends(client: Client, product: Product) -> None:
    form = BODIES["auth/login"]
    await exhaust(client, "auth/login", limits.AUTH_PER_ACCOUNT, json=form)
    product.clock.advance(seconds=45)
    assert held_back(await client.post("auth/login", json=form)) == 15
    product.clock.advance(seconds=15)
    problem(await client.post("auth/login", json=form), 401, "wrong_credentials")


async def test_a_forged_address_resets_nothing(product: Product) -> None:
    client = product.client()
    for number in range(limits.AUTH_PER_ADDRESS):
        headers = {"x-forwarded-for": f"192.0.2.{number}", "forwarded": f"for=192.0.2.{number}"}
        await client.post("auth/refresh", headers=headers)
    headers = {"x-forwarded-for": "192.0.2.200", "x-real-ip": "192.0.2.200"}
    held_back(await client.post("auth/refresh", headers=headers))


async def test_one_network_of_ipv6_is_one_address(product: Product) -> None:
    for number in range(limits.AUTH_PER_ADDRESS):
        await product.client(f"2001:db8:1:1::{number:x}").post("auth/refresh")
    held_back(await product.client("2001:db8:1:1:ffff::1").post("auth/refresh"))
    answer = await product.client("2001:db8:1:2::1").post("auth/refresh")
    problem(answer, 401, "session_ended")


async def test_behind_a_trusted_proxy(tmp_path: Path, database_template: Template) -> None:
    """The proxy appends the address it sees; what stands before it was written by the caller."""
    options = replace(OPTIONS, trusted_proxies=[ip_network("10.0.0.0/8")])
    async with open_product(tmp_path, database_template, options) as product:
        proxy = product.client("10.1.2.3")
        for number in range(limits.AUTH_PER_ADDRESS):
            headers = {"x-forwarded-for": f"192.0.2.{number}, 198.51.100.7"}
            await proxy.post("auth/refresh", headers=headers)
        headers = {"x-forwarded-for": "192.0.2.200, 198.51.100.7, 10.9.9.9"}
        held_back(await proxy.post("auth/refresh", headers=headers))
        headers = {"x-forwarded-for": "198.51.100.7, 198.51.100.8"}
        problem(await proxy.post("auth/refresh", headers=headers), 401, "session_ended")
