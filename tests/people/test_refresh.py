import asyncio

import pytest

from bashi.core.batch import Row, Statement
from bashi.core.people.sql import REFRESH_TOKEN
from tests.people.helpers import COOKIE, cookie_of, refresh_with
from tests.support.client import Client, problem
from tests.support.product import SITE, Product

DAY_HOURS = 24


async def test_rotates(client: Client, product: Product) -> None:
    await client.register()
    first = client.cookies[COOKIE]
    product.clock.advance(hours=DAY_HOURS + 1)
    problem(await client.get("me"), 401, "not_signed_in")
    answer = await client.post("auth/refresh")
    assert answer.status_code == 200
    assert answer.json()["person"] == client.person
    assert cookie_of(answer) not in (None, first)
    client.take(answer)
    assert (await client.get("me")).status_code == 200


async def test_lives_seven_days_after_its_last_use(client: Client, product: Product) -> None:
    await client.register()
    for _ in range(3):
        product.clock.advance(hours=6 * DAY_HOURS)
        assert (await client.post("auth/refresh")).status_code == 200
    product.clock.advance(hours=7 * DAY_HOURS)
    problem(await client.post("auth/refresh"), 401, "session_ended")


async def test_two_tabs_within_ten_seconds(client: Client, product: Product) -> None:
    await client.register()
    old = client.cookies[COOKIE]
    await client.post("auth/refresh")
    product.clock.advance(seconds=10)
    answer = await refresh_with(product, old)
    assert answer.status_code == 200
    assert cookie_of(answer) is None
    token = answer.json()["access_token"]
    me = await client.get("me", headers={"authorization": f"Bearer {token}"})
    assert me.status_code == 200
    assert (await client.post("auth/refresh")).status_code == 200


async def test_reuse_ends_the_family(client: Client, product: Product) -> None:
    await client.register()
    stolen = client.cookies[COOKIE]
    client.take(await client.post("auth/refresh"))
    phone = product.client()
    await phone.login()
    product.clock.advance(seconds=10.001)
    problem(await refresh_with(product, stolen), 401, "session_ended")
    problem(await client.get("me"), 401, "not_signed_in")
    problem(await client.post("auth/refresh"), 401, "session_ended")
    assert (await phone.get("me")).status_code == 200
    (row,) = await product.rows("SELECT person_id FROM audit WHERE action = 'session.reuse'")
    assert row["person_id"] == client.person["id"]


async def test_at_once_one_rotates_and_the_rest_go_on(
    client: Client, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All read the token before any of them has used it."""
    await client.register()
    token = client.cookies[COOKIE]
    all_have_read, fetch = asyncio.Barrier(8), product.ports.database.fetch

    async def fetch_together(statement: Statement) -> list[Row]:
        rows = await fetch(statement)
        if statement.query is REFRESH_TOKEN and rows[0]["used_at"] is None:
            await all_have_read.wait()
        return rows

    monkeypatch.setattr(product.ports.database, "fetch", fetch_together)
    answers = await asyncio.gather(*(refresh_with(product, token) for _ in range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len([answer for answer in answers if cookie_of(answer)]) == 1


async def test_only_a_known_token(client: Client, product: Product) -> None:
    problem(await client.post("auth/refresh"), 401, "session_ended")
    problem(await refresh_with(product, "x" * 43), 401, "session_ended")
    await client.register()
    (row,) = await product.rows("SELECT hash FROM refresh_token")
    problem(await refresh_with(product, row["hash"]), 401, "session_ended")


@pytest.mark.parametrize("route", ["auth/refresh", "auth/logout"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"{SITE}.evil.example"},
        {"sec-fetch-site": "cross-site"},
    ],
)
async def test_refuses_pages_of_other_sites(
    client: Client, route: str, headers: dict[str, str]
) -> None:
    await client.register()
    problem(await client.post(route, headers=headers), 403, "wrong_origin")
    assert (await client.get("me")).status_code == 200


async def test_serves_pages_of_our_site(client: Client) -> None:
    await client.register()
    headers = {"origin": SITE, "sec-fetch-site": "same-origin"}
    assert (await client.post("auth/refresh", headers=headers)).status_code == 200
    assert (await client.post("auth/logout", headers=headers)).status_code == 204
