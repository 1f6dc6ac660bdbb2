"""Checking in by hand, taking it back, looking a ticket up, and counting who is in."""

from typing import Any

import pytest

from bashi.core.batch import Query
from bashi.core.people.rules import Role
from bashi.http.fields import rfc3339
from tests.door.gate import Gate
from tests.door.test_scan import change_ticket
from tests.events.organizer import DAY
from tests.orders.test_mine import confirm
from tests.support.client import Client, problem
from tests.support.shop import Shop
from tests.support.stand_ins import NOON


async def test_a_ticket_is_used_by_hand(gate: Gate) -> None:
    answer = (await gate.use(gate.tickets[0])).json()
    assert (answer["verdict"], answer["used_gate"]) == ("admitted", "Gate A")
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "already_used"


async def test_using_by_hand_twice_admits_once(gate: Gate) -> None:
    scan_id = gate.shop.new_id()
    first, again = [(await gate.use(gate.tickets[0], scan_id=scan_id)).json() for _ in range(2)]
    assert first == again
    assert (await gate.use(gate.tickets[0])).json()["verdict"] == "already_used"


async def test_a_void_ticket_is_not_used_by_hand(gate: Gate) -> None:
    await gate.shop.refund(gate.order)
    assert (await gate.use(gate.tickets[0])).json()["verdict"] == "void"


async def test_an_unknown_ticket_is_not_used_by_hand(gate: Gate) -> None:
    problem(await gate.use({"id": gate.shop.new_id()}), 404, "no_such_ticket")


