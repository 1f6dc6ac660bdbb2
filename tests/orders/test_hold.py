"""Taking seats: what a buyer may hold, and what a repeated or competing hold gets."""

from typing import Any

import pytest

from bashi.core import limits
from bashi.http.fields import rfc3339
from tests.events.organizer import DAY, HOUR
from tests.support.client import Client, faults, problem
from tests.support.product import POLICY
from tests.support.shop import Shop, line_in
from tests.support.stand_ins import NOON

FULL_ORDERS = POLICY.hold_seats_per_person // 20
"""How many orders of twenty seats one person may hold."""


async def test_a_hold_counts_its_seats_and_their_price(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 3)
    assert order["status"] == "pending"
    assert (order["seats"], order["total_cents"], order["currency"]) == (3, 4500, "USD")
    assert await shop.seats(event) == (3, 0)


async def test_the_answer_to_a_hold_is_what_a_later_look_shows(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event(), 2)
    assert order == await shop.read(buyer, order)


async def test_several_ticket_types_make_one_order(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"price_cents": 1500}, {"price_cents": 700}, {"price_cents": 0})
    order = await shop.hold(buyer, event, 2, 1, 3)
    assert order["total_cents"] == 2 * 1500 + 700
    assert [await shop.seats(event, place) for place in range(3)] == [(2, 0), (1, 0), (3, 0)]


@pytest.mark.parametrize("price_cents", [1500, 0])
async def test_lines_and_tickets_keep_the_order_of_the_event_s_page(
    shop: Shop, buyer: Client, price_cents: int
) -> None:
    """Its ids are in the order of making: the child's type is the older one."""
    prices = {"price_cents": price_cents}
    event = await shop.event(
        {"name": "Child", "position": 2, **prices},
        {"name": "Adult", "position": 1, **prices},
    )
    names = [kind["name"]["en"] for kind in event["ticket_types"]]
    assert names == ["Adult", "Child"]
    held = await shop.hold(buyer, event, 2, 1)
    if price_cents:
        await shop.pay(buyer, held)
        await shop.stripe.deliver()
    paid = await shop.read(buyer, held)
    for order in (held, paid):
        assert [line["name"]["en"] for line in order["lines"]] == names
    assert [ticket["type_name"]["en"] for ticket in paid["tickets"]] == ["Adult", "Adult", "Child"]


async def test_the_last_seat_can_be_held(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"capacity": 2})
    await shop.hold(buyer, event, 2)
    assert await shop.seats(event) == (2, 0)


async def test_more_seats_than_are_left_are_refused_whole(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"capacity": 100}, {"capacity": 2})
    problem(await shop.try_hold(buyer, event, 1, 3), 409, "sold_out")
    assert [await shop.seats(event, place) for place in range(2)] == [(0, 0), (0, 0)]


async def test_seats_kept_back_are_not_for_sale(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"capacity": 10, "kept_back": 9})
    problem(await shop.try_hold(buyer, event, 2), 409, "sold_out")
    await shop.hold(buyer, event, 1)


@pytest.mark.parametrize(
    ("held", "shown"), [(90, "available"), (91, "few_left"), (100, "sold_out")]
)
async def test_the_public_sees_how_tight_it_is_and_never_a_number(
    shop: Shop, client: Client, held: int, shown: str
) -> None:
    event = await shop.event({"capacity": 100, "max_per_order": 20})
    for seats in [20] * (held // 20) + [held % 20] * (held % 20 > 0):
        await shop.hold(await shop.buyer(), event, seats)
    shop.product.clock.advance(seconds=limits.CACHE_PAGE_SECONDS + 1)
    page = (await client.get(f"events/{event['slug']}")).json()
    assert page["ticket_types"][0]["availability"] == shown
    assert "capacity" not in page["ticket_types"][0]


@pytest.mark.parametrize("seats", [1, 5])
async def test_the_least_and_most_of_a_ticket_type_are_kept(
    shop: Shop, buyer: Client, seats: int
) -> None:
    event = await shop.event({"min_per_order": 2, "max_per_order": 4})
    assert faults(await shop.try_hold(buyer, event, seats)) == {
        "lines.0.quantity": {
            "code": "per_order",
            "detail": "Choose 2 to 4 of this ticket.",
            "least": 2,
            "most": 4,
        }
    }


async def test_one_order_has_at_most_twenty_seats(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"max_per_order": 20}, {"max_per_order": 20})
    assert set(faults(await shop.try_hold(buyer, event, 11, 10))) == {"lines"}


