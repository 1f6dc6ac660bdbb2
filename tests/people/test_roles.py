import asyncio

import httpx
import pytest

from bashi.core.errors import Conflict, InvalidFields, NotFound
from bashi.core.people.add_user import AddUser, add_user
from bashi.core.people.roles import promote
from bashi.core.people.rules import Role
from tests.support.client import EMAIL, PASSWORD, Client, faults, problem
from tests.support.product import Product


async def verified(product: Product, email: str = EMAIL) -> Client:
    client = product.client()
    await client.register(email)
    token = await product.link("verify", email)
    client.take(await client.post("auth/verify-email", json={"token": token}))
    return client


async def test_promotes_and_demotes(product: Product) -> None:
    client, admin = await verified(product), await product.staff()
    path = f"admin/people/{client.person['id']}/role"
    answer = await admin.put(path, json={"role": "admin"})
    assert answer.json() == client.person | {"role": "admin", "disabled": False}
    await client.login()
    assert (await client.get("admin/people")).status_code == 200
    await admin.put(path, json={"role": "volunteer"})
    problem(await client.get("admin/people"), 403, "not_allowed")
    await admin.put(path, json={"role": "user"})
    assert (await client.get("me")).json()["role"] == "user"
    trail = await product.rows(
        "SELECT person_id, subject_id, detail FROM audit WHERE action = 'person.role' ORDER BY id"
    )
    assert [row["detail"] for row in trail] == [
        "user → admin",
        "admin → volunteer",
        "volunteer → user",
    ]
    assert {(row["person_id"], row["subject_id"]) for row in trail} == {
        (admin.person["id"], client.person["id"])
    }


async def test_the_same_role_again_changes_nothing(product: Product) -> None:
    client, admin = await verified(product), await product.staff()
    path = f"admin/people/{client.person['id']}/role"
    assert (await admin.put(path, json={"role": "user"})).status_code == 200
    assert (await client.get("me")).status_code == 200
    assert await product.rows("SELECT id FROM audit WHERE action = 'person.role'") == []


async def test_an_unverified_person_gets_no_staff_role(client: Client, product: Product) -> None:
    person = await client.register()
    admin = await product.staff()
    answer = await admin.put(f"admin/people/{person['id']}/role", json={"role": "volunteer"})
    problem(answer, 409, "not_verified")


async def test_disabling_counts_at_the_next_request(product: Product) -> None:
    client, admin = await verified(product), await product.staff()
    path = f"admin/people/{client.person['id']}"
    answer = await admin.post(f"{path}/disable")
    assert answer.json() == client.person | {"disabled": True}
    problem(await client.get("me"), 401, "not_signed_in")
    problem(await client.post("auth/refresh"), 401, "session_ended")
    assert (await admin.post(f"{path}/disable")).json()["disabled"] is True
    assert (await admin.post(f"{path}/enable")).json()["disabled"] is False
    problem(await client.get("me"), 401, "not_signed_in")
    await client.login()
    trail = await product.rows("SELECT action FROM audit WHERE person_id = :admin ORDER BY id",
                               admin=admin.person["id"])  # fmt: skip
    assert [row["action"] for row in trail] == ["person.disable", "person.enable"]


@pytest.mark.parametrize("step", ["role", "disable"])
async def test_the_last_admin_stays(product: Product, step: str) -> None:
    admin = await product.staff()
    path = f"admin/people/{admin.person['id']}/{step}"

    async def step_down() -> httpx.Response:
        return await (
            admin.put(path, json={"role": "user"}) if step == "role" else admin.post(path)
        )

    problem(await step_down(), 409, "last_admin")
    assert (await admin.get("admin/people")).status_code == 200
    await product.staff(email="second@example.org")
    assert (await step_down()).status_code == 200


