from tests.people.helpers import COOKIE, cookie_of
from tests.support.client import EMAIL, PASSWORD, Client, faults, problem
from tests.support.product import Product

NEW_PASSWORD = "another way over the river"


async def forget(client: Client, product: Product, email: str = EMAIL) -> str:
    answer = await client.post("auth/forgot-password", json={"email": email})
    assert (answer.status_code, answer.json()) == (202, {})
    return await product.link("reset", EMAIL)


async def test_a_new_password_ends_every_session(client: Client, product: Product) -> None:
    await client.register()
    await product.deliver()
    phone = product.client()
    token = await forget(phone, product, "RAHIMA@example.org")
    form = {"token": token, "new_password": NEW_PASSWORD}
    answer = await phone.post("auth/reset-password", json=form)
    assert cookie_of(answer)
    assert phone.take(answer)["verified"] is True
    assert (await phone.get("me")).status_code == 200
    problem(await client.get("me"), 401, "not_signed_in")
    problem(await client.post("auth/refresh"), 401, "session_ended")
    login = {"email": EMAIL, "password": PASSWORD}
    problem(await client.post("auth/login", json=login), 401, "wrong_credentials")
    await client.login(password=NEW_PASSWORD)
    (message,) = await product.deliver()
    assert (message.to, message.subject) == (EMAIL, "Your password was changed")


async def test_a_bengali_email_leads_to_the_bengali_page(client: Client, product: Product) -> None:
    await client.register(locale="bn")
    await forget(client, product)
    assert "/bn/reset/#" in product.mailbox.emails[-1].text


async def test_a_link_works_once(client: Client, product: Product) -> None:
    await client.register()
    form = {"token": await forget(client, product), "new_password": NEW_PASSWORD}
    assert (await client.post("auth/reset-password", json=form)).status_code == 200
    problem(await client.post("auth/reset-password", json=form), 410, "link_expired")


async def test_a_link_lives_an_hour(client: Client, product: Product) -> None:
    await client.register()
    form = {"token": await forget(client, product), "new_password": NEW_PASSWORD}
    product.clock.advance(hours=1)
    problem(await client.post("auth/reset-password", json=form), 410, "link_expired")


async def test_the_newest_link_voids_the_older(client: Client, product: Product) -> None:
    await client.register()
    older, newer = await forget(client, product), await forget(client, product)
    form = {"token": newer, "new_password": NEW_PASSWORD}
    assert (await client.post("auth/reset-password", json=form)).status_code == 200
    form = {"token": older, "new_password": PASSWORD}
    problem(await client.post("auth/reset-password", json=form), 410, "link_expired")


async def test_a_verify_link_resets_nothing(client: Client, product: Product) -> None:
    await client.register()
    form = {"token": await product.link("verify", EMAIL), "new_password": NEW_PASSWORD}
    problem(await client.post("auth/reset-password", json=form), 410, "link_expired")


async def test_a_weak_choice_leaves_the_link(client: Client, product: Product) -> None:
    await client.register()
    form = {"token": await forget(client, product), "new_password": "rahima-2026"}
    assert list(faults(await client.post("auth/reset-password", json=form))) == ["new_password"]
    form["new_password"] = NEW_PASSWORD
    assert (await client.post("auth/reset-password", json=form)).status_code == 200


async def test_an_unknown_address_gets_no_email(client: Client, product: Product) -> None:
    answer = await client.post("auth/forgot-password", json={"email": "nobody@example.org"})
    assert (answer.status_code, answer.json()) == (202, {})
    assert await product.deliver() == []
    assert "nobody" not in str(await product.rows("SELECT * FROM outbox"))
    assert await product.rows("SELECT id FROM mailed_link") == []


async def test_a_disabled_account_gets_no_email(client: Client, product: Product) -> None:
    person = await client.register()
    token = await forget(client, product)
    admin = await product.staff()
    await admin.post(f"admin/people/{person['id']}/disable")
    form = {"token": token, "new_password": NEW_PASSWORD}
    problem(await client.post("auth/reset-password", json=form), 410, "link_expired")
    await client.post("auth/forgot-password", json={"email": EMAIL})
    assert await product.deliver() == []


async def test_three_emails_an_hour_to_an_unverified_address(
    client: Client, product: Product
) -> None:
    await client.register()
    for _ in range(5):
        answer = await client.post("auth/forgot-password", json={"email": EMAIL})
        assert answer.status_code == 202
    assert len(await product.deliver()) == 3
    product.clock.advance(hours=1)
    await client.post("auth/forgot-password", json={"email": EMAIL})
    assert len(await product.deliver()) == 1


async def test_the_cookie_of_the_old_session_is_replaced(client: Client, product: Product) -> None:
    await client.register()
    before = client.cookies[COOKIE]
    form = {"token": await forget(client, product), "new_password": NEW_PASSWORD}
    await client.post("auth/reset-password", json=form)
    assert client.cookies[COOKIE] != before
    assert (await client.post("auth/refresh")).status_code == 200
