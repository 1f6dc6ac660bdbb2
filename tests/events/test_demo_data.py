"""What a demo starts with, as its visitors find it."""

from bashi.entry.demo.data import PASSWORD, PEOPLE, seed
from tests.support.client import Client
from tests.support.product import Product


async def test_an_empty_database_is_filled_once(product: Product, client: Client) -> None:
    await seed(product.ports)
    await seed(product.ports)
    upcoming = (await client.get("events")).json()["items"]
    past = (await client.get("events", params={"when": "past"})).json()["items"]
    assert (len(upcoming), len(past)) == (6, 1)
    assert {"available", "few_left"} == {event["availability"] for event in upcoming}
    assert 0 in {event["from_cents"] for event in upcoming}
    for card in upcoming + past:
        event = (await client.get(f"events/{card['slug']}")).json()
        assert event["description_html"]["en"].startswith("<p>")
        cover = f"{card['cover']['srcset_base']}-640.webp".removeprefix("/api/")
        assert (await client.get(cover)).status_code == 200


async def test_its_people_can_sign_in(product: Product) -> None:
    await seed(product.ports)
    for email, name, role in PEOPLE:
        person = await product.client().login(email, PASSWORD)
        assert (person["name"], person["role"], person["verified"]) == (name, role.value, True)


async def test_a_database_with_people_is_left_alone(product: Product, client: Client) -> None:
    await client.register()
    await seed(product.ports)
    assert (await client.get("events")).json()["items"] == []


async def test_a_volunteer_finds_tonights_door(product: Product) -> None:
    await seed(product.ports)
    volunteer = product.client()
    await volunteer.login("volunteer@example.org", PASSWORD)
    open_now = (await volunteer.get("door/events")).json()["items"]
    assert [event["title"]["en"] for event in open_now] == ["Adda: An Open Evening"]
