from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bashi.core.batch import Query, Result, Row, Statement
from bashi.core.people.rules import Role
from bashi.core.ports import Database, Hasher
from bashi.engines.hasher_threads import ThreadHasher
from tests.people.helpers import cookie_of, same
from tests.support.client import EMAIL, PASSWORD, Client, faults, problem
from tests.support.database import Template
from tests.support.product import Product, open_product

UNKNOWN = "nobody@example.org"


class Noting:
    """A Database and a Hasher that tell what was asked of them."""

    def __init__(self, database: Database, hasher: Hasher) -> None:
        self._database = database
        self._hasher = hasher
        self.asked: list[object] = []

    async def fetch(self, statement: Statement) -> list[Row]:
        self.asked.append(statement.query)
        return await self._database.fetch(statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        self.asked.append([statement.query for statement in statements])
        return await self._database.batch(statements)

    async def hash(self, password: str) -> str:
        self.asked.append("hash")
        return await self._hasher.hash(password)

    async def verify(self, password: str, stored: str | None) -> bool:
        self.asked.append("verify")
        return await self._hasher.verify(password, stored)

    def outdated(self, stored: str) -> bool:
        return self._hasher.outdated(stored)

    def taken(self) -> list[object]:
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture
async def noted(product: Product, tmp_path: Path, database_template: Template) -> Any:
    noting = Noting(product.ports.database, ThreadHasher("1x1000"))
    folder = tmp_path / "noted"
    folder.mkdir()
    async with open_product(
        folder, database_template, database=noting, hasher=noting, clock=product.clock
    ) as noted:
        yield noted, noting


async def test_right_password(client: Client) -> None:
    person = await client.register()
    assert await client.login() == person
    assert await client.login("RAHIMA@Example.org") == person


async def test_wrong_unknown_and_disabled_look_the_same(client: Client, product: Product) -> None:
    person = await client.register()
    wrong = await client.post("auth/login", json={"email": EMAIL, "password": "not this one"})
    problem(wrong, 401, "wrong_credentials")
    form = {"email": UNKNOWN, "password": "not this one"}
    unknown = await client.post("auth/login", json=form)
    admin = await product.staff()
    assert (await admin.post(f"admin/people/{person['id']}/disable")).status_code == 200
    disabled = await client.post("auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert same(wrong, unknown)
    assert same(wrong, disabled)


async def test_known_and_unknown_cost_the_same(noted: tuple[Product, Noting]) -> None:
    product, noting = noted
    await product.client().register()
    client = product.client()
    work: dict[str, list[object]] = {}
    answers = {}
    for email in (EMAIL, UNKNOWN):
        noting.taken()
        form = {"email": email, "password": "not this one"}
        login = await client.post("auth/login", json=form)
        forgot = await client.post("auth/forgot-password", json={"email": email})
        work[email], answers[email] = noting.taken(), (login, forgot)
    assert "verify" in work[EMAIL]
    assert any(isinstance(asked, list) for asked in work[EMAIL])
    assert work[EMAIL] == work[UNKNOWN]
    assert all(same(*pair) for pair in zip(*answers.values(), strict=True))


async def test_hashes_anew_when_the_work_rises(
    client: Client, product: Product, tmp_path: Path, database_template: Template
) -> None:
    await client.register()
    folder = tmp_path / "later"
    folder.mkdir()
    async with (
        open_product(
            folder,
            database_template,
            database=product.ports.database,
            hasher=ThreadHasher("2x1000"),
            clock=product.clock,
        ) as later,
        later.client() as browser,
    ):
        await browser.login()
        (row,) = await product.rows("SELECT password_hash FROM person")
        assert row["password_hash"].startswith("pbkdf2-sha256-chain$2x1000$")
        await browser.login()


async def test_a_sign_in_does_not_outlive_the_password(client: Client, product: Product) -> None:
    """The password changes after it was checked and before the session is written."""
    await client.register()
    hasher = product.ports.hasher

    class Slow(Noting):
        async def verify(self, password: str, stored: str | None) -> bool:
            right = await hasher.verify(password, stored)
            change = Query("UPDATE person SET password_hash = 'another'")
            await product.ports.database.batch([change()])
            return right

    object.__setattr__(product.ports, "hasher", Slow(product.ports.database, hasher))
    answer = await client.post("auth/login", json={"email": EMAIL, "password": PASSWORD})
    problem(answer, 401, "wrong_credentials")
    assert cookie_of(answer) is None


async def test_signing_out_counts_at_the_next_request(client: Client) -> None:
    await client.register()
    answer = await client.post("auth/logout")
    assert answer.status_code == 204
    assert "bashi_refresh=" in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    problem(await client.get("me"), 401, "not_signed_in")
    problem(await client.post("auth/refresh"), 401, "session_ended")


async def test_signing_out_with_the_cookie_alone(client: Client) -> None:
    await client.register()
    token = client.headers.pop("authorization")
    assert (await client.post("auth/logout")).status_code == 204
    problem(await client.get("me", headers={"authorization": token}), 401, "not_signed_in")


async def test_signing_out_leaves_other_devices(client: Client, product: Product) -> None:
    await client.register()
    phone = product.client()
    await phone.login()
    await client.post("auth/logout")
    assert (await phone.get("me")).status_code == 200


async def test_signing_out_without_a_session_is_no_error(client: Client) -> None:
    assert (await client.post("auth/logout")).status_code == 204


async def test_a_new_staff_member_needs_a_longer_password(client: Client, product: Product) -> None:
    person = await client.register(password="x7 K!pqz")
    answer = await client.post(
        "auth/verify-email", json={"token": await product.link("verify", EMAIL)}
    )
    assert answer.status_code == 200
    admin = await product.staff()
    answer = await admin.put(f"admin/people/{person['id']}/role", json={"role": Role.VOLUNTEER})
    assert answer.status_code == 200
    problem(await client.get("me"), 401, "not_signed_in")
    form = {"email": EMAIL, "password": "x7 K!pqz"}
    problem(await client.post("auth/login", json=form), 403, "password_too_short")
    await client.post("auth/forgot-password", json={"email": EMAIL})
    token = await product.link("reset", EMAIL)
    form = {"token": token, "new_password": "y8 L?qrz"}
    said = faults(await client.post("auth/reset-password", json=form))["new_password"]
    assert (said["code"], said["least"]) == ("password_short", 15)
    form = {"token": token, "new_password": PASSWORD}
    client.take(await client.post("auth/reset-password", json=form))
    assert client.person["role"] == "volunteer"
    assert (await client.get("me")).status_code == 200
