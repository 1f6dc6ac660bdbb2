import pytest

from tests.support.client import EMAIL, PASSWORD, Client, faults, problem
from tests.support.product import Product

NEW_PASSWORD = "another way over the river"
NEW_EMAIL = "khatun@example.org"


async def verified(client: Client, product: Product) -> None:
    await client.register()
    token = await product.link("verify", EMAIL)
    client.take(await client.post("auth/verify-email", json={"token": token}))


async def test_name_and_language(client: Client) -> None:
    await client.register()
    answer = await client.patch("me", json={"name": "  রহিমা খাতুন "})
    assert answer.json() == client.person | {"name": "রহিমা খাতুন"}
    answer = await client.patch("me", json={"locale": "bn"})
    assert answer.json() == client.person | {"name": "রহিমা খাতুন", "locale": "bn"}
    assert (await client.get("me")).json() == answer.json()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 101), ("locale", "fr"), ("role", "admin"), ("email", EMAIL)],
)
async def test_refuses_what_it_may_not_be(client: Client, field: str, value: str) -> None:
    await client.register()
    assert list(faults(await client.patch("me", json={field: value}))) == [field]
    assert (await client.get("me")).json() == client.person


async def test_a_changed_password_ends_other_sessions(client: Client, product: Product) -> None:
    await verified(client, product)
    phone = product.client()
    await phone.login()
    await product.deliver()
    form = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    client.take(await client.post("me/password", json=form))
    assert (await client.get("me")).status_code == 200
    assert (await client.post("auth/refresh")).status_code == 200
    problem(await phone.get("me"), 401, "not_signed_in")
    problem(await phone.post("auth/refresh"), 401, "session_ended")
    await phone.login(password=NEW_PASSWORD)
    assert [email.subject for email in await product.deliver()] == ["Your password was changed"]


async def test_an_unverified_address_gets_no_notice(client: Client, product: Product) -> None:
    """It may be a stranger's, and the notice names the new one."""
    await client.register()
    await product.deliver()
    form = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    client.take(await client.post("me/password", json=form))
    await client.post("me/email", json={"new_email": NEW_EMAIL, "password": NEW_PASSWORD})
    token = await product.link("verify", NEW_EMAIL)
    assert (await client.post("auth/verify-email", json={"token": token})).status_code == 200
    assert [email.to for email in await product.deliver()] == []


async def test_a_changed_password_voids_mailed_links(client: Client, product: Product) -> None:
    await verified(client, product)
    await client.post("auth/forgot-password", json={"email": EMAIL})
    token = await product.link("reset", EMAIL)
    form = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    await client.post("me/password", json=form)
    form = {"token": token, "new_password": PASSWORD}
    problem(await client.post("auth/reset-password", json=form), 410, "link_expired")


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("not this one", NEW_PASSWORD, "current_password"),
        (PASSWORD, "short", "new_password"),
        (PASSWORD, "password1", "new_password"),
    ],
)
async def test_a_refused_password_changes_nothing(
    client: Client, current: str, new: str, field: str
) -> None:
    await client.register()
    form = {"current_password": current, "new_password": new}
    assert list(faults(await client.post("me/password", json=form))) == [field]
    assert (await client.get("me")).status_code == 200
    await client.login()


async def test_staff_choose_fifteen_characters(product: Product) -> None:
    admin = await product.staff()
    form = {"current_password": PASSWORD, "new_password": "14 characters!"}
    said = faults(await admin.post("me/password", json=form))["new_password"]
    assert (said["code"], said["least"]) == ("password_short", 15)


