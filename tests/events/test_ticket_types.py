"""Ticket types, while they are being sold."""

from typing import Any

import pytest

from bashi.core.batch import Query
from bashi.http.fields import rfc3339
from tests.events.organizer import HOUR, Organizer, write
from tests.events.test_publish_and_cancel import order_in
from tests.support.client import Client, faults, problem
from tests.support.product import Product
from tests.support.stand_ins import NOON


async def test_a_type_is_added_and_changed(organizer: Organizer) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event, position=2)
    early = await organizer.add_type(event, name="Child", price_cents=0, position=1)
    assert (kind["held"], kind["sold"], kind["version"]) == (0, 0, 1)
    changed = await organizer.put_type(event, kind["id"], version=1, price_cents=2000, position=2)
    assert (changed.json()["price_cents"], changed.json()["version"]) == (2000, 2)
    shown = await organizer.read(event)
    assert [each["id"] for each in shown["ticket_types"]] == [early["id"], kind["id"]]
    assert shown["version"] == event["version"]


async def test_repeating_is_harmless_and_ids_are_not_shared(organizer: Organizer) -> None:
    event, other = await organizer.create(), await organizer.create()
    kind = await organizer.add_type(event)
    assert (await organizer.put_type(event, kind["id"])).json() == kind
    problem(await organizer.put_type(event, kind["id"], capacity=5), 422, "id_reused")
    problem(await organizer.put_type(other, kind["id"]), 404, "no_such_ticket_type")
    answer = await organizer.put_type(other, kind["id"], version=1, capacity=5)
    problem(answer, 404, "no_such_ticket_type")
    problem(await organizer.put_type(event, version=1), 404, "no_such_ticket_type")
    first = await organizer.put_type(event, kind["id"], version=1, capacity=5)
    assert (await organizer.put_type(event, kind["id"], version=1, capacity=5)).json() == (
        first.json()
    )


async def test_two_organizers_do_not_overwrite_each_other(organizer: Organizer) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event)
    await organizer.put_type(event, kind["id"], version=1, capacity=50)
    late = await organizer.put_type(event, kind["id"], version=1, capacity=60)
    problem(late, 409, "changed_meanwhile")
    assert (await organizer.read(event))["ticket_types"][0]["capacity"] == 50


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name.en"),
        ({"price_cents": 49}, "price_cents"),
        ({"price_cents": -1}, "price_cents"),
        ({"price_cents": 100_000_000}, "price_cents"),
        ({"price_cents": 10.5}, "price_cents"),
        ({"capacity": 1_000_001}, "capacity"),
        ({"capacity": 5, "kept_back": 6}, "kept_back"),
        ({"min_per_order": 0}, "min_per_order"),
        ({"min_per_order": 3, "max_per_order": 2}, "max_per_order"),
        ({"max_per_order": 21}, "max_per_order"),
        ({"sale_starts_at": rfc3339(NOON), "sale_ends_at": rfc3339(NOON)}, "sale_ends_at"),
        ({"version": 2**60}, "version"),
    ],
)
async def test_what_is_wrong_is_named(
    organizer: Organizer, changes: dict[str, Any], field: str
) -> None:
    event = await organizer.create()
    assert field in faults(await organizer.put_type(event, **changes))


async def test_capacity_never_falls_below_what_is_taken(
    product: Product, organizer: Organizer
) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event, capacity=10)
    await write(product, "UPDATE ticket_type SET held = 2, sold = 5")
    too_small = await organizer.put_type(event, kind["id"], version=1, capacity=6)
    document = problem(too_small, 409, "capacity_in_use")
    assert document["detail"].startswith("7 seats")
    kept = await organizer.put_type(event, kind["id"], version=1, capacity=10, kept_back=4)
    problem(kept, 409, "capacity_in_use")
    exact = await organizer.put_type(event, kind["id"], version=1, capacity=10, kept_back=3)
    assert exact.json()["version"] == 2


async def test_a_new_price_counts_for_later_orders_only(
    product: Product, organizer: Organizer, client: Client
) -> None:
    event = await organizer.create()
    kind = await organizer.add_type(event, price_cents=1500)
    await organizer.publish(event)
    await client.register()
    order = order_in(organizer, event, kind)
    assert (await client.post("orders", json=order)).json()["total_cents"] == 1500
    await organizer.put_type(event, kind["id"], version=1, price_cents=2500)
    assert (await client.get(f"orders/{order['id']}")).json()["total_cents"] == 1500
    shown = (await client.get("events/durga-pujo")).json()
    assert shown["from_cents"] == 2500


async def test_only_a_type_that_nobody_ordered_is_deleted(
    organizer: Organizer, client: Client
) -> None:
    event = await organizer.create()
    kind, unused = await organizer.add_type(event), await organizer.add_type(event)
    await organizer.publish(event)
    await client.register()
    order = order_in(organizer, event, kind)
    await client.post("orders", json=order)
    path = f"/{event['id']}/ticket-types/{kind['id']}"
    problem(await organizer.call("DELETE", path), 409, "ticket_type_in_use")
    assert (await client.post(f"orders/{order['id']}/cancel")).json()["status"] == "canceled"
    problem(await organizer.call("DELETE", path), 409, "ticket_type_in_use")
    path = f"/{event['id']}/ticket-types/{unused['id']}"
    assert (await organizer.call("DELETE", path)).status_code == 204
    problem(await organizer.call("DELETE", path), 404, "no_such_ticket_type")


async def test_an_event_has_at_most_thirty_types(organizer: Organizer) -> None:
    event = await organizer.create()
    for _ in range(30):
        await organizer.add_type(event)
    problem(await organizer.put_type(event), 409, "too_many_types")
    assert len((await organizer.read(event))["ticket_types"]) == 30


async def test_sale_windows_open_and_close_to_the_moment(
    product: Product, organizer: Organizer, client: Client
) -> None:
    window = {"sale_starts_at": rfc3339(NOON + 1000), "sale_ends_at": rfc3339(NOON + HOUR)}
    event = await organizer.create()
    await organizer.add_type(event, **window)
    await organizer.publish(event)

    async def availability() -> tuple[str, str, int | None]:
        shown = (await client.get("events/durga-pujo")).json()
        kind = shown["ticket_types"][0]["availability"]
        return kind, shown["availability"], shown["from_cents"]

    assert await availability() == ("not_yet", "not_on_sale", 1500)
    product.clock.advance(seconds=1)
    assert await availability() == ("available", "available", 1500)
    product.clock.advance(hours=1)
    assert await availability() == ("ended", "not_on_sale", None)
    product.clock.advance(hours=24 * 11)
    assert await availability() == ("ended", "ended", None)


@pytest.mark.parametrize(
    ("currency", "refused", "taken"),
    [("MXN", 500, 1000), ("GBP", 29, 30), ("ISK", 5050, 500_000), ("UGX", 10, 5_000_000)],
)
async def test_prices_are_those_that_stripe_charges_in_the_currency(
    organizer: Organizer, product: Product, currency: str, refused: int, taken: int
) -> None:
    event = await organizer.create()
    change = Query("UPDATE event SET currency = :currency WHERE id = :id")
    await product.ports.database.batch([change(currency=currency, id=event["id"])])
    found = faults(await organizer.put_type(event, price_cents=refused))["price_cents"]
    assert (found["code"], currency in found["detail"]) == ("price_small", True)
    assert (await organizer.put_type(event, price_cents=taken)).status_code == 200