async def test_a_ticket_type_is_named_once(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    line = line_in(event["ticket_types"][0]["id"], 1)
    assert set(faults(await shop.try_hold(buyer, event, lines=[line, line]))) == {"lines"}


@pytest.mark.parametrize("names", [["One"], ["One", "Two", "Three"]])
async def test_each_ticket_has_one_name(shop: Shop, buyer: Client, names: list[str]) -> None:
    event = await shop.event()
    line = line_in(event["ticket_types"][0]["id"], 2, names)
    assert set(faults(await shop.try_hold(buyer, event, lines=[line]))) == {"lines.0"}


@pytest.mark.parametrize("name", ["https://evil.example", "www.evil.example", "evil.example/x"])
async def test_no_ticket_carries_a_web_address_for_a_name(
    shop: Shop, buyer: Client, name: str
) -> None:
    event = await shop.event()
    line = line_in(event["ticket_types"][0]["id"], 2, ["Guest", name])
    assert faults(await shop.try_hold(buyer, event, lines=[line])) == {
        "lines.0.attendees.1": {
            "code": "web_address",
            "detail": "Please leave web addresses out of names.",
        }
    }


async def test_a_ticket_type_of_another_event_is_refused(shop: Shop, buyer: Client) -> None:
    event, other = await shop.event(), await shop.event()
    line = line_in(other["ticket_types"][0]["id"], 1)
    found = faults(await shop.try_hold(buyer, event, lines=[line]))
    assert set(found) == {"lines.0.ticket_type_id"}


@pytest.mark.parametrize(
    "window",
    [
        {"sale_starts_at": rfc3339(NOON + HOUR)},
        {"sale_starts_at": rfc3339(NOON - DAY), "sale_ends_at": rfc3339(NOON)},
    ],
)
async def test_tickets_are_sold_within_their_window_only(
    shop: Shop, buyer: Client, window: dict[str, Any]
) -> None:
    event = await shop.event(window)
    refusal = problem(await shop.try_hold(buyer, event), 409, "not_on_sale")
    assert refusal["ticket_type_id"] == event["ticket_types"][0]["id"]


async def test_a_sale_starts_at_its_moment(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"sale_starts_at": rfc3339(NOON)})
    await shop.hold(buyer, event)


async def test_a_hidden_ticket_type_is_sold_to_who_names_it(shop: Shop, buyer: Client) -> None:
    event = await shop.event({}, {"hidden": True})
    page = (await buyer.get(f"events/{event['slug']}")).json()
    assert len(page["ticket_types"]) == 1
    await shop.hold(buyer, event, 0, 1)


async def test_a_draft_is_not_on_sale(shop: Shop, buyer: Client) -> None:
    event = await shop.organizer.create()
    await shop.organizer.add_type(event)
    draft = await shop.organizer.read(event)
    problem(await shop.try_hold(buyer, draft), 409, "not_on_sale")


