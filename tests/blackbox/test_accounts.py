"""Accounts: registering, confirming, sessions and their refresh, passwords, roles."""

import asyncio

import httpx
import pytest

from bashi.core import limits
from tests.blackbox.site import Site, somebody
from tests.people.helpers import COOKIE
from tests.support.client import PASSWORD, Client, faults, problem, registration

pytestmark = pytest.mark.slow


async def test_registering_and_confirming(site: Site) -> None:
    client = await site.buyer()
    assert client.person["verified"] is False
    token = await site.link("verify", client.person["email"])
    client.take(await client.post("auth/verify-email", json={"token": token}))
    assert (await client.get("me")).json() == client.person
    assert (client.person["verified"], client.person["role"]) == (True, "user")


async def test_a_link_elsewhere_asks_for_the_password(site: Site) -> None:
    email = (await site.buyer()).person["email"]
    form = {"token": await site.link("verify", email)}
    phone = site.client()
    problem(await phone.post("auth/verify-email", json=form), 409, "password_needed")
    wrong = form | {"password": "not the password"}
    problem(await phone.post("auth/verify-email", json=wrong), 401, "wrong_credentials")
    answer = await phone.post("auth/verify-email", json=form | {"password": PASSWORD})
    assert phone.take(answer)["verified"] is True


async def test_a_mailed_link_signs_in_once(site: Site) -> None:
    client = await site.buyer()
    email = client.person["email"]
    form = {"token": await site.link("verify", email)}
    client.take(await client.post("auth/verify-email", json=form))
    answer = await site.client().post("auth/login-link", json={"email": email})
    assert answer.status_code == 202, answer.text
    form = {"token": await site.link("login-link", email, "Your link to log in")}
    phone = site.client()
    assert phone.take(await phone.post("auth/login-by-link", json=form))["email"] == email
    assert (await phone.get("me")).status_code == 200
    problem(await site.client().post("auth/login-by-link", json=form), 410, "link_expired")


async def test_guesses_of_others_do_not_keep_a_known_browser_out(site: Site) -> None:
    owner = await site.buyer()
    form = {"email": owner.person["email"], "password": PASSWORD}
    guesses = [form | {"password": "not the password"}] * (limits.AUTH_PER_ACCOUNT + 1)
    answers = [await site.client().post("auth/login", json=guess) for guess in guesses]
    assert answers[-1].status_code == 429
    assert (await owner.post("auth/login", json=form)).status_code == 200


async def test_a_made_up_link_is_over(site: Site) -> None:
    for path in ("verify-email", "reset-password", "login-by-link"):
        form = {"token": "made.up"} | ({"new_password": PASSWORD} if "reset" in path else {})
        problem(await site.client().post(f"auth/{path}", json=form), 410, "link_expired")


async def test_an_address_has_one_account(site: Site) -> None:
    email = (await site.buyer()).person["email"]
    answer = await site.client().post("auth/register", json=registration(email.upper()))
    problem(answer, 409, "email_taken")


async def test_one_address_registered_by_many_at_once(site: Site) -> None:
    form = registration(somebody())
    posts = [site.client().post("auth/register", json=form) for _ in range(5)]
    answers = await asyncio.gather(*posts)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]


async def test_signing_in_and_out(site: Site) -> None:
    email = (await site.buyer()).person["email"]
    client = site.client()
    await client.login(email)
    assert (await client.post("auth/logout")).status_code == 204
    for _ in range(2):  # wherever it is asked
        problem(await client.get("me"), 401, "not_signed_in")
    client.forget_token()
    problem(await client.post("auth/refresh"), 401, "session_ended")


async def test_wrong_credentials_are_not_told_apart(site: Site) -> None:
    email = (await site.buyer()).person["email"]
    forms = [
        {"email": email, "password": "not the password"},
        {"email": somebody(), "password": PASSWORD},
    ]
    answers = [await site.client().post("auth/login", json=form) for form in forms]
    problems = [problem(answer, 401, "wrong_credentials") for answer in answers]
    assert problems[0] | {"request_id": ""} == problems[1] | {"request_id": ""}


async def test_guessing_a_password_ends_soon(site: Site) -> None:
    """All processes count together."""
    email = (await site.buyer()).person["email"]
    form = {"email": email, "password": "not the password"}
    answers: list[httpx.Response] = []
    while len(answers) <= 2 * limits.AUTH_PER_ACCOUNT:  # a window may end in between
        answers.append(await site.client().post("auth/login", json=form))
        if answers[-1].status_code == 429:
            break
    refused = problem(answers[-1], 429, "too_many_requests")
    assert answers[-1].headers["retry-after"] == str(refused["retry_after_seconds"])
    assert len(answers) > limits.AUTH_PER_ACCOUNT


async def test_a_refresh_token_is_replaced_at_each_use(site: Site) -> None:
    client = await site.buyer()
    first = client.cookies[COOKIE]
    client.forget_token()
    answer = await client.post("auth/refresh", headers={"origin": site.root("")})
    client.take(answer)
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/api/auth"))
    assert client.cookies[COOKIE] != first
    assert (await client.get("me")).json() == client.person


