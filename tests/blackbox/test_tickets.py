"""Tickets after the payment: as a page, a file, an email, by the mailed link; and nobody else's."""

import csv
from io import StringIO

import pytest

from tests.blackbox.site import Site, eventually
from tests.support.client import problem

pytestmark = pytest.mark.slow


async def test_the_tickets_as_a_file(site: Site) -> None:
    buyer = await site.buyer()
    order = await site.buy(buyer, await site.event(), 2)
    answer = await buyer.get(f"orders/{order['id']}/tickets.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    calendar = await buyer.get(f"orders/{order['id']}/calendar.ics")
    assert "BEGIN:VEVENT" in calendar.text


async def test_the_email_brings_the_tickets_and_a_link(site: Site) -> None:
    buyer, event = await site.buyer(), await site.event()
    order = await site.buy(buyer, event)
    email = await site.email(order["email"], event["title"]["en"])
    pdf = next(content for name, content in email.files.items() if name.endswith(".pdf"))
    assert pdf.startswith(b"%PDF-")
    assert any(name.endswith(".ics") for name in email.files)
    secret = await site.link("order", order["email"], event["title"]["en"])
    order_id, _, key = secret.partition(".")
    headers = {"Order-Key": key}
    friend = site.client()
    shown = await friend.get(f"orders/{order_id}", headers=headers)
    assert shown.json()["tickets"] == order["tickets"]
    file = await friend.get(f"orders/{order_id}/tickets.pdf", headers=headers)
    assert file.content.startswith(b"%PDF-")
    for wrong in ("x", key[:-2] + "AA"):
        answer = await friend.get(f"orders/{order_id}", headers={"Order-Key": wrong})
        problem(answer, 404, "no_such_order")
    problem(await friend.get("me/orders", headers=headers), 401, "not_signed_in")


async def test_the_email_comes_again(site: Site) -> None:
    buyer, event = await site.buyer(), await site.event()
    order = await site.buy(buyer, event)

    async def emails() -> int:
        found = await site.installation.emails(order["email"])
        return sum(event["title"]["en"] in email.subject for email in found)

    async def two() -> bool:
        return await emails() == 2

    await site.email(order["email"], event["title"]["en"])
    assert await emails() == 1
    assert (await buyer.post(f"orders/{order['id']}/resend")).status_code == 202
    await eventually(two)


async def test_a_bengali_buyer_gets_bengali_tickets(site: Site) -> None:
    buyer, event = await site.buyer(locale="bn"), await site.event()
    order = await site.buy(buyer, event, locale="bn")
    email = await site.email(order["email"], event["title"]["bn"])
    assert site.root("/bn/order/#") in email.text


async def test_an_order_without_tickets_has_no_files(site: Site) -> None:
    buyer = await site.buyer()
    order = await site.hold(buyer, await site.event())
    problem(await buyer.get(f"orders/{order['id']}/tickets.pdf"), 409, "no_tickets")
    problem(await buyer.post(f"orders/{order['id']}/resend"), 409, "no_tickets")


async def test_another_persons_order_is_not_there(site: Site) -> None:
    order = await site.buy(await site.buyer(), await site.event())
    for caller in (await site.buyer(), site.client(), await site.staff("volunteer")):
        for method, path in (
            ("GET", ""),
            ("POST", "/payment"),
            ("POST", "/cancel"),
            ("POST", "/resend"),
            ("GET", "/tickets.pdf"),
            ("GET", "/calendar.ics"),
        ):
            answer = await caller.request(method, f"orders/{order['id']}{path}")
            problem(answer, 404, "no_such_order")
    assert (await site.read(site.admin, order))["id"] == order["id"]


async def test_my_orders_and_tickets(site: Site) -> None:
    buyer = await site.buyer()
    order = await site.buy(buyer, await site.event(), 2)
    held = await site.hold(buyer, await site.event())
    orders = (await buyer.get("me/orders")).json()["items"]
    assert [one["id"] for one in orders] == [held["id"], order["id"]]
    for when in ("", "?when=upcoming"):
        tickets = (await buyer.get(f"me/tickets{when}")).json()["items"]
        assert tickets == order["tickets"]
    assert (await buyer.get("me/tickets?when=past")).json()["items"] == []


async def test_the_organizer_takes_the_list_of_attendees(site: Site) -> None:
    event, buyer = await site.event(), await site.buyer()
    names = ["=1+1", "রহিমা"]
    line = {"ticket_type_id": event["ticket_types"][0]["id"], "quantity": 2, "attendees": names}
    order = await site.buy_held(buyer, await site.hold(buyer, event, lines=[line]))
    path = f"admin/events/{event['id']}/attendees.csv"
    answer = await site.admin.get(path)
    headings, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""))
    shown = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [(row["Ticket"], row["Attendee"], row["State"], row["Price"]) for row in shown] == [
        (f"{order['number']}-1", "'=1+1", "valid", "15.00"),
        (f"{order['number']}-2", "রহিমা", "valid", "15.00"),
    ]
    problem(await (await site.staff("volunteer")).get(path), 403, "not_allowed")
