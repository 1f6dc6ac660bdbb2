"""A password can not be guessed for ever, and nobody is locked out of a browser we know.

Source: NIST SP 800-63B-4 §3.2.2: no more than 100 failed attempts in a row on one account.
"""

from typing import Any

import httpx
import pytest

from bashi.core import limits
from tests.support.client import EMAIL, PASSWORD, Client, faults, problem
from tests.support.product import Product

WRONG = "not this one at all"
MOST = limits.WRONG_PASSWORDS


async def try_login(client: Client, password: str = PASSWORD, email: str = EMAIL) -> httpx.Response:
    return await client.post("auth/login", json={"email": email, "password": password})


async def guess(product: Product, times: int, client: Client | None = None) -> None:
    """A patient guesser, who stays below the limits of a minute."""
    guesser = client or product.client("192.0.2.66")
    for _ in range(times):
        problem(await try_login(guesser, WRONG), 401, "wrong_credentials")
        product.clock.advance(seconds=limits.RATE_WINDOW_SECONDS / 5)


@pytest.fixture
async def owner(product: Product) -> Client:
    """At home in a browser of their own, with an address that is confirmed."""
    owner = product.client()
    await owner.register()
    await product.deliver()
    token = await product.link("verify", EMAIL)
    assert (await owner.post("auth/verify-email", json={"token": token})).status_code == 200
    await product.deliver()
    return owner


async def test_after_a_hundred_wrong_ones_the_right_one_is_wrong_too(
    product: Product, owner: Client
) -> None:
    await guess(product, MOST)
    stranger = product.client("192.0.2.7")
    right = await try_login(stranger)
    problem(right, 401, "wrong_credentials")
    wrong = await try_login(stranger, WRONG)
    assert right.json()["detail"] == wrong.json()["detail"]  # a guesser does not learn that it was


async def test_below_a_hundred_the_right_one_lets_in_and_the_count_begins_anew(
    product: Product, owner: Client
) -> None:
    await guess(product, MOST - 1)
    assert (await try_login(product.client("192.0.2.7"))).status_code == 200
    await guess(product, MOST - 1)
    assert (await try_login(product.client("192.0.2.8"))).status_code == 200


async def test_a_browser_that_signed_in_before_still_lets_in(
    product: Product, owner: Client
) -> None:
    await guess(product, MOST + 5)
    assert (await try_login(owner)).status_code == 200


async def test_a_browser_is_known_for_the_account_that_signed_in_with_it(
    product: Product, owner: Client
) -> None:
    guesser = product.client("192.0.2.66")
    await guesser.register("guesser@example.org")
    await guess(product, MOST, guesser)
    problem(await try_login(guesser), 401, "wrong_credentials")


async def test_a_known_browser_may_not_guess_for_ever_either(
    product: Product, owner: Client
) -> None:
    await guess(product, MOST, owner)
    assert (await try_login(product.client("192.0.2.7"))).status_code == 200  # others may
    problem(await try_login(owner), 401, "wrong_credentials")


async def test_a_flood_of_guesses_does_not_slow_a_known_browser_down(
    product: Product, owner: Client
) -> None:
    guesser = product.client("192.0.2.66")
    answers = [await try_login(guesser, WRONG) for _ in range(limits.AUTH_PER_ACCOUNT + 1)]
    problem(answers[-1], 429, "too_many_requests")
    assert (await try_login(owner)).status_code == 200


async def test_a_known_browser_has_a_limit_of_its_own(product: Product, owner: Client) -> None:
    answers = [await try_login(owner, WRONG) for _ in range(limits.AUTH_PER_ACCOUNT + 1)]
    problem(answers[-1], 429, "too_many_requests")


async def test_the_owner_is_told_once(product: Product, owner: Client) -> None:
    await guess(product, MOST - 1)
    assert await product.deliver() == []
    await guess(product, 20)
    [email] = await product.deliver()
    assert email.to == EMAIL
    assert "wrong passwords" in email.subject


async def test_nobody_is_told_about_an_address_without_an_account(product: Product) -> None:
    guesser = product.client("192.0.2.66")
    for _ in range(MOST + 1):
        problem(await try_login(guesser, WRONG, "nobody@example.org"), 401, "wrong_credentials")
        product.clock.advance(seconds=limits.RATE_WINDOW_SECONDS / 5)
    assert await product.deliver() == []


async def test_a_new_password_by_mail_lets_in_again(product: Product, owner: Client) -> None:
    await guess(product, MOST)
    stranger = product.client("192.0.2.7")
    await stranger.post("auth/forgot-password", json={"email": EMAIL})
    await product.deliver()
    form = {"token": await product.link("reset", EMAIL), "new_password": "eight owls in a barn"}
    assert (await stranger.post("auth/reset-password", json=form)).status_code == 200
    answer = await try_login(product.client("192.0.2.8"), "eight owls in a barn")
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["me/password", "me/email"])
async def test_who_has_a_session_may_not_guess_the_password_for_ever(
    product: Product, owner: Client, path: str
) -> None:
    forms: dict[str, dict[str, Any]] = {
        "me/password": {"current_password": WRONG, "new_password": "eight owls in a barn"},
        "me/email": {"password": WRONG, "new_email": "other@example.org"},
    }
    field = "current_password" if path == "me/password" else "password"
    for _ in range(MOST):
        assert list(faults(await owner.post(path, json=forms[path]))) == [field]
        product.clock.advance(seconds=limits.RATE_WINDOW_SECONDS / 5)
    answer = await owner.post(path, json=forms[path] | {field: PASSWORD})
    assert list(faults(answer)) == [field]
    assert (await try_login(product.client("192.0.2.7"))).status_code == 200


async def test_the_cookie_of_a_browser_is_out_of_reach_and_stored_as_a_digest(
    product: Product, owner: Client
) -> None:
    answer = await try_login(owner)
    [cookie] = [each for each in answer.headers.get_list("set-cookie") if "bashi_device" in each]
    for words in ("HttpOnly", "SameSite=strict", "Secure", "Path=/api/auth", "Max-Age="):
        assert words in cookie
    secret = cookie.partition("=")[2].partition(";")[0]
    assert secret not in str(await product.rows("SELECT * FROM device"))


async def test_signing_out_keeps_a_browser_known(product: Product, owner: Client) -> None:
    await owner.post("auth/logout")
    await guess(product, MOST)
    assert (await try_login(owner)).status_code == 200
