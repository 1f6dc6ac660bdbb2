"""Whose an order is: its buyer's, whoever holds its mailed link, an admin's, and nobody else's."""

from collections.abc import Mapping
from typing import Any

import pytest

from bashi.core.people.rules import Role
from tests.events.organizer import DAY
from tests.orders.test_complimentary import give
from tests.support.client import Client, problem
from tests.support.shop import Shop

ORDER_ROUTES = (
    ("GET", ""),
    ("POST", "/payment"),
    ("POST", "/cancel"),
    ("POST", "/resend"),
    ("GET", "/tickets.pdf"),
    ("GET", "/calendar.ics"),
)
ADMIN_ROUTES: Mapping[tuple[str, str], Any] = {
    ("GET", "admin/orders"): None,
    ("GET", "admin/orders/{order}"): None,
    ("POST", "admin/orders/{order}/refunds"): {
        "id": "01a209ed-d498-751b-b591-f49696553027",
        "ticket_ids": None,
        "include_used": True,
        "reason": "x",
    },
    ("POST", "admin/orders/{order}/resend"): None,
    ("GET", "admin/tickets"): None,
    ("GET", "admin/overview"): None,
    ("GET", "admin/audit"): None,
    ("POST", "tickets/{ticket}/undo"): {"reason": "x"},
}


@pytest.fixture
async def event(shop: Shop) -> Any:
    return await shop.event()


@pytest.fixture
async def order(shop: Shop, buyer: Client, event: Any) -> Any:
    return await shop.buy(buyer, event, 2)


def key_of(order: Any) -> dict[str, str]:
    """What the page behind the mailed link sends."""
    order_id, _, key = order["link"].partition("#")[2].partition(".")
    assert order_id == order["id"]
    return {"Order-Key": key}


@pytest.mark.parametrize(("method", "path"), ORDER_ROUTES)
async def test_another_persons_order_is_not_there(
    shop: Shop, order: Any, method: str, path: str
) -> None:
    other = await shop.buyer()
    answer = await other.request(method, f"orders/{order['id']}{path}")
    problem(answer, 404, "no_such_order")


@pytest.mark.parametrize(("method", "path"), ORDER_ROUTES)
async def test_an_order_is_not_there_for_a_stranger(
    shop: Shop, client: Client, order: Any, method: str, path: str
) -> None:
    answer = await client.request(method, f"orders/{order['id']}{path}")
    problem(answer, 404, "no_such_order")


@pytest.mark.parametrize(("method", "path"), ORDER_ROUTES)
async def test_a_volunteer_sees_no_orders(shop: Shop, order: Any, method: str, path: str) -> None:
    volunteer = await shop.product.staff(Role.VOLUNTEER)
    answer = await volunteer.request(method, f"orders/{order['id']}{path}")
    problem(answer, 404, "no_such_order")


async def test_an_order_that_does_not_exist_looks_the_same(shop: Shop, buyer: Client) -> None:
    problem(await buyer.get(f"orders/{shop.new_id()}"), 404, "no_such_order")


async def test_an_admin_sees_every_order(shop: Shop, order: Any) -> None:
    assert (await shop.read(shop.admin, order))["tickets"] == order["tickets"]


@pytest.mark.parametrize(("method", "path"), ADMIN_ROUTES)
@pytest.mark.parametrize("role", [Role.USER, Role.VOLUNTEER])
async def test_what_organizers_do_is_for_admins_only(
    shop: Shop, buyer: Client, order: Any, method: str, path: str, role: Role
) -> None:
    caller = buyer if role is Role.USER else await shop.product.staff(role)
    if role is Role.USER:
        await confirm(shop, caller)
    url = path.format(order=order["id"], ticket=order["tickets"][0]["id"])
    answer = await caller.request(method, url, json=ADMIN_ROUTES[(method, path)])
    problem(answer, 403, "not_allowed")


@pytest.mark.parametrize(("method", "path"), ORDER_ROUTES)
async def test_the_mailed_key_opens_the_order_without_signing_in(
    shop: Shop, client: Client, order: Any, method: str, path: str
) -> None:
    answer = await client.request(method, f"orders/{order['id']}{path}", headers=key_of(order))
    closed = {"/payment", "/cancel"}
    assert answer.status_code == (409 if path in closed else 202 if path == "/resend" else 200)


async def test_the_email_holds_the_orders_link(shop: Shop, client: Client, order: Any) -> None:
    secret = await shop.product.link("order", order["email"])
    order_id, _, key = secret.partition(".")
    answer = await client.get(f"orders/{order_id}", headers={"Order-Key": key})
    assert answer.json()["id"] == order["id"]


async def test_a_key_opens_its_own_order_only(shop: Shop, client: Client, order: Any) -> None:
    other = await shop.buy(await shop.buyer(), await shop.event())
    answer = await client.get(f"orders/{other['id']}", headers=key_of(order))
    problem(answer, 404, "no_such_order")


@pytest.mark.parametrize("key", ["", "x", "A" * 43, "ü"])
async def test_a_wrong_key_opens_nothing(client: Client, order: Any, key: str) -> None:
    headers = {b"Order-Key": key.encode("latin-1")}
    answer = await client.get(f"orders/{order['id']}", headers=headers)
    problem(answer, 404, "no_such_order")


