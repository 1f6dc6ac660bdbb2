"""The door: a ticket admits once, whoever scans it, wherever, and however often it is sent."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from tests.blackbox.site import Site, soon
from tests.door.gate import Phone
from tests.support.client import Client, problem
from tests.support.codes import mixed

pytestmark = pytest.mark.slow


@dataclass
class Door(Phone):
    sale: Site
    event: Any
    order: Any
    client: Client
    name: str = "Gate A"


@pytest.fixture
async def door(site: Site) -> Door:
    """Two hours before an event of two guests, and a volunteer."""
    event = await site.event({"price_cents": 0}, **soon(hours=2))
    order = await site.hold(await site.buyer(), event, 2)
    return Door(site, event, order, await site.staff("volunteer"))


async def test_a_ticket_admits_once(door: Door) -> None:
    ticket, other = door.order["tickets"]
    first = await door.scan(ticket)
    assert (first["verdict"], first["attendee"], first["order_number"]) == (
        "admitted",
        "Guest 1",
        door.order["number"],
    )
    door.name = "Gate B"
    second = await door.scan(ticket)
    assert (second["verdict"], second["used_gate"]) == ("already_used", "Gate A")
    assert second["used_at"] == first["used_at"]
    assert (await door.scan(other))["verdict"] == "admitted"
    gates = [{"gate": "Gate A", "admitted": 1}, {"gate": "Gate B", "admitted": 1}]
    assert await door.figures() == {"admitted": 2, "issued": 2, "gates": gates}


async def test_a_scan_sent_again_gets_the_same_answer(door: Door) -> None:
    ticket, scan = door.order["tickets"][0], {"scan_id": str(uuid4())}
    first = await door.scan(ticket, **scan)
    assert [await door.scan(ticket, **scan) for _ in range(2)] == [first, first]
    assert first["verdict"] == "admitted"
    assert (await door.undo(ticket)).status_code == 200
    assert await door.scan(ticket, **scan) == first
    door.client = await door.sale.staff("volunteer")
    problem(await door.send(code=ticket["link"], **scan), 404, "no_such_scan")


async def test_many_phones_at_once_admit_one(door: Door) -> None:
    ticket = door.order["tickets"][0]
    scans = await asyncio.gather(*(door.scan(ticket) for _ in range(8)))
    assert Counter(scan["verdict"] for scan in scans) == {"admitted": 1, "already_used": 7}
    assert (await door.figures())["admitted"] == 1


async def test_a_typed_code(door: Door) -> None:
    typed = door.order["tickets"][0]["typed_code"]
    spelled = f" {typed[:5].lower()}-{typed[5:]} "
    assert (await door.scan(typed_code=spelled))["verdict"] == "admitted"
    assert (await door.scan(typed_code=typed))["verdict"] == "already_used"
    problem(await door.send(typed_code="7KQ2"), 422, "typed_code_length")
    assert (await door.scan(typed_code="0000000000"))["verdict"] == "unknown"


async def test_a_guest_without_a_code_is_found_by_name_or_order(door: Door) -> None:
    path = f"door/{door.event['id']}/guests"
    [other] = (await door.client.get(path, params={"q": "gue 2"})).json()["items"]
    family = (await door.client.get(path, params={"q": door.order["number"]})).json()["items"]
    assert [guest["attendee"] for guest in family] == ["Guest 1", "Guest 2"]
    guest, second = family
    assert other == second
    assert (guest["status"], guest["order_number"]) == ("valid", door.order["number"])
    assert (await door.scan(ticket_id=guest["ticket_id"]))["verdict"] == "admitted"
    used = (await door.client.get(path, params={"q": "guest 1"})).json()["items"]
    assert used == [guest | {"status": "used"}]
    problem(await door.client.get(path, params={"q": "g"}), 422, "invalid_fields")


async def test_by_hand_and_taken_back(door: Door) -> None:
    ticket = door.order["tickets"][0]
    problem(await door.undo(ticket), 409, "not_used")
    assert (await door.use(ticket)).json()["verdict"] == "admitted"
    problem(await door.undo(ticket, door.client), 403, "not_allowed")
    assert (await door.undo(ticket)).json() == {"ticket_id": ticket["id"], "status": "valid"}
    assert (await door.scan(ticket))["verdict"] == "admitted"
    problem(await door.use({"id": str(uuid4())}), 404, "no_such_ticket")


async def test_codes_that_are_not_ours(door: Door) -> None:
    one, other = (ticket["link"] for ticket in door.order["tickets"])
    for code in (mixed(other, one), "hello", "", "v1.....", "https://example.org/t/#v1.a.b.c.1.d"):
        assert (await door.scan(code=code))["verdict"] == "forged", code
    assert (await door.figures())["admitted"] == 0


async def test_a_ticket_of_another_event(door: Door) -> None:
    other = await door.sale.event(title="Poila Boishakh")
    answer = await door.scan(door.order["tickets"][0], event_id=other["id"])
    assert (answer["verdict"], answer["event_title"]["en"]) == ("wrong_event", "Durga Pujo")


async def test_a_refunded_ticket_is_void_at_once(door: Door) -> None:
    ticket = door.order["tickets"][0]
    assert (await door.verify(ticket))["detail"]["status"] == "valid"
    assert (await door.sale.refund(door.order, ticket_ids=[ticket["id"]])).status_code == 202
    for _ in range(2):  # no process remembers it as valid
        assert (await door.verify(ticket))["detail"]["status"] == "void"
    assert (await door.scan(ticket))["verdict"] == "void"


async def test_a_ticket_is_verified_by_anybody_and_shown_to_staff(door: Door) -> None:
    ticket = door.order["tickets"][0]
    public = await door.verify(ticket, door.sale.client())
    assert (public["event"]["id"], public["detail"]) == (door.event["id"], None)
    await door.scan(ticket)
    for _ in range(2):
        detail = (await door.verify(ticket))["detail"]
        assert (detail["status"], detail["used_gate"]) == ("used", "Gate A")
    unknown = await door.client.get(f"tickets/verify/{uuid4()}")
    problem(unknown, 404, "no_such_ticket")


async def test_whoever_was_sent_a_tickets_link_sees_its_code(door: Door) -> None:
    ticket = door.order["tickets"][0]
    code = ticket["link"].partition("#")[2]
    shown = await door.sale.client().post("tickets/show", json={"code": code})
    assert shown.json() == {"state": "valid", "qr_svg": ticket["qr_svg"]}


async def test_the_events_of_these_days(door: Door) -> None:
    far = await door.sale.event(**soon(hours=100))
    for client, sees_far in ((door.client, False), (door.sale.admin, True)):
        found = {one["id"] for one in (await client.get("door/events")).json()["items"]}
        assert (door.event["id"] in found, far["id"] in found) == (True, sees_far)


async def test_the_door_is_for_confirmed_staff(door: Door) -> None:
    ticket, path = door.order["tickets"][0], f"door/{door.event['id']}/figures"
    cases = (
        (door.sale.client(), 401, "not_signed_in"),
        (await door.sale.buyer(), 403, "not_verified"),
        (await door.sale.confirmed(), 403, "not_allowed"),
    )
    for client, status, code in cases:
        door.client = client
        problem(await door.send(code=ticket["link"]), status, code)
        problem(await door.use(ticket), status, code)
        problem(await door.undo(ticket, client), status, code)
        problem(await client.get("door/events"), status, code)
        problem(await client.get(path), status, code)
        guests = f"door/{door.event['id']}/guests"
        problem(await client.get(guests, params={"q": "guest"}), status, code)
    assert (await door.verify(ticket, door.sale.admin))["detail"]["status"] == "valid"