async def test_an_admin_takes_a_check_in_back(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    answer = await gate.undo(gate.tickets[0])
    assert answer.json() == {"ticket_id": gate.tickets[0]["id"], "status": "valid"}
    assert (await gate.verify(gate.tickets[0]))["detail"]["used_at"] is None
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "admitted"


async def test_taking_back_is_on_the_trail_with_its_reason(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    await gate.undo(gate.tickets[0])
    trail = (await gate.shop.admin.get("admin/audit")).json()["items"]
    [entry] = [one for one in trail if one["action"] == "ticket.undo_use"]
    assert (entry["subject_id"], entry["detail"]) == (gate.tickets[0]["id"], "wrong person")
    assert entry["person_email"] == gate.shop.admin.person["email"]


async def test_a_volunteer_takes_nothing_back(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    problem(await gate.undo(gate.tickets[0], gate.client), 403, "not_allowed")


async def test_what_is_not_used_cannot_be_taken_back(gate: Gate) -> None:
    problem(await gate.undo(gate.tickets[0]), 409, "not_used")
    problem(await gate.undo({"id": gate.shop.new_id()}), 404, "no_such_ticket")


async def test_staff_see_a_tickets_state(gate: Gate) -> None:
    ticket = gate.tickets[0]
    before = await gate.verify(ticket)
    assert before["event"]["title"]["en"] == "Durga Pujo"
    assert before["detail"] == {
        "status": "valid",
        "attendee": "Guest 1",
        "type_name": {"en": "Adult", "bn": "প্রাপ্তবয়স্ক"},
        "order_number": gate.order["number"],
        "used_at": None,
        "used_gate": None,
        "event_id": gate.event["id"],
    }
    scanned = await gate.scan(ticket)
    after = (await gate.verify(ticket))["detail"]
    assert after["status"] == "used"
    assert (after["used_at"], after["used_gate"]) == (scanned["used_at"], "Gate A")


async def test_a_type_that_is_renamed_is_called_so_at_once(gate: Gate) -> None:
    await gate.verify(gate.tickets[0])
    organizer = gate.shop.organizer
    [kind] = (await organizer.read(gate.event))["ticket_types"]
    renamed = {"name": "Grown-up", "version": kind["version"]}
    assert (await organizer.put_type(gate.event, kind["id"], **renamed)).status_code == 200
    detail = (await gate.verify(gate.tickets[0]))["detail"]
    assert (detail["type_name"]["en"], (await gate.scan(gate.tickets[0]))["type_name"]["en"]) == (
        "Grown-up",
        "Grown-up",
    )


async def test_a_refund_shows_at_once(gate: Gate) -> None:
    await gate.verify(gate.tickets[0])
    await gate.shop.refund(gate.order)
    assert (await gate.verify(gate.tickets[0]))["detail"]["status"] == "void"


async def test_the_public_sees_the_event_only(gate: Gate, client: Client) -> None:
    buyer = gate.shop.buyers[0]
    await buyer.login(buyer.person["email"])
    for somebody in (gate.shop.product.client(), buyer):
        shown = await gate.verify(gate.tickets[0], somebody)
        assert (shown["event"]["title"]["en"], shown["detail"]) == ("Durga Pujo", None)


async def shown(gate: Gate, code: str) -> Any:
    answer = await gate.shop.product.client().post("tickets/show", json={"code": code})
    return answer.json()


async def test_whoever_holds_a_code_may_show_it_until_it_is_void(gate: Gate) -> None:
    ticket = gate.tickets[0]
    code = ticket["link"].partition("#")[2]
    drawn = {"state": "valid", "qr_svg": ticket["qr_svg"]}
    assert await shown(gate, code) == drawn
    await gate.scan(ticket)
    assert await shown(gate, code) == drawn | {"state": "used"}
    await gate.undo(ticket)
    await gate.shop.refund(gate.order)
    assert await shown(gate, code) == {"state": "void", "qr_svg": None}


async def test_an_old_code_is_not_shown_any_more(gate: Gate) -> None:
    await change_ticket(gate, gate.tickets[0], "serial", 2)
    code = gate.tickets[0]["link"].partition("#")[2]
    assert await shown(gate, code) == {"state": "superseded", "qr_svg": None}


async def test_a_code_that_is_not_ours_is_not_drawn(gate: Gate) -> None:
    code = gate.tickets[0]["link"].partition("#")[2]
    for other in (code[:-4] + "AAAA", "anything", ""):
        assert (await shown(gate, other))["code"] == "no_such_ticket"


async def test_an_unknown_ticket_is_not_there(gate: Gate) -> None:
    answer = await gate.client.get(f"tickets/verify/{gate.shop.new_id()}")
    problem(answer, 404, "no_such_ticket")


async def test_who_is_in_is_counted_by_gate(gate: Gate) -> None:
    assert await gate.figures() == {"admitted": 0, "issued": 3, "gates": []}
    await gate.scan(gate.tickets[0])
    gate.name = "Gate B"
    await gate.scan(gate.tickets[0])
    await gate.scan(gate.tickets[1])
    await gate.shop.refund(gate.order, ticket_ids=[gate.tickets[2]["id"]])
    gates = [{"gate": "Gate A", "admitted": 1}, {"gate": "Gate B", "admitted": 1}]
    assert await gate.figures() == {"admitted": 2, "issued": 2, "gates": gates}


async def test_figures_of_an_unknown_event_are_not_there(gate: Gate) -> None:
    answer = await gate.client.get(f"door/{gate.shop.new_id()}/figures")
    problem(answer, 404, "no_such_event")


async def test_a_volunteer_sees_the_events_of_these_days(gate: Gate) -> None:
    far = await gate.shop.event(**at(20))
    soon = await gate.shop.event(**at(12))
    draft = await gate.shop.organizer.create(**at(10))
    assert await events_of(gate.client) == [gate.event["id"]]
    assert await events_of(gate.shop.admin) == [gate.event["id"], soon["id"], far["id"]]
    assert draft["id"] not in await events_of(gate.shop.admin)


async def test_an_event_stays_at_the_door_for_a_day_after(gate: Gate) -> None:
    gate.shop.product.clock.advance(hours=1 + 5 + 23)
    await gate.client.login(gate.client.person["email"])
    assert await events_of(gate.client) == [gate.event["id"]]
    gate.shop.product.clock.advance(hours=1)
    assert await events_of(gate.client) == []


@pytest.mark.parametrize("who", ["stranger", "user", "unverified volunteer"])
async def test_the_door_is_for_confirmed_staff(gate: Gate, who: str) -> None:
    visitor = gate.shop.product.client()
    if who != "stranger":
        await visitor.register("visitor@example.org", password="a long enough password")
    if who == "user":
        await confirm(gate.shop, visitor)
    if who == "unverified volunteer":
        await promote_unconfirmed(gate.shop, visitor)
    expected = {
        "stranger": (401, "not_signed_in"),
        "user": (403, "not_allowed"),
        "unverified volunteer": (403, "not_verified"),
    }[who]
    gate.client = visitor
    event = gate.event["id"]
    problem(await gate.send(code=gate.tickets[0]["link"]), *expected)
    problem(await gate.use(gate.tickets[0]), *expected)
    problem(await gate.undo(gate.tickets[0], visitor), *expected)
    problem(await visitor.get("door/events"), *expected)
    problem(await visitor.get(f"door/{event}/figures"), *expected)
    problem(await visitor.get(f"door/{event}/guests", params={"q": "guest"}), *expected)


async def test_an_admin_works_the_door_too(gate: Gate) -> None:
    gate.client = gate.shop.admin
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "admitted"


async def events_of(client: Client) -> list[str]:
    return [one["id"] for one in (await client.get("door/events")).json()["items"]]


def at(day: int) -> dict[str, str]:
    return {
        "starts_at": rfc3339(NOON + day * DAY),
        "ends_at": rfc3339(NOON + day * DAY + DAY // 8),
    }


async def promote_unconfirmed(shop: Shop, client: Client) -> None:
    change = Query("UPDATE person SET role = :role WHERE id = :id")
    person = change(role=Role.VOLUNTEER.value, id=client.person["id"])
    await shop.product.ports.database.batch([person])