async def test_a_key_is_no_login(client: Client, order: Any) -> None:
    for path in ("me", "me/orders", "me/tickets", "admin/orders"):
        problem(await client.get(path, headers=key_of(order)), 401, "not_signed_in")
    token = {"authorization": f"Bearer {key_of(order)['Order-Key']}"}
    problem(await client.get("me", headers=token), 401, "not_signed_in")


async def test_my_orders_are_those_i_made_newest_first(
    shop: Shop, buyer: Client, event: Any, order: Any
) -> None:
    await shop.buy(await shop.buyer(), event)
    shop.product.clock.advance(seconds=1)
    second = await shop.hold(buyer, event)
    items = (await buyer.get("me/orders")).json()["items"]
    assert [item["id"] for item in items] == [second["id"], order["id"]]
    assert [item["tickets"] for item in items] == [None, None]


async def test_my_orders_come_in_pages(
    shop: Shop, buyer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bashi.core.orders.my_orders.PAGE", 2)
    made = [(await shop.hold(buyer, await shop.event()))["id"] for _ in range(5)]
    found: list[str] = []
    cursor: str | None = None
    while True:
        params = {"cursor": cursor} if cursor else {}
        page = (await buyer.get("me/orders", params=params)).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(found) == sorted(made)


async def test_my_tickets_can_be_those_of_coming_events(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await shop.hold(buyer, await shop.event())
    for when in ("", "?when=upcoming"):
        assert (await buyer.get(f"me/tickets{when}")).json()["items"] == order["tickets"]
    assert (await buyer.get("me/tickets?when=past")).json()["items"] == []


async def test_tickets_of_past_events_are_kept(shop: Shop, buyer: Client, order: Any) -> None:
    shop.product.clock.at += 11 * DAY
    await buyer.login(buyer.person["email"])
    assert (await buyer.get("me/tickets?when=upcoming")).json()["items"] == []
    items = (await buyer.get("me/tickets?when=past")).json()["items"]
    assert [item["id"] for item in items] == [one["id"] for one in order["tickets"]]


async def test_a_complimentary_order_to_my_address_is_mine_once_i_proved_the_address(
    shop: Shop, event: Any
) -> None:
    complimentary = (await give(shop, event, email="guest@example.org")).json()
    guest = await shop.buyer("guest@example.org")
    assert (await guest.get("me/orders")).json()["items"] == []
    assert (await guest.get("me/tickets")).json()["items"] == []
    problem(await guest.get(f"orders/{complimentary['id']}"), 404, "no_such_order")
    await confirm(shop, guest)
    assert [one["id"] for one in (await guest.get("me/orders")).json()["items"]] == [
        complimentary["id"]
    ]
    assert (await guest.get("me/tickets")).json()["items"] == complimentary["tickets"]
    assert (await shop.read(guest, complimentary))["id"] == complimentary["id"]


async def test_a_complimentary_order_to_another_address_stays_another_persons(
    shop: Shop, event: Any
) -> None:
    await give(shop, event, email="guest@example.org")
    other = await shop.buyer("guest2@example.org")
    await confirm(shop, other)
    assert (await other.get("me/orders")).json()["items"] == []


async def test_the_tickets_come_as_a_pdf(buyer: Client, order: Any) -> None:
    answer = await buyer.get(f"orders/{order['id']}/tickets.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    name = f'attachment; filename="tickets-{order["number"]}.pdf"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["cache-control"] == "no-store"


async def test_an_order_without_tickets_has_no_pdf(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    problem(await buyer.get(f"orders/{order['id']}/tickets.pdf"), 409, "no_tickets")


async def test_the_event_comes_as_a_calendar_file(buyer: Client, order: Any) -> None:
    answer = await buyer.get(f"orders/{order['id']}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Durga Pujo" in answer.text


async def test_tickets_are_sent_again_to_the_orders_address(
    shop: Shop, buyer: Client, order: Any
) -> None:
    await shop.product.deliver()
    assert (await buyer.post(f"orders/{order['id']}/resend")).status_code == 202
    [message] = await shop.product.deliver()
    assert (message.to, len(message.email.attachments)) == (order["email"], 2)


async def test_sending_again_is_for_a_few_times_an_hour(
    shop: Shop, buyer: Client, order: Any
) -> None:
    path = f"orders/{order['id']}/resend"
    assert [(await buyer.post(path)).status_code for _ in range(3)] == [202] * 3
    shop.product.clock.advance(minutes=2)
    problem(await buyer.post(path), 429, "too_many_requests")
    shop.product.clock.advance(hours=1)
    assert (await buyer.post(path)).status_code == 202


async def test_nothing_is_sent_for_an_order_without_tickets(shop: Shop, buyer: Client) -> None:
    order = await shop.hold(buyer, await shop.event())
    problem(await buyer.post(f"orders/{order['id']}/resend"), 409, "no_tickets")


async def test_an_organizer_sends_again_too(shop: Shop, order: Any) -> None:
    await shop.product.deliver()
    assert (await shop.admin.post(f"admin/orders/{order['id']}/resend")).status_code == 202
    assert [message.to for message in await shop.product.deliver()] == [order["email"]]


async def confirm(shop: Shop, client: Client) -> None:
    token = await shop.product.link("verify", client.person["email"])
    answer = await client.post("auth/verify-email", json={"token": token})
    assert answer.status_code == 200, answer.text
    client.take(answer)
