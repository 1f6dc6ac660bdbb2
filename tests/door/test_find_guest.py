"""A guest whose phone is dead: found by the order's number or a name, and let in by hand."""

from typing import Any

import httpx
import pytest

from bashi.core import limits
from tests.door.gate import Gate
from tests.door.test_door import at
from tests.orders.test_complimentary import give
from tests.support.client import faults, problem


async def ask(gate: Gate, q: str, **changes: Any) -> httpx.Response:
    event = changes.pop("event_id", gate.event["id"])
    return await gate.client.get(f"door/{event}/guests", params={"q": q})


async def found(gate: Gate, q: str, **changes: Any) -> Any:
    answer = await ask(gate, q, **changes)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def names(gate: Gate, q: str) -> list[str]:
    return [guest["attendee"] for guest in (await found(gate, q))["items"]]


async def give_to(gate: Gate, *attendees: str, event: Any = None) -> Any:
    answer = await give(gate.shop, event or gate.event, attendees=list(attendees))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_guest_is_found_by_name_and_let_in(gate: Gate) -> None:
    order = await give_to(gate, "Mitali Sen", "Arun Sen")
    [ticket] = [one for one in order["tickets"] if one["attendee"] == "Mitali Sen"]
    guest = {
        "ticket_id": ticket["id"],
        "attendee": "Mitali Sen",
        "type_name": {"en": "Adult", "bn": "প্রাপ্তবয়স্ক"},
        "status": "valid",
        "order_number": order["number"],
    }
    assert await found(gate, "mita sen") == {"items": [guest], "more": False}
    scanned = await gate.scan(ticket_id=ticket["id"])
    assert (scanned["verdict"], scanned["attendee"]) == ("admitted", "Mitali Sen")
    assert (await found(gate, "mitali"))["items"] == [guest | {"status": "used"}]
    assert (await gate.scan(ticket_id=ticket["id"]))["verdict"] == "already_used"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Tara D'Souza", ("dsouza", "d’souza", "D'Souza", "souza", "dso")),
        ("Mary O\u02bcBrien", ("obrien", "o'brien", "brien", "O\u2019Brien mary")),
        ("Nora O Brien", ("obrien", "o'brien", "o brien")),
        ("Łukasz Sørensen", ("lukasz", "sorensen", "łukasz sørensen")),
        ("Đukić Æsa Þór", ("dukic", "aesa", "thor", "đukić")),
        ("Ronald McDonald", ("mcdonald", "donald", "mc donald")),
        ("Ray Mc Donald", ("mcdonald", "mc donald")),
        ("Anne-Marie Roy-Das", ("annemarie", "anne-marie", "marie das", "roydas")),
        ("José Ñandú", ("jose", "nandu", "josé")),
        ("রহমান মিত্র", ("রহমান", "মিত্র")),
    ],
)
async def test_a_name_is_found_whichever_way_it_is_typed(
    gate: Gate, name: str, typed: tuple[str, ...]
) -> None:
    await give_to(gate, name, "Mitali Sen")
    for text in typed:
        assert await names(gate, text) == [name], text


async def test_a_whole_family_is_found_by_its_order_s_number(gate: Gate) -> None:
    number = gate.order["number"]
    for typed in (number, number.lower(), f" {number[:4]}-{number[4:]} "):
        assert await names(gate, typed) == ["Guest 1", "Guest 2", "Guest 3"]


async def test_what_volunteers_need_not_know_finds_nothing(gate: Gate) -> None:
    buyer = gate.order["email"]
    for text in (buyer, buyer.partition("@")[0], gate.tickets[0]["typed_code"]):
        assert await names(gate, text) == []


async def test_nobody_of_another_event_is_found(gate: Gate) -> None:
    other = await gate.shop.event(**at(10))
    elsewhere = await give_to(gate, "Mitali Sen", event=other)
    assert await names(gate, "mitali") == await names(gate, elsewhere["number"]) == []
    ticket = elsewhere["tickets"][0]["id"]
    assert (await gate.scan(ticket_id=ticket))["verdict"] == "wrong_event"


@pytest.mark.parametrize("text", ["", "m", " m ", "m s", "é", "——", "a - b", "%"])
async def test_a_single_email_names_nobody(gate: Gate, text: str) -> None:
    assert "q" in faults(await ask(gate, text))


async def test_of_many_the_first_are_shown_and_that_there_are_more(gate: Gate) -> None:
    await give_to(gate, *(f"Sen {number}" for number in range(limits.SEATS_PER_ORDER)))
    assert (await found(gate, "sen"))["more"] is False
    await give_to(gate, "Arun Sen")
    shown = await found(gate, "sen")
    assert (len(shown["items"]), shown["more"]) == (limits.GUESTS_FOUND, True)


async def test_the_list_of_guests_cannot_be_read_off(gate: Gate) -> None:
    for _ in range(limits.GUESTS_ASKED_PER_PERSON):
        await names(gate, "guest")
    problem(await ask(gate, "guest"), 429, "too_many_requests")
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "admitted"


async def test_volunteers_find_guests_of_these_days_only(gate: Gate) -> None:
    soon = await gate.shop.event(**at(12))
    for event in (soon["id"], gate.shop.new_id()):
        problem(await ask(gate, "guest", event_id=event), 404, "no_such_event")
    gate.client = gate.shop.admin
    assert await found(gate, "guest", event_id=soon["id"]) == {"items": [], "more": False}


async def test_a_ticket_that_is_not_there_is_unknown(gate: Gate) -> None:
    assert (await gate.scan(ticket_id=gate.shop.new_id()))["verdict"] == "unknown"


async def test_a_chosen_ticket_sent_again_gets_the_same_answer(gate: Gate) -> None:
    chosen = {"ticket_id": gate.tickets[0]["id"], "scan_id": gate.shop.new_id()}
    first = await gate.scan(**chosen)
    assert (first["verdict"], await gate.scan(**chosen)) == ("admitted", first)