async def test_a_new_address_counts_once_proved(client: Client, product: Product) -> None:
    await verified(client, product)
    await product.deliver()
    form = {"new_email": "Khatun@Example.org", "password": PASSWORD}
    assert (await client.post("me/email", json=form)).status_code == 202
    token = await product.link("verify", NEW_EMAIL)
    assert (await client.get("me")).json()["email"] == EMAIL
    person = client.take(await client.post("auth/verify-email", json={"token": token}))
    assert (person["email"], person["verified"]) == (NEW_EMAIL, True)
    (email,) = await product.deliver()
    assert (email.to, email.subject) == (EMAIL, "Your email address was changed")
    assert NEW_EMAIL in email.text
    await client.login(NEW_EMAIL)
    form = {"email": EMAIL, "password": PASSWORD}
    problem(await client.post("auth/login", json=form), 401, "wrong_credentials")


async def test_a_new_address_alone_takes_over_nothing(client: Client, product: Product) -> None:
    """A mistyped address: its owner gets the email, and may neither enter nor set a password."""
    await verified(client, product)
    await client.post("me/email", json={"new_email": NEW_EMAIL, "password": PASSWORD})
    token = await product.link("verify", NEW_EMAIL)
    stranger = product.client()
    form = {"token": token, "new_password": NEW_PASSWORD}
    problem(await stranger.post("auth/verify-email", json=form), 409, "password_needed")
    answer = await stranger.post("auth/forgot-password", json={"email": NEW_EMAIL})
    assert answer.status_code == 202
    assert await product.deliver() == []
    form = {"token": token, "password": PASSWORD}
    assert (await stranger.post("auth/verify-email", json=form)).status_code == 200


async def test_the_old_address_loses_its_links(client: Client, product: Product) -> None:
    await verified(client, product)
    await client.post("auth/forgot-password", json={"email": EMAIL})
    reset = await product.link("reset", EMAIL)
    await client.post("me/email", json={"new_email": NEW_EMAIL, "password": PASSWORD})
    token = await product.link("verify", NEW_EMAIL)
    await client.post("auth/verify-email", json={"token": token})
    form = {"token": reset, "new_password": NEW_PASSWORD}
    problem(await client.post("auth/reset-password", json=form), 410, "link_expired")


async def test_a_taken_address_gets_no_email(client: Client, product: Product) -> None:
    await product.client().register(NEW_EMAIL)
    await verified(client, product)
    await product.deliver()
    form = {"new_email": NEW_EMAIL, "password": PASSWORD}
    assert (await client.post("me/email", json=form)).status_code == 202
    assert await product.deliver() == []


async def test_an_address_taken_meanwhile(client: Client, product: Product) -> None:
    await verified(client, product)
    await client.post("me/email", json={"new_email": NEW_EMAIL, "password": PASSWORD})
    token = await product.link("verify", NEW_EMAIL)
    await product.client().register(NEW_EMAIL)
    answer = await client.post("auth/verify-email", json={"token": token})
    problem(answer, 409, "email_taken")
    assert (await client.get("me")).json()["email"] == EMAIL


async def test_a_new_address_takes_the_password(client: Client, product: Product) -> None:
    await client.register()
    await product.deliver()
    form = {"new_email": NEW_EMAIL, "password": "not this one"}
    assert list(faults(await client.post("me/email", json=form))) == ["password"]
    form = {"new_email": EMAIL, "password": PASSWORD}
    assert list(faults(await client.post("me/email", json=form))) == ["new_email"]
    assert await product.deliver() == []


async def test_three_emails_an_hour_to_a_strangers_address(product: Product) -> None:
    answers = []
    for name in ("a", "b"):
        client = product.client()
        await client.register(f"{name}@example.org")
        form = {"new_email": "victim@example.org", "password": PASSWORD}
        answers += [await client.post("me/email", json=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    await product.client().register("victim@example.org")
    emails = [email for email in await product.deliver() if email.to == "victim@example.org"]
    assert len(emails) == 3


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "me"), ("PATCH", "me"), ("POST", "me/password"), ("POST", "me/email"),
     ("POST", "me/verify-email")],
)  # fmt: skip
async def test_needs_a_session(client: Client, method: str, path: str) -> None:
    problem(await client.request(method, path, json={}), 401, "not_signed_in")
