"""A mailed link signs in: for 15 minutes, once, and only who presses the button."""

import httpx
import pytest

from bashi.core import limits
from bashi.core.batch import Query
from tests.people.helpers import cookie_of, same
from tests.support.client import EMAIL, PASSWORD, Client, faults, problem
from tests.support.product import Product

UNKNOWN = "nobody@example.org"


@pytest.fixture
async def owner(product: Product) -> Client:
    owner = product.client()
    await owner.register()
    await product.deliver()
    token = await product.link("verify", EMAIL)
    assert (await owner.post("auth/verify-email", json={"token": token})).status_code == 200
    await product.deliver()
    return owner


async def ask(client: Client, email: str = EMAIL) -> httpx.Response:
    return await client.post("auth/login-link", json={"email": email})


async def mailed(product: Product) -> str:
    answer = await ask(product.client())
    assert answer.status_code == 202, answer.text
    await product.deliver()
    return await product.link("login-link", EMAIL)


async def use(client: Client, token: str) -> httpx.Response:
    return await client.post("auth/login-by-link", json={"token": token})


async def test_the_link_signs_in(product: Product, owner: Client) -> None:
    phone = product.client()
    answer = await use(phone, await mailed(product))
    assert answer.status_code == 200, answer.text
    assert phone.take(answer)["email"] == EMAIL
    assert cookie_of(answer)
    assert (await phone.get("me")).status_code == 200


async def test_it_works_once(product: Product, owner: Client) -> None:
    token = await mailed(product)
    assert (await use(product.client(), token)).status_code == 200
    problem(await use(product.client(), token), 410, "link_expired")


async def test_it_works_for_fifteen_minutes(product: Product, owner: Client) -> None:
    token = await mailed(product)
    product.clock.advance(minutes=15)
    problem(await use(product.client(), token), 410, "link_expired")
    token = await mailed(product)
    product.clock.advance(minutes=14)
    assert (await use(product.client(), token)).status_code == 200


async def test_opening_its_page_uses_nothing(product: Product, owner: Client) -> None:
    """As mail scanners do: the secret stands in the fragment, which is sent to nobody."""
    token = await mailed(product)
    [email] = [each for each in product.mailbox.emails if "login-link/#" in each.text]
    assert f"/login-link/#{token}" in email.text
    assert (await use(product.client(), token)).status_code == 200


async def test_known_and_unknown_addresses_are_answered_alike(
    product: Product, owner: Client
) -> None:
    known, unknown = await ask(product.client()), await ask(product.client(), UNKNOWN)
    assert same(known, unknown)
    assert [email.to for email in await product.deliver()] == [EMAIL]


async def test_an_address_that_nobody_proved_is_asked_to_be_proved(product: Product) -> None:
    """Or whoever registered it first, with a password of theirs, would go on reading along."""
    await product.client().register()
    await product.deliver()
    await ask(product.client())
    [email] = await product.deliver()
    assert "/verify/#" in email.text
    assert "/login-link/#" not in email.text


async def test_it_lets_in_when_the_password_was_guessed_too_often(
    product: Product, owner: Client
) -> None:
    guesser = product.client("192.0.2.66")
    for _ in range(limits.WRONG_PASSWORDS):
        form = {"email": EMAIL, "password": "not this one"}
        await guesser.post("auth/login", json=form)
        product.clock.advance(seconds=limits.RATE_WINDOW_SECONDS / 5)
    phone = product.client("192.0.2.7")
    assert (await use(phone, await mailed(product))).status_code == 200
    form = {"email": EMAIL, "password": PASSWORD}
    assert (await phone.post("auth/login", json=form)).status_code == 200


async def test_a_disabled_account_is_not_let_in(product: Product, owner: Client) -> None:
    token = await mailed(product)
    admin = await product.staff()
    await admin.post(f"admin/people/{owner.person['id']}/disable")
    problem(await use(product.client(), token), 410, "link_expired")
    await ask(product.client())
    assert await product.deliver() == []


async def test_a_new_password_ends_it(product: Product, owner: Client) -> None:
    token = await mailed(product)
    form = {"current_password": PASSWORD, "new_password": "eight owls in a barn"}
    assert (await owner.post("me/password", json=form)).status_code == 200
    problem(await use(product.client(), token), 410, "link_expired")


async def test_a_link_of_another_purpose_does_not_sign_in(product: Product, owner: Client) -> None:
    await owner.post("auth/forgot-password", json={"email": EMAIL})
    await product.deliver()
    token = await product.link("reset", EMAIL)
    problem(await use(product.client(), token), 410, "link_expired")


async def test_nothing_that_opens_it_is_stored(product: Product, owner: Client) -> None:
    secret = (await mailed(product)).partition(".")[2]
    for table in ("mailed_link", "outbox", "audit"):
        assert secret not in str(await product.rows(f"SELECT * FROM {table}"))


async def test_a_mailbox_is_not_flooded(product: Product, owner: Client) -> None:
    for number in range(limits.EMAILS_PER_HOUR_VERIFIED + 3):
        assert (await ask(product.client(f"192.0.2.{number}"))).status_code in (202, 429)
    assert len(await product.deliver()) <= limits.EMAILS_PER_HOUR_VERIFIED


async def test_an_account_without_a_password_is_signed_in_by_links_alone(
    product: Product, owner: Client
) -> None:
    """As accounts will be that somebody else made; before they consented to anything, too."""
    nothing = Query(
        "UPDATE person SET password_hash = NULL, consent_version = NULL, consent_at = NULL"
    )
    await product.ports.database.batch([nothing()])
    for password in ("", PASSWORD):
        form = {"email": EMAIL, "password": password}
        problem(await product.client().post("auth/login", json=form), 401, "wrong_credentials")
    phone = product.client()
    phone.take(await use(phone, await mailed(product)))
    form = {"current_password": "", "new_password": "eight owls in a barn"}
    assert list(faults(await phone.post("me/password", json=form))) == ["current_password"]
    await phone.post("auth/forgot-password", json={"email": EMAIL})
    await product.deliver()
    form = {"token": await product.link("reset", EMAIL), "new_password": "eight owls in a barn"}
    assert (await phone.post("auth/reset-password", json=form)).status_code == 200
    await product.client().login(EMAIL, "eight owls in a barn")