async def test_two_admins_demote_each_other_at_once(product: Product) -> None:
    one, two = await product.staff(), await product.staff(email="second@example.org")
    answers = await asyncio.gather(
        one.put(f"admin/people/{two.person['id']}/role", json={"role": "user"}),
        two.put(f"admin/people/{one.person['id']}/role", json={"role": "user"}),
    )
    assert len(await product.rows("SELECT id FROM person WHERE role = 'admin'")) == 1
    assert [answer.status_code for answer in answers].count(200) == 1


@pytest.mark.parametrize("role", ["user", "volunteer"])
async def test_only_admins(product: Product, role: str) -> None:
    client = await verified(product) if role == "user" else await product.staff(Role.VOLUNTEER)
    someone = (await verified(product, "someone@example.org")).person["id"]
    problem(await client.get("admin/people"), 403, "not_allowed")
    answer = await client.put(f"admin/people/{someone}/role", json={"role": "admin"})
    problem(answer, 403, "not_allowed")
    for step in ("disable", "enable"):
        problem(await client.post(f"admin/people/{someone}/{step}"), 403, "not_allowed")


async def test_nobody_unknown(product: Product) -> None:
    admin = await product.staff()
    unknown = "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"
    answer = await admin.put(f"admin/people/{unknown}/role", json={"role": "admin"})
    problem(answer, 404, "no_such_person")
    problem(await admin.post(f"admin/people/{unknown}/disable"), 404, "no_such_person")
    assert list(faults(await admin.post("admin/people/me/disable"))) == ["person_id"]


async def test_lists_newest_first_in_pages(product: Product) -> None:
    admin = await product.staff()
    for number in range(5):
        await product.client().register(f"p{number}@example.org", name=f"Person {number}")
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get("admin/people", params=params)).json()
        seen += [row["email"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"p{number}@example.org" for number in (4, 3, 2, 1, 0)] + ["admin@example.org"]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"q": "RAHIMA"}, {"rahima@example.org"}),
        ({"q": "khat"}, {"rahima@example.org"}),
        ({"q": "100%"}, {"percent@example.org"}),
        ({"q": "a_b"}, set()),
        ({"q": "!"}, set()),
        ({"role": "admin"}, {"admin@example.org"}),
        ({"role": "user", "q": "example.org"}, {"rahima@example.org", "percent@example.org"}),
    ],
)
async def test_finds_by_name_address_and_role(
    product: Product, params: dict[str, str], found: set[str]
) -> None:
    admin = await product.staff()
    await product.client().register()
    await product.client().register("percent@example.org", name="Sure 100% axb")
    page = (await admin.get("admin/people", params=params)).json()
    assert {row["email"] for row in page["items"]} == found


@pytest.mark.parametrize(
    ("params", "field"),
    [({"q": "x" * 101}, "q"), ({"cursor": "1"}, "cursor"), ({"limit": "0"}, "limit"),
     ({"role": "owner"}, "role")],
)  # fmt: skip
async def test_refuses_an_odd_question(
    product: Product, params: dict[str, str], field: str
) -> None:
    admin = await product.staff()
    assert list(faults(await admin.get("admin/people", params=params))) == [field]


async def test_the_operator_adds_and_promotes(client: Client, product: Product) -> None:
    ports = product.ports
    await client.register()
    with pytest.raises(Conflict, match="not_verified"):
        await promote(ports, EMAIL, Role.ADMIN)
    token = await product.link("verify", EMAIL)
    await client.post("auth/verify-email", json={"token": token})
    assert (await promote(ports, "RAHIMA@example.org", Role.VOLUNTEER)).role is Role.VOLUNTEER
    assert (await promote(ports, EMAIL, Role.ADMIN)).role is Role.ADMIN
    with pytest.raises(Conflict, match="last_admin"):
        await promote(ports, EMAIL, Role.USER)
    with pytest.raises(NotFound):
        await promote(ports, "nobody@example.org", Role.ADMIN)
    with pytest.raises(Conflict, match="email_taken"):
        await add_user(ports, AddUser(EMAIL, "Twice", PASSWORD, Role.USER))
    with pytest.raises(InvalidFields):
        await add_user(ports, AddUser("new@example.org", "New", "14 characters!", Role.ADMIN))
