import pytest

from bashi.engines.signer_cryptography import ServerSigner
from tests.people.helpers import COOKIE, cookie_of
from tests.support.client import EMAIL, PASSWORD, Client, faults, problem
from tests.support.product import OTHER_SECRET, SITE, TICKET_KEY, Product

NEW_PASSWORD = "the owner's own words"


async def test_in_the_own_session_the_link_is_enough(client: Client, product: Product) -> None:
    await client.register()
    cookie = client.cookies[COOKIE]
    answer = await client.post(
        "auth/verify-email", json={"token": await product.link("verify", EMAIL)}
    )
    assert answer.status_code == 200
    assert answer.json()["person"]["verified"] is True
    assert cookie_of(answer) is None
    assert client.cookies[COOKIE] == cookie
    client.take(answer)
    assert (await client.get("me")).json()["verified"] is True
    assert (await client.post("auth/refresh")).status_code == 200


async def test_elsewhere_it_takes_the_password(client: Client, product: Product) -> None:
    await client.register()
    token = await product.link("verify", EMAIL)
    phone = product.client()
    answer = await phone.post("auth/verify-email", json={"token": token})
    problem(answer, 409, "password_needed")
    assert "set-cookie" not in answer.headers
    form = {"token": token, "password": "not this one"}
    problem(await phone.post("auth/verify-email", json=form), 401, "wrong_credentials")
    assert (await client.get("me")).json()["verified"] is False
    answer = await phone.post("auth/verify-email", json={"token": token, "password": PASSWORD})
    assert cookie_of(answer)
    assert phone.take(answer)["verified"] is True
    assert (await phone.get("me")).status_code == 200
    assert (await client.get("me")).json()["verified"] is True


async def test_an_account_registered_by_somebody_else(client: Client, product: Product) -> None:
    """The owner of the address chooses a new password, and whoever registered it is out."""
    attacker = client
    await attacker.register()
    change = {"new_email": "attacker@example.org", "password": PASSWORD}
    assert (await attacker.post("me/email", json=change)).status_code == 202
    later = await product.link("verify", "attacker@example.org")
    token = await product.link("verify", EMAIL)

    owner = product.client()
    problem(await owner.post("auth/verify-email", json={"token": token}), 409, "password_needed")
    form = {"token": token, "new_password": "short"}
    assert list(faults(await owner.post("auth/verify-email", json=form))) == ["new_password"]
    form = {"token": token, "new_password": NEW_PASSWORD}
    assert owner.take(await owner.post("auth/verify-email", json=form))["verified"] is True

    problem(await attacker.get("me"), 401, "not_signed_in")
    problem(await attacker.post("auth/refresh"), 401, "session_ended")
    login = {"email": EMAIL, "password": PASSWORD}
    problem(await attacker.post("auth/login", json=login), 401, "wrong_credentials")
    form = {"token": later, "password": PASSWORD}
    problem(await attacker.post("auth/verify-email", json=form), 410, "link_expired")
    await owner.login(password=NEW_PASSWORD)


async def test_another_persons_session_counts_as_elsewhere(product: Product) -> None:
    await product.client().register()
    other = product.client()
    await other.register("other@example.org")
    token = await product.link("verify", EMAIL)
    problem(await other.post("auth/verify-email", json={"token": token}), 409, "password_needed")


async def test_a_link_works_once(client: Client, product: Product) -> None:
    await client.register()
    token = await product.link("verify", EMAIL)
    phone = product.client()
    form = {"token": token, "password": PASSWORD}
    assert (await phone.post("auth/verify-email", json=form)).status_code == 200
    problem(await phone.post("auth/verify-email", json=form), 410, "link_expired")
    form = {"token": token, "new_password": NEW_PASSWORD}
    problem(await phone.post("auth/verify-email", json=form), 410, "link_expired")


async def test_the_own_session_may_repeat_it(client: Client, product: Product) -> None:
    await client.register()
    form = {"token": await product.link("verify", EMAIL)}
    first = await client.post("auth/verify-email", json=form)
    again = await client.post("auth/verify-email", json=form)
    assert again.status_code == 200
    assert again.json()["person"] == first.json()["person"]


async def test_one_used_link_voids_the_others(client: Client, product: Product) -> None:
    await client.register()
    welcome = await product.link("verify", EMAIL)
    assert (await client.post("me/verify-email")).status_code == 202
    token = await product.link("verify", EMAIL)
    assert token != welcome
    await client.post("auth/verify-email", json={"token": token})
    form = {"token": welcome, "new_password": NEW_PASSWORD}
    answer = await product.client().post("auth/verify-email", json=form)
    problem(answer, 410, "link_expired")


async def test_a_link_lives_three_days(client: Client, product: Product) -> None:
    await client.register()
    form = {"token": await product.link("verify", EMAIL)}
    product.clock.advance(hours=72)
    client.take(await client.post("auth/refresh"))
    problem(await client.post("auth/verify-email", json=form), 410, "link_expired")
    assert (await client.get("me")).json()["verified"] is False


async def test_only_our_own_links(client: Client, product: Product) -> None:
    await client.register()
    token = await product.link("verify", EMAIL)
    identity, _, tag = token.partition(".")
    await client.post("auth/forgot-password", json={"email": EMAIL})
    reset = await product.link("reset", EMAIL)
    forged = await ServerSigner([OTHER_SECRET], TICKET_KEY).seal(
        "mailed-link", f"{identity}|verify"
    )
    for wrong in (
        "",
        identity,
        f"{identity}.",
        f"{identity}.{tag[:-1]}",
        f"{identity}.{'A' * 43}",
        f"{identity}.{forged}",
        f"{identity.upper()}.{tag}",
        f"{identity}.অ",
        reset,
    ):
        answer = await client.post("auth/verify-email", json={"token": wrong})
        problem(answer, 410, "link_expired")
    assert (await client.get("me")).json()["verified"] is False


async def test_sends_the_link_again_three_times_an_hour(client: Client, product: Product) -> None:
    await client.register()
    assert (await client.post("me/verify-email")).status_code == 202
    assert (await client.post("me/verify-email")).status_code == 202
    answer = await client.post("me/verify-email")
    problem(answer, 429, "emails_per_hour")
    assert answer.headers["retry-after"] == "3600"
    assert len(await product.deliver()) == 3
    product.clock.advance(hours=1)
    assert (await client.post("me/verify-email")).status_code == 202
    assert len(await product.deliver()) == 1


async def test_no_email_to_a_verified_address(client: Client, product: Product) -> None:
    await client.register()
    await client.post("auth/verify-email", json={"token": await product.link("verify", EMAIL)})
    assert (await client.post("me/verify-email")).status_code == 202
    assert await product.deliver() == []


async def test_a_used_link_is_not_sent(client: Client, product: Product) -> None:
    """Its email was still waiting when the address was confirmed by another."""
    await client.register()
    token = await product.link("verify", EMAIL)
    await client.post("me/verify-email")
    await client.post("auth/verify-email", json={"token": token})
    assert await product.deliver() == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_refuses_pages_of_other_sites(client: Client, product: Product, origin: str) -> None:
    await client.register()
    form = {"token": await product.link("verify", EMAIL)}
    answer = await client.post("auth/verify-email", json=form, headers={"origin": origin})
    problem(answer, 403, "wrong_origin")
    answer = await client.post("auth/verify-email", json=form, headers={"origin": SITE})
    assert answer.status_code == 200
