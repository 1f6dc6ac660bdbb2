import re

import pytest

from bashi.core.people.rules import Role
from tests.support.client import PASSWORD, TERMS, Client, faults, problem, registration
from tests.support.product import SITE, Product
from tests.support.stand_ins import NOON


async def test_signs_in_at_once(client: Client) -> None:
    answer = await client.post("auth/register", json=registration())
    assert answer.status_code == 201
    auth = answer.json()
    assert auth["token_type"] == "Bearer"
    assert auth["expires_in_seconds"] == 86_400
    assert auth["person"] == {
        "id": auth["person"]["id"],
        "email": "rahima@example.org",
        "name": "Rahima Khatun",
        "role": "user",
        "locale": "en",
        "verified": False,
        "created_at": "2026-11-20T12:00:00Z",
    }
    client.take(answer)
    assert (await client.get("me")).json() == auth["person"]


async def test_the_cookie_is_kept_from_scripts_and_other_sites(client: Client) -> None:
    answer = await client.post("auth/register", json=registration())
    cookies = answer.headers.get_list("set-cookie")
    for (name, seconds), cookie in zip(
        {"bashi_refresh": 604_800, "bashi_device": 34_560_000}.items(), cookies, strict=True
    ):
        value, *attributes = cookie.split("; ")
        assert re.fullmatch(rf"{name}=[\w-]{{43}}", value)
        assert sorted(attributes) == sorted(
            ["HttpOnly", f"Max-Age={seconds}", "Path=/api/auth", "SameSite=strict", "Secure"]
        )


async def test_keeps_consent_and_no_password(client: Client, product: Product) -> None:
    await client.register()
    (row,) = await product.rows("SELECT * FROM person")
    assert (row["consent_version"], row["consent_at"]) == (TERMS, NOON)
    assert re.fullmatch(r"pbkdf2-sha256-chain\$1x1000\$[^$]{24}\$[^$]{44}", row["password_hash"])
    assert PASSWORD not in str(await product.rows("SELECT * FROM outbox"))
    (token,) = await product.rows("SELECT hash FROM refresh_token")
    assert client.cookies["bashi_refresh"] not in token["hash"]


@pytest.mark.parametrize(("locale", "path"), [("en", "/verify/"), ("bn", "/bn/verify/")])
async def test_welcomes_in_the_persons_language(
    client: Client, product: Product, locale: str, path: str
) -> None:
    await client.register(locale=locale)
    (email,) = await product.deliver()
    assert email.to == "rahima@example.org"
    assert re.search(rf"{SITE}{path}#[0-9a-f-]{{36}}\.[\w-]{{43}}\s", email.text)


@pytest.mark.parametrize("name", ["Md. A.K. Rahim", "Rahima c/o St.John", "O. Sen / P. Sen"])
async def test_a_name_with_points_and_strokes_is_a_name(client: Client, name: str) -> None:
    assert (await client.register(name=name))["name"] == name


async def test_stores_address_and_name_in_one_form(client: Client) -> None:
    person = await client.register("  Rahima@Bücher.Example.ORG ", name="  Rahima \t Khatun ")
    assert person["email"] == "rahima@xn--bcher-kva.example.org"
    assert person["name"] == "Rahima Khatun"


async def test_refuses_a_taken_address_in_any_case(client: Client, product: Product) -> None:
    await client.register()
    answer = await client.post("auth/register", json=registration("RAHIMA@example.org"))
    problem(answer, 409, "email_taken")
    assert "set-cookie" not in answer.headers
    assert len(await product.rows("SELECT id FROM session")) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "rahima"),
        ("email", "rahima@localhost"),
        ("email", "Rahima <rahima@example.org>"),
        ("email", "র@example.org"),
        ("email", f"{'x' * 65}@example.org"),
        ("email", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.org"),
        ("name", "   "),
        ("name", "x" * 101),
        ("name", "Rahima\x00"),
        ("name", "You won: https://evil.example"),
        ("name", "WWW.evil.example"),
        ("name", "evil.example/prize"),
        ("name", "Rahima\x1b[2J"),
        ("locale", "fr"),
        ("terms_version", "2019-01"),
        ("role", "admin"),
        ("password", "short7!"),
        ("password", "y" * 129),
        ("password", "qwertyuiop"),
        ("password", "Password2026!"),
        ("password", "aaaabbbbaaaa"),
        ("password", "rahima@example.org"),
        ("password", "Rahima1971"),
        ("password", "oklahomabashi"),
    ],
)
async def test_names_the_field_to_correct(
    client: Client, product: Product, field: str, value: str
) -> None:
    answer = await client.post("auth/register", json=registration(**{field: value}))
    assert list(faults(answer)) == [field]
    assert await product.rows("SELECT id FROM person") == []


@pytest.mark.parametrize(
    "password", ["নৌকা নদী সেতু", "🌉🌊🚣🏽‍♀️🪷🌾🎵", "x7 K!pqz", "p" * 60 + "qrst" * 17]
)
async def test_takes_any_other_password(client: Client, password: str) -> None:
    await client.register(password=password)
    await client.login(password=password)


async def test_a_password_may_be_typed_on_another_keyboard(client: Client) -> None:
    await client.register(password="caf\u00e9 \u2460 rivers")
    await client.login(password="cafe\u0301 1 rivers")


async def test_the_answer_never_echoes_the_password(client: Client) -> None:
    answer = await client.post("auth/register", json=registration(password="q" * 4_000))
    assert list(faults(answer)) == ["password"]
    assert "qqqq" not in answer.text


async def test_staff_are_added_by_the_operator_only(product: Product) -> None:
    admin = await product.staff(Role.ADMIN)
    assert admin.person["role"] == "admin"
    assert admin.person["verified"] is True