async def test_two_tabs_refresh_at_once(site: Site) -> None:
    """Both go on; one of them gets the next refresh token."""
    tab, other = await site.buyer(), site.client()
    other.cookies = tab.cookies
    answers = await asyncio.gather(tab.post("auth/refresh"), other.post("auth/refresh"))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum("set-cookie" in answer.headers for answer in answers) == 1
    assert (await other.post("auth/refresh")).status_code == 200


async def test_another_site_may_not_refresh(site: Site) -> None:
    client = await site.buyer()
    answer = await client.post("auth/refresh", headers={"origin": "http://evil.example"})
    problem(answer, 403, "wrong_origin")


async def test_a_forgotten_password(site: Site) -> None:
    client, phone = await site.buyer(), site.client()
    email = client.person["email"]
    for asked in (email, somebody()):
        answer = await phone.post("auth/forgot-password", json={"email": asked})
        assert (answer.status_code, answer.json()) == (202, {})
    form = {"token": await site.link("reset", email, "password"), "new_password": f"{PASSWORD} 2"}
    assert phone.take(await phone.post("auth/reset-password", json=form))["verified"] is True
    problem(await client.get("me"), 401, "not_signed_in")
    assert (await phone.get("me")).status_code == 200
    problem(await phone.post("auth/reset-password", json=form), 410, "link_expired")
    await site.client().login(email, f"{PASSWORD} 2")


async def test_a_new_password_ends_the_other_sessions(site: Site) -> None:
    client, other = await site.buyer(), site.client()
    await other.login(client.person["email"])
    form = {"current_password": "not the password", "new_password": f"{PASSWORD} 2"}
    assert list(faults(await client.post("me/password", json=form))) == ["current_password"]
    form["current_password"] = PASSWORD
    client.take(await client.post("me/password", json=form))
    assert (await client.get("me")).status_code == 200
    problem(await other.get("me"), 401, "not_signed_in")


async def test_a_new_address_counts_once_confirmed(site: Site) -> None:
    client, new = await site.confirmed(), somebody()
    form = {"new_email": new, "password": PASSWORD}
    assert (await client.post("me/email", json=form)).status_code == 202
    token = await site.link("verify", new)
    client.take(await client.post("auth/verify-email", json={"token": token}))
    assert (await client.get("me")).json()["email"] == new


async def test_emails_come_in_the_persons_language(site: Site) -> None:
    client = await site.buyer(locale="bn")
    message = await site.email(client.person["email"], "")
    assert site.root("/bn/verify/#") in message.text
    answer = await client.patch("me", json={"name": "রহিমা", "locale": "en"})
    assert (answer.json()["name"], answer.json()["locale"]) == ("রহিমা", "en")


async def test_roles_count_at_the_next_request(site: Site) -> None:
    client = await site.confirmed()
    path = f"admin/people/{client.person['id']}"
    problem(await client.get("admin/people"), 403, "not_allowed")
    problem(await client.get("door/events"), 403, "not_allowed")
    await change_role(site, client, "volunteer")
    assert (await client.get("door/events")).status_code == 200
    problem(await client.get("admin/people"), 403, "not_allowed")
    await change_role(site, client, "admin")
    assert (await client.get("admin/people")).status_code == 200
    await site.admin.put(f"{path}/role", json={"role": "user"})
    for _ in range(2):  # no process remembers the old role
        assert (await client.get("admin/people")).status_code in (401, 403)


async def change_role(site: Site, client: Client, role: str) -> None:
    path = f"admin/people/{client.person['id']}/role"
    answer = await site.admin.put(path, json={"role": role})
    assert (answer.status_code, answer.json()["role"]) == (200, role), answer.text
    await client.login(client.person["email"])


async def test_no_role_before_the_address_is_confirmed(site: Site) -> None:
    client = await site.buyer()
    path = f"admin/people/{client.person['id']}/role"
    problem(await site.admin.put(path, json={"role": "volunteer"}), 409, "not_verified")


async def test_a_disabled_person_is_out_at_once(site: Site) -> None:
    client = await site.buyer()
    path = f"admin/people/{client.person['id']}"
    assert (await client.get("me")).status_code == 200
    assert (await site.admin.post(f"{path}/disable")).json()["disabled"] is True
    for _ in range(2):
        problem(await client.get("me"), 401, "not_signed_in")
    problem(await client.post("auth/refresh"), 401, "session_ended")
    assert (await site.admin.post(f"{path}/enable")).json()["disabled"] is False
    await client.login(client.person["email"])


async def test_people_are_found(site: Site) -> None:
    email = (await site.buyer(name="Nasrin 100% Sultana")).person["email"]
    for q in (email, email.upper()):
        found = (await site.admin.get("admin/people", params={"q": q})).json()["items"]
        assert [row["email"] for row in found] == [email]
    assert faults(await site.admin.get("admin/people", params={"role": "owner"}))
