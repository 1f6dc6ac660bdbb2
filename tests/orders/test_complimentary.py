"""Complimentary tickets, from the sale or from the seats kept back."""

from typing import Any

import httpx
import pytest

from tests.orders.books import accounts, check_seats
from tests.support.client import Client, faults, problem
from tests.support.shop import Shop


@pytest.fixture
async def event(shop: Shop) -> Any:
    return await shop.event({"capacity": 10, "kept_back": 4})


async def give(shop: Shop, event: Any, seats: int = 1, **changes: Any) -> httpx.Response:
    complimentary = {
        "order_id": shop.new_id(),
        "email": "Guest@Example.org",
        "name": "Guest",
        "locale": "en",
        "ticket_type_id": event["ticket_types"][0]["id"],
        "attendees": [f"Guest {number}" for number in range(seats)],
        "from_kept_back": False,
    }
    path = f"admin/events/{event['id']}/complimentary"
    return await shop.admin.post(path, json=complimentary | changes)


async def kept_back(shop: Shop, event: Any) -> int:
    return int((await shop.organizer.read(event))["ticket_types"][0]["kept_back"])


async def test_a_complimentary_order_is_a_paid_order_of_nothing(shop: Shop, event: Any) -> None:
    answer = await give(shop, event, 2)
    order = answer.json()
    assert answer.status_code == 201
    assert (order["kind"], order["status"], order["total_cents"]) == ("complimentary", "paid", 0)
    assert [ticket["price_cents"] for ticket in order["tickets"]] == [0, 0]
    assert await accounts(shop) == {}


async def test_the_guest_gets_the_tickets_by_mail(shop: Shop, event: Any) -> None:
    await give(shop, event)
    [email] = await shop.product.deliver()
    assert email.to == "guest@example.org"
    assert "application/pdf" in {file.content_type for file in email.email.attachments}


async def test_from_the_sale(shop: Shop, event: Any) -> None:
    await give(shop, event, 6)
    assert (await shop.seats(event), await kept_back(shop, event)) == ((0, 6), 4)
    problem(await give(shop, event), 409, "sold_out")


async def test_from_what_was_kept_back(shop: Shop, event: Any) -> None:
    await give(shop, event, 4, from_kept_back=True)
    assert (await shop.seats(event), await kept_back(shop, event)) == ((0, 4), 0)
    problem(await give(shop, event, from_kept_back=True), 409, "sold_out")
    await check_seats(shop)


async def test_a_form_from_before_the_complimentary_order_does_not_keep_its_seats_back_again(
    shop: Shop, event: Any
) -> None:
    [kind] = event["ticket_types"]
    form = {"capacity": 10, "kept_back": 4}
    await give(shop, event, 3, from_kept_back=True)
    stale = await shop.organizer.put_type(event, kind["id"], version=kind["version"], **form)
    problem(stale, 409, "changed_meanwhile")
    assert await kept_back(shop, event) == 1
    [seen] = (await shop.organizer.read(event))["ticket_types"]
    anew = await shop.organizer.put_type(event, kind["id"], version=seen["version"], **form)
    assert anew.status_code == 200


async def test_a_complimentary_order_leaves_the_sale_its_seats(
    shop: Shop, buyer: Client, event: Any
) -> None:
    await give(shop, event, 4, from_kept_back=True)
    await shop.hold(buyer, event, 6)


async def test_a_complimentary_order_sent_again_is_the_same_order(shop: Shop, event: Any) -> None:
    order_id = shop.new_id()
    first, again = [await give(shop, event, order_id=order_id) for _ in range(2)]
    assert again.json() == first.json()
    assert await shop.seats(event) == (0, 1)


async def test_an_order_id_with_other_content_is_refused(shop: Shop, event: Any) -> None:
    order_id = shop.new_id()
    await give(shop, event, order_id=order_id)
    problem(await give(shop, event, 2, order_id=order_id), 422, "id_reused")


async def test_the_type_must_be_the_events(shop: Shop, event: Any) -> None:
    other = await shop.event()
    wrong = {"ticket_type_id": other["ticket_types"][0]["id"]}
    problem(await give(shop, event, **wrong), 404, "no_such_ticket_type")


async def test_nothing_is_given_for_a_canceled_event(shop: Shop, event: Any) -> None:
    await shop.organizer.cancel(event)
    problem(await give(shop, event), 409, "not_on_sale")


async def test_a_complimentary_order_has_somebody_to_go_to(shop: Shop, event: Any) -> None:
    assert set(faults(await give(shop, event, attendees=[]))) == {"attendees"}


async def test_a_complimentary_order_is_on_the_trail(shop: Shop, event: Any) -> None:
    order = (await give(shop, event)).json()
    trail = (await shop.admin.get("admin/audit")).json()["items"]
    [entry] = [one for one in trail if one["action"] == "order.give_free"]
    assert (entry["subject_id"], entry["person_email"]) == (
        order["id"],
        shop.admin.person["email"],
    )