async def test_an_event_that_has_ended_is_not_on_sale(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    shop.product.clock.advance(hours=10 * 24 + 5)
    await buyer.login(buyer.person["email"])
    problem(await shop.try_hold(buyer, event), 409, "not_on_sale")


async def test_an_unknown_event_is_not_found(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    answer = await shop.try_hold(buyer, event, event_id=shop.new_id())
    problem(answer, 404, "no_such_event")


async def test_buying_needs_an_account(shop: Shop, client: Client) -> None:
    problem(await shop.try_hold(client, await shop.event()), 401, "not_signed_in")


async def test_terms_that_have_changed_must_be_accepted_anew(shop: Shop, buyer: Client) -> None:
    answer = await shop.try_hold(buyer, await shop.event(), terms_version="1999-01")
    assert set(faults(answer)) == {"terms_version"}


async def test_a_person_has_one_open_order_for_an_event(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    first = await shop.hold(buyer, event)
    refusal = problem(await shop.try_hold(buyer, event), 409, "order_open")
    assert refusal["order_id"] == first["id"]
    assert await shop.seats(event) == (1, 0)


async def test_who_holds_the_last_seats_is_told_of_them_not_that_all_are_gone(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event({"capacity": 2})
    first = await shop.hold(buyer, event, 2)
    refusal = problem(await shop.try_hold(buyer, event, 2), 409, "order_open")
    assert refusal["order_id"] == first["id"]
    problem(await shop.try_hold(await shop.buyer(), event), 409, "sold_out")


async def test_another_event_and_another_person_may_have_theirs(shop: Shop, buyer: Client) -> None:
    event, other = await shop.event(), await shop.event()
    await shop.hold(buyer, event)
    await shop.hold(buyer, other)
    await shop.hold(await shop.buyer(), event)
    assert await shop.seats(event) == (2, 0)


async def test_a_paid_order_leaves_room_for_the_next(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    await shop.buy(buyer, event)
    await shop.hold(buyer, event)
    assert await shop.seats(event) == (1, 1)


async def test_one_person_holds_a_limited_number_of_seats(shop: Shop, buyer: Client) -> None:
    for _ in range(FULL_ORDERS):
        await shop.hold(buyer, await shop.event({"max_per_order": 20}), 20)
    answer = await shop.try_hold(buyer, await shop.event(), 1)
    problem(answer, 429, "too_many_held")


async def test_one_address_holds_a_limited_number_of_seats(shop: Shop) -> None:
    event = await shop.event({"max_per_order": 20, "capacity": 1000})
    for number in range(POLICY.hold_seats_per_address // 20):
        neighbor = shop.product.client()
        await neighbor.register(f"neighbor{number}@example.org")
        await shop.hold(neighbor, event, 20)
    last = shop.product.client()
    await last.register("last@example.org")
    problem(await shop.try_hold(last, event, 1), 429, "too_many_held")
    await shop.hold(await shop.buyer(), event, 1)


async def test_all_of_an_ipv6_network_counts_as_one_address(shop: Shop) -> None:
    event = await shop.event({"max_per_order": 20, "capacity": 1000})
    for number in range(POLICY.hold_seats_per_address // 20):
        neighbor = shop.product.client(f"2001:db8::{number}")
        await neighbor.register(f"neighbor{number}@example.org")
        await shop.hold(neighbor, event, 20)
    last = shop.product.client("2001:db8::ffff:1")
    await last.register("last@example.org")
    problem(await shop.try_hold(last, event, 1), 429, "too_many_held")


async def test_seats_that_were_given_back_count_no_longer(shop: Shop, buyer: Client) -> None:
    events = [await shop.event({"max_per_order": 20}) for _ in range(FULL_ORDERS)]
    orders = [await shop.hold(buyer, event, 20) for event in events]
    assert (await buyer.post(f"orders/{orders[0]['id']}/cancel")).status_code == 200
    await shop.hold(buyer, await shop.event(), 1)


async def test_a_repeated_hold_gets_the_order_as_it_is_now(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order_in = shop.order_in(event, 2)
    first = await buyer.post("orders", json=order_in)
    again = await buyer.post("orders", json=order_in)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert await shop.seats(event) == (2, 0)


async def test_a_hold_repeated_after_payment_shows_the_tickets(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order_in = shop.order_in(event)
    order = (await buyer.post("orders", json=order_in)).json()
    await shop.pay(buyer, order)
    await shop.stripe.deliver()
    again = await buyer.post("orders", json=order_in)
    assert (again.json()["status"], len(again.json()["tickets"])) == ("paid", 1)


async def test_a_repeated_hold_is_answered_when_nothing_is_on_sale_any_more(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event({"sale_ends_at": rfc3339(NOON + 60_000)})
    order_in = shop.order_in(event)
    await buyer.post("orders", json=order_in)
    shop.product.clock.advance(minutes=2)
    again = await buyer.post("orders", json=order_in)
    assert (again.status_code, again.json()["status"]) == (200, "pending")


async def test_a_repeated_hold_is_answered_at_the_limit_of_held_seats(
    shop: Shop, buyer: Client
) -> None:
    events = [await shop.event({"max_per_order": 20}) for _ in range(FULL_ORDERS)]
    orders_in = [shop.order_in(event, 20) for event in events]
    first = [await buyer.post("orders", json=order_in) for order_in in orders_in]
    again = [await buyer.post("orders", json=order_in) for order_in in orders_in]
    assert {answer.status_code for answer in first} == {201}
    assert {answer.status_code for answer in again} == {200}


async def test_an_order_id_with_other_content_is_refused(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    answer = await shop.try_hold(buyer, event, 3, id=order["id"])
    problem(answer, 422, "id_reused")
    assert await shop.seats(event) == (2, 0)


async def test_another_persons_order_id_is_not_found(shop: Shop, buyer: Client) -> None:
    event = await shop.event()
    order = await shop.hold(buyer, event, 2)
    answer = await shop.try_hold(await shop.buyer(), event, 2, id=order["id"])
    problem(answer, 404, "no_such_order")
    assert await shop.seats(event) == (2, 0)


async def test_a_free_order_is_paid_at_once(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"price_cents": 0})
    order = await shop.hold(buyer, event, 2)
    assert (order["status"], order["total_cents"], len(order["tickets"])) == ("paid", 0, 2)
    assert await shop.seats(event) == (0, 2)
    assert [email.to for email in await shop.product.deliver()][-1] == order["email"]
    assert shop.stripe.http.requests == []


async def test_a_free_order_repeated_gives_the_same_tickets(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"price_cents": 0})
    order_in = shop.order_in(event, 2)
    first, again = [await buyer.post("orders", json=order_in) for _ in range(2)]
    assert again.json() == first.json()
    assert await shop.seats(event) == (0, 2)


async def test_another_price_than_the_buyer_saw_is_told_and_not_charged(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    [kind] = event["ticket_types"]
    order_in = shop.order_in(event, 2, total_cents=3000)
    version = kind_version(await shop.organizer.read(event))
    await shop.organizer.put_type(event, kind["id"], version=version, price_cents=9000)
    refused = problem(await buyer.post("orders", json=order_in), 409, "changed_meanwhile")
    line = {"ticket_type_id": kind["id"], "quantity": 2, "unit_cents": 9000}
    assert (refused["total_cents"], refused["currency"]) == (18000, "USD")
    assert refused["lines"] == [line]
    assert await shop.seats(event) == (0, 0)
    seen = order_in | {"total_cents": 18000}
    assert (await buyer.post("orders", json=seen)).json()["total_cents"] == 18000


async def test_an_order_that_was_placed_is_repeated_whatever_the_price_is_now(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.event()
    [kind] = event["ticket_types"]
    order_in = shop.order_in(event, 2, total_cents=3000)
    assert (await buyer.post("orders", json=order_in)).status_code == 201
    version = kind_version(await shop.organizer.read(event))
    await shop.organizer.put_type(event, kind["id"], version=version, price_cents=9000)
    again = await buyer.post("orders", json=order_in)
    assert (again.status_code, again.json()["total_cents"]) == (200, 3000)


def kind_version(event: Any) -> int:
    return int(event["ticket_types"][0]["version"])
