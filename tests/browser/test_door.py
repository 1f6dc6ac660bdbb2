"""The door on a volunteer's phone: other codes than a good one, and no network."""

import asyncio
import io
from typing import Any

import pytest_asyncio
import segno
from PIL import Image
from playwright.async_api import Locator, Route, expect

from tests.browser.camera import Camera
from tests.browser.marks import BROWSER
from tests.browser.steps import event_tonight, free_order, verified
from tests.browser.test_pages import barriers
from tests.browser.visitor import Visitor, Visits
from tests.events.organizer import Organizer
from tests.support.client import Client
from tests.support.qr_reader import read_qr_codes
from tests.support.server import Server

pytestmark = BROWSER

# How the reader's own loader tells of it.
READER_LOST = (
    "console: wasm streaming compile failed",
    "console: falling back to ArrayBuffer instantiation",
    "console: failed to asynchronously prepare wasm",
    "console: Aborted(both async and sync fetching of the wasm failed)",
)

# Whatever verdict is on the screen, be it for a moment.
WATCH_VERDICTS = """() => {
  const seen = [];
  const look = () => seen.push(document.querySelector("[data-verdict]")?.textContent ?? "");
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  return seen;
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def volunteer(server: Server) -> Client:
    return await server.demo("volunteer")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guest(server: Server) -> Client:
    return await verified(server, "guest@example.org", name="Farida Parvin")


def verdict(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-verdict]")


async def stand_at(visitor: Visitor, event: Any) -> None:
    await visitor.open("/scan/")
    await visitor.field("Event").select_option(event["id"])
    await visitor.field("Gate").fill("North")
    await visitor.button("Continue").click()


async def with_bad_signal(visitor: Visitor, event: Any) -> Visitor:
    """At the door, where scans may be lost on their way."""
    visitor.expected.add(f"lost /api/door/{event['id']}/scans")
    await stand_at(visitor, event)
    return visitor


def qr(text: str) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=8)
    return Image.open(drawn)


async def type_code(visitor: Visitor, code: str) -> None:
    await visitor.field("Code below the QR").fill(code)
    await visitor.button("Check").click()


async def test_a_typed_code_lets_in_once(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Dance Class", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    code = order["tickets"][0]["typed_code"]
    door = await visit(volunteer)
    await stand_at(door, event)
    await type_code(door, f"{code[:5]} {code[5:]}".lower())
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")
    await expect(verdict(door)).to_contain_text("Farida Parvin")
    await verdict(door).click()
    await expect(door.page.get_by_text("1 of 1 are in")).to_be_visible()
    await type_code(door, code)
    await expect(verdict(door)).to_contain_text("ALREADY USED")
    await verdict(door).click()
    await type_code(door, "0000000000")
    await expect(verdict(door)).to_contain_text("No ticket has this code.")
    await expect(verdict(door)).to_have_attribute("data-verdict", "refuse")


async def test_a_ticket_of_another_event_stays_outside(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    here = await event_tonight(organizer, "Here Tonight", price_cents=0)
    elsewhere = await event_tonight(organizer, "Elsewhere Tonight", price_cents=0)
    order = await free_order(guest, elsewhere, "Farida Parvin")
    door = await visit(volunteer)
    await stand_at(door, here)
    await type_code(door, order["tickets"][0]["link"])
    await expect(verdict(door)).to_have_attribute("data-verdict", "refuse")
    await expect(verdict(door)).to_contain_text("DO NOT ADMIT")
    await expect(verdict(door)).to_contain_text("another event: Elsewhere Tonight")


async def test_without_network_nobody_looks_admitted_until_the_server_says_so(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "In the Cellar", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    door = await with_bad_signal(await visit(volunteer), event)
    await door.page.wait_for_load_state("networkidle")
    await door.context.set_offline(True)
    await type_code(door, order["tickets"][0]["typed_code"])
    await expect(verdict(door)).to_have_attribute("data-verdict", "open")
    await expect(verdict(door)).to_contain_text("NOT SENT YET")
    await door.context.set_offline(False)
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")
    await expect(door.page.get_by_text("1 of 1 are in")).to_be_visible()


async def test_a_scan_without_an_answer_outlives_the_page(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Up on the Roof", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    door = await with_bad_signal(await visit(volunteer), event)

    async def lose_the_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await door.page.route("**/scans", lose_the_answer)
    await type_code(door, order["tickets"][0]["typed_code"])
    await expect(verdict(door)).to_have_attribute("data-verdict", "open")
    await door.page.unroute("**/scans")
    await door.page.reload()
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")
    await expect(verdict(door)).to_contain_text("Farida Parvin")


async def test_a_code_that_waits_already_is_the_same_scan(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Behind the Hall", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    door = await with_bad_signal(await visit(volunteer), event)
    await door.page.wait_for_load_state("networkidle")
    await door.context.set_offline(True)
    for _ in range(2):
        await type_code(door, order["tickets"][0]["typed_code"])
        await expect(verdict(door)).to_have_attribute("data-verdict", "open")
        await verdict(door).click()
    await type_code(door, order["tickets"][0]["typed_code"])
    await door.context.set_offline(False)
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")
    await expect(door.page.get_by_role("listitem").filter(has_text="Farida Parvin")).to_have_count(
        1
    )


async def test_codes_are_typed_one_after_the_other_without_a_pointer(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Scanner with a Cable", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin", "Arun Sen")
    door = await visit(volunteer)
    await stand_at(door, event)
    await door.field("Code below the QR").focus()
    for ticket in order["tickets"]:
        await door.page.keyboard.type(ticket["typed_code"])
        await door.page.keyboard.press("Enter")
        await expect(verdict(door)).to_contain_text(ticket["attendee"])
        await expect(verdict(door)).to_be_focused()
        await door.page.keyboard.press("Enter")
        await expect(door.field("Code below the QR")).to_be_focused()


async def write(visitor: Visitor, text: str) -> None:
    """As a scanner does that is plugged in as a keyboard."""
    await visitor.page.keyboard.type(text)
    await visitor.page.keyboard.press("Enter")


async def test_each_code_of_a_scanner_with_a_cable_has_its_verdict(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Impatient Scanner", price_cents=0)
    names = ["Farida Parvin", "Arun Sen", "Lata Roy"]
    order = await free_order(guest, event, *names)
    door = await visit(volunteer)
    await stand_at(door, event)
    seen = await door.page.evaluate_handle(WATCH_VERDICTS)
    await door.field("Code below the QR").focus()
    first, second, third = order["tickets"]
    for written in (first["link"], second["typed_code"], third["link"]):
        await write(door, written)
        await expect(verdict(door)).to_be_visible()
    await expect(door.page.get_by_text("3 of 3 are in")).to_be_visible()
    shown = " ".join(await seen.evaluate("seen => seen"))
    assert all(name in shown for name in names), shown
    await expect(door.field("Code below the QR")).to_have_value("")


async def test_a_scanner_with_a_cable_is_heard_wherever_the_focus_is(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Focus Elsewhere", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    door = await visit(volunteer)
    await stand_at(door, event)
    await expect(door.field("Code below the QR")).to_be_visible()
    await door.button("Change").focus()
    await write(door, order["tickets"][0]["typed_code"])
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")
    await verdict(door).click()
    await door.button("Change").focus()
    await write(door, "9780201379624")
    await expect(verdict(door)).to_contain_text("This is not the code of a ticket.")


async def test_a_code_may_be_typed_on_a_bangla_keyboard(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Other Digits", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    code = order["tickets"][0]["typed_code"].translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))
    door = await visit(volunteer)
    await stand_at(door, event)
    await type_code(door, code)
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")


async def test_a_keyboard_set_wrongly_is_named(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Azerty", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    door = await visit(volunteer)
    await stand_at(door, event)
    french = str.maketrans("1234567890", "&é\"'(-è_çà")
    await type_code(door, order["tickets"][0]["link"].translate(french))
    await expect(door.alert).to_contain_text("set the keyboard to English (US)")


async def test_two_quick_taps_are_one(
    visit: Visits, organizer: Organizer, volunteer: Client
) -> None:
    event = await event_tonight(organizer, "Cold Fingers", price_cents=0)
    door = await visit(volunteer)
    await stand_at(door, event)
    answered = asyncio.Event()

    async def hold(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await door.page.route("**/scans", hold)
    await door.field("Code below the QR").fill("0000000000")
    await door.button("Check").dblclick()
    await expect(door.page.get_by_role("listitem").filter(has_text="Checking")).to_have_count(1)
    await expect(door.alert).to_have_count(0)
    answered.set()
    await expect(verdict(door)).to_have_attribute("data-verdict", "refuse")


async def test_a_page_that_came_without_its_data_asks_again_when_the_network_is_back(
    visit: Visits, organizer: Organizer, volunteer: Client
) -> None:
    event = await event_tonight(organizer, "One Bar", price_cents=0)
    door = await visit(volunteer)
    door.expected.add("lost /api/door/events")
    await door.page.route("**/api/door/events", lambda route: route.abort())
    await door.open("/scan/")
    await expect(door.alert).to_contain_text("We could not reach the server")
    async with door.page.expect_event("requestfailed"):
        await door.page.evaluate("dispatchEvent(new Event('online'))")
    await door.page.unroute("**/api/door/events")
    await door.field("Event").select_option(event["id"])


async def test_the_page_says_that_the_connection_is_gone_until_it_is_back(
    visit: Visits, organizer: Organizer, volunteer: Client
) -> None:
    event = await event_tonight(organizer, "Lift Shaft", price_cents=0)
    door = await visit(volunteer)
    door.expected.add(f"lost /api/door/{event['id']}/figures")
    await door.page.clock.install()
    await stand_at(door, event)
    await expect(door.page.get_by_text("0 of 0 are in")).to_be_visible()
    await door.page.route("**/figures", lambda route: route.abort())
    await door.page.clock.fast_forward("00:16")
    note = door.page.get_by_text("No connection to the server")
    await expect(note).to_be_visible()
    await door.page.clock.pause_at(await door.page.evaluate("Date.now() + 1000"))
    await door.page.unroute("**/figures")
    await door.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(note).to_be_hidden()


async def test_the_phone_s_own_camera_app_leads_staff_to_check_in_and_others_to_the_event(
    visit: Visits, organizer: Organizer, server: Server, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Lantern Walk", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    path = order["tickets"][0]["link"].removeprefix(server.url)
    stranger = await visit()
    await stranger.open(path)
    await expect(stranger.heading("Lantern Walk")).to_be_visible()
    await expect(stranger.page.get_by_text("Farida Parvin")).to_have_count(0)
    drawn = await stranger.page.get_by_role("img", name="QR code of this ticket").screenshot()
    [read] = read_qr_codes(Image.open(io.BytesIO(drawn)))
    assert read.text == order["tickets"][0]["link"]
    door = await visit(volunteer)
    await door.open(path)
    await expect(door.page.get_by_text("Farida Parvin")).to_be_visible()
    await door.button("Check in").click()
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")


async def test_a_reader_of_codes_that_was_lost_on_its_way_is_fetched_again(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client, camera: Camera
) -> None:
    event = await event_tonight(organizer, "Bad Signal", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin")
    camera.show(qr(order["tickets"][0]["link"]))
    door = await visit(volunteer)
    door.expected |= {"lost /zxing/zxing_reader.wasm", *READER_LOST}
    await door.page.route("**/zxing_reader.wasm", lambda route: route.abort())
    async with door.page.expect_event("requestfailed", lambda lost: lost.url.endswith(".wasm")):
        await stand_at(door, event)
    await door.page.wait_for_load_state("networkidle")
    await door.page.unroute("**/zxing_reader.wasm")
    await door.button("Start camera").click()
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")


async def test_a_guest_whose_phone_is_dead_is_found_by_name(
    visit: Visits, organizer: Organizer, volunteer: Client, guest: Client
) -> None:
    event = await event_tonight(organizer, "Power Cut", price_cents=0)
    order = await free_order(guest, event, "Farida Parvin", "Arun Parvin", "Mitali Sen")
    door = await visit(volunteer)
    await stand_at(door, event)
    who, find = door.field("No code? Name or order number"), door.button("Find")
    await who.fill("f")
    await find.click()
    await expect(door.alert).to_contain_text("at least two letters")
    await who.fill("zzz")
    await find.click()
    await expect(door.page.get_by_text("Nobody at this event was found")).to_be_visible()
    await who.fill("parv")
    await who.press("Enter")
    await expect(door.page.get_by_text("Ask for the full name first")).to_be_visible()
    await expect(door.page.get_by_role("button", name="Check in: ")).to_have_count(2)
    assert "guest@example.org" not in await door.page.content()
    press = door.button("Check in: Farida Parvin")
    await press.click()
    await expect(verdict(door)).to_have_attribute("data-verdict", "admit")
    await expect(verdict(door)).to_contain_text("Farida Parvin")
    await door.page.keyboard.press("Enter")
    await expect(press).to_be_focused()
    found = door.page.get_by_role("list", name="Guests found")
    await expect(found.get_by_role("listitem")).to_contain_text(["Arun Parvin", "Used"])
    await expect(door.page.get_by_text("1 of 3 are in")).to_be_visible()
    await who.fill(order["number"])
    await find.click()
    await expect(door.button("Check in: Mitali Sen")).to_be_visible()
    assert await barriers(door.page) == []
