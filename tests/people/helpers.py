"""What the tests of accounts share."""

import httpx

from tests.support.product import SITE, Product

COOKIE = "bashi_refresh"


async def refresh_with(product: Product, token: str) -> httpx.Response:
    """A refresh by a browser that has nothing but this refresh token."""
    browser = product.client()
    headers = {"cookie": f"{COOKIE}={token}", "origin": SITE}
    return await browser.post("auth/refresh", headers=headers)


def cookie_of(answer: httpx.Response) -> str | None:
    """The refresh token that an answer sets."""
    return answer.cookies.get(COOKIE)


def same(one: httpx.Response, other: httpx.Response) -> bool:
    """Nothing but the request's id tells two answers apart."""
    return _told(one) == _told(other)


def _told(answer: httpx.Response) -> tuple[int, dict[str, object], dict[str, str]]:
    body = {name: value for name, value in answer.json().items() if name != "request_id"}
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, body, headers
