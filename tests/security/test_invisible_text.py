"""Nobody enters a name, a title or a gate that shows nothing, or that shows another one's."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from bashi.core.people.rules import Role
from tests.support.client import Client, faults, registration
from tests.support.shop import Shop, line_in

ZERO_WIDTH, FILLER, BLANK = "\u200b", "\u3164", "\u2800"
RIGHT_TO_LEFT = "\u202eneS ilatiM"
READS = "neS ilatiM"
PILE = "Z" + "\u0351\u0352\u0353\u0354\u0355algo"
BANGLA = "র\u200d্যাব ক্\u200cলাব"

Write = Callable[[Shop, Client, str], Awaitable[tuple[httpx.Response, str]]]
"""Sends a text and returns the answer, and the field that it stood in."""


async def _register(shop: Shop, buyer: Client, text: str) -> tuple[httpx.Response, str]:
    form = registration(f"{shop.new_id()}@example.org", name=text)
    return await buyer.post("auth/register", json=form), "name"


async def _profile(shop: Shop, buyer: Client, text: str) -> tuple[httpx.Response, str]:
    return await buyer.patch("me", json={"name": text}), "name"


async def _attendee(shop: Shop, buyer: Client, text: str) -> tuple[httpx.Response, str]:
    event = await shop.event()
    order = shop.order_in(event)
    order["lines"] = [line_in(event["ticket_types"][0]["id"], 1, [text])]
    return await buyer.post("orders", json=order), "lines.0.attendees.0"


def _event_field(name: str, field: str) -> Write:
    async def write(shop: Shop, buyer: Client, text: str) -> tuple[httpx.Response, str]:
        event = await shop.organizer.create()
        return await shop.organizer.edit(event, **{name: text}), field

    return write


async def _type_name(shop: Shop, buyer: Client, text: str) -> tuple[httpx.Response, str]:
    event = await shop.organizer.create()
    return await shop.organizer.put_type(event, name=text), "name.en"


async def _gate(shop: Shop, buyer: Client, text: str) -> tuple[httpx.Response, str]:
    event = await shop.event()
    volunteer = await shop.product.staff(Role.VOLUNTEER, f"{shop.new_id()}@example.org")
    moment = {"scanned_at": "2026-11-20T00:00:00Z"}
    scan = {"scan_id": shop.new_id(), "code": "v1.x", "gate": text} | moment
    return await volunteer.post(f"door/{event['id']}/scans", json=scan), "gate"


PLACES: dict[str, Write] = {
    "register": _register,
    "profile": _profile,
    "attendee": _attendee,
    "title": _event_field("title", "title.en"),
    "venue": _event_field("venue", "venue"),
    "ticket type": _type_name,
    "gate": _gate,
}


@pytest.mark.parametrize("place", PLACES)
async def test_a_text_that_shows_nothing_is_refused(shop: Shop, buyer: Client, place: str) -> None:
    for text in (ZERO_WIDTH, FILLER, BLANK, "\u202e", "\u200d", "\ufe0f", PILE):
        answer, field = await PLACES[place](shop, buyer, text)
        assert list(faults(answer)) == [field], (place, text)


@pytest.mark.parametrize("place", PLACES)
async def test_a_text_in_bangla_is_taken_with_its_joiners(
    shop: Shop, buyer: Client, place: str
) -> None:
    answer, _ = await PLACES[place](shop, buyer, BANGLA)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("place", ["profile", "attendee", "title", "venue", "ticket type"])
async def test_no_control_turns_a_text_around(shop: Shop, buyer: Client, place: str) -> None:
    answer, _ = await PLACES[place](shop, buyer, RIGHT_TO_LEFT)
    assert answer.is_success, answer.text
    assert READS in _strings(answer.json())
    assert RIGHT_TO_LEFT not in _strings(answer.json())


async def test_an_order_shows_the_name_as_bangla_writes_it(shop: Shop, buyer: Client) -> None:
    answer, _ = await _attendee(shop, buyer, BANGLA)
    assert BANGLA in _strings(answer.json())


async def test_texts_of_several_lines_lose_what_turns_them_around(
    shop: Shop, buyer: Client
) -> None:
    event = await shop.organizer.create()
    answer = await shop.organizer.edit(event, description="One\u202e\n\nTwo\u200b  \nThree")
    assert answer.json()["description"]["en"] == "One\n\nTwo  \nThree"


def _strings(document: Any) -> list[str]:
    if isinstance(document, dict):
        return [text for value in document.values() for text in _strings(value)]
    if isinstance(document, list):
        return [text for value in document for text in _strings(value)]
    return [document] if isinstance(document, str) else []
