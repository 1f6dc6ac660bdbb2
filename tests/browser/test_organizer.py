"""An organizer at a desk: an event from the first draft to the last refund."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest_asyncio
from PIL import Image
from playwright.async_api import expect

from tests.browser.marks import BROWSER
from tests.browser.steps import (
    event_tonight,
    expect_tickets,
    free_order,
    newcomer,
    pay,
    start_order,
)
from tests.browser.visitor import DESK, Visitor, Visits
from tests.events.organizer import Organizer
from tests.support.server import Server

pytestmark = BROWSER

TITLE = "Winter Music Conference"


@pytest_asyncio.fixture(loop_scope="session")
async def admin(visit: Visits, organizer: Organizer) -> Visitor:
    return await visit(organizer.client, DESK)


async def test_an_event_is_made_published_sold_and_refunded(
    visit: Visits, admin: Visitor, server: Server, tmp_path: Path
) -> None:
    await write_event(admin)
    await add_ticket_type(admin)
    await add_cover(admin, tmp_path / "cover.png")
    await admin.button("Publish").first.click()
    await admin.page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    await expect(admin.page.get_by_text("Published. Everyone can see it now.")).to_be_visible()

    buyer = await visit(await newcomer(server, "music@example.org", name="Lopa Mitra"))
    await buyer.open("/events/")
    await buyer.field("Search events").fill("music conference")
    await buyer.button("Search").click()
    await buyer.link(TITLE).click()
    await expect(buyer.page.get_by_role("img", name="A stage in warm light")).to_be_visible()
    await start_order(buyer, {"slug": "winter-music-conference"}, tickets=2)
    await pay(buyer)
    await expect_tickets(buyer, "Lopa Mitra", "Guest 2")

    await refund(admin)
    await buyer.page.reload()
    await expect(buyer.heading("This order was refunded")).to_be_visible()
    await expect(buyer.page.get_by_text("$30.00 went back to the card")).to_be_visible()
    await expect(buyer.page.get_by_text("No longer valid")).to_have_count(2)
    await expect(buyer.page.get_by_text("At the door, show the code")).to_have_count(0)
    email = await server.email("music@example.org", "Refund of $30.00")
    assert TITLE in email.summary.subject


async def write_event(admin: Visitor) -> None:
    tomorrow = datetime.now(UTC).astimezone(ZoneInfo("America/Chicago")) + timedelta(days=1)
    await admin.open("/admin/events/")
    await admin.link("Create event").click()
    texts = {
        "Title (English)": TITLE,
        "Title (Bangla) (optional)": "শীতের গানের সম্মেলন",
        "Summary (English)": "Three evenings of song.",
        "Summary (Bangla) (optional)": "তিন সন্ধ্যার গান।",
        "Description (English)": "Come **early**.",
        "Description (Bangla) (optional)": "**আগে** আসুন।",
        "Starts at": tomorrow.strftime("%Y-%m-%dT18:00"),
        "Ends at": tomorrow.strftime("%Y-%m-%dT22:00"),
        "Venue": "Civic Hall",
        "Address (optional)": "1 Main Street, Norman",
        "Refund policy (English)": "Until the day before.",
        "Refund policy (Bangla) (optional)": "আগের দিন পর্যন্ত।",
    }
    for label, text in texts.items():
        await admin.field(label).fill(text)
    await admin.button("Save draft").click()
    await expect(admin.page.get_by_text("Saved.").first).to_be_visible()


async def add_ticket_type(admin: Visitor) -> None:
    await admin.button("Add ticket type").click()
    dialog = admin.page.get_by_role("dialog")
    await dialog.get_by_label("Name (English)").fill("Adult")
    await dialog.get_by_label("Name (Bangla)").fill("প্রাপ্তবয়স্ক")
    await dialog.get_by_label("Price", exact=True).fill("15")
    await dialog.get_by_label("Capacity").fill("40")
    await dialog.get_by_role("button", name="Save ticket type").click()
    row = admin.page.get_by_role("row").filter(has_text="Adult")
    await expect(row).to_contain_text("$15.00")


async def add_cover(admin: Visitor, file: Path) -> None:
    Image.linear_gradient("L").resize((1280, 720)).convert("RGB").save(file)
    await admin.field("Choose a picture").set_input_files(file)
    await admin.field("What the picture shows").fill("A stage in warm light")
    await admin.button("Upload picture").click()
    await expect(admin.page.get_by_text("The picture is on the page now.")).to_be_visible()


async def refund(admin: Visitor) -> None:
    await admin.open("/admin/orders/")
    await admin.page.get_by_label("Attendee, email address or order number").fill(
        "music@example.org"
    )
    await admin.button("Search").click()
    row = admin.page.get_by_role("row").filter(has_text="music@example.org")
    await row.get_by_role("link").click()
    await admin.field("Reason").fill("The singer is ill")
    await expect(admin.button("Choose at least one ticket")).to_be_visible()
    await admin.button("Select all").click()
    await admin.button("Refund $30.00 to Lopa Mitra…").click()
    await admin.page.get_by_role("dialog").get_by_role("button", name="Refund $30.00").click()
    done = admin.page.get_by_text("$30.00 has been refunded to Lopa Mitra.")
    await expect(done).to_be_visible()


async def test_an_event_is_called_off_by_writing_its_title(
    visit: Visits, admin: Visitor, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "River Cruise")
    buyer = await visit(await newcomer(server, "cruise@example.org"))
    await start_order(buyer, event)
    await pay(buyer)
    await expect_tickets(buyer, "Rahima Khatun")
    admin.expected.add(f"422 /api/admin/events/{event['id']}/cancel")
    await admin.open(f"/admin/events/edit/?id={event['id']}")
    await admin.button("Cancel event").click()
    confirm = admin.page.get_by_label(re.compile("To confirm, type the title"))
    await confirm.fill("River Crews")
    await admin.button("Cancel event and refund all orders").click()
    await expect(admin.alert).to_be_visible()
    await confirm.fill("River Cruise")
    await admin.button("Cancel event and refund all orders").click()
    await expect(admin.heading("This event is canceled.")).to_be_visible()
    await expect(admin.page.get_by_text("1 of 1 orders done")).to_be_visible()
    email = await server.email("cruise@example.org", "Canceled: River Cruise")
    assert "$15.00" in email.text
    await buyer.page.reload()
    await expect(buyer.heading("This order was refunded")).to_be_visible()
    await buyer.open(f"/events/{event['slug']}/")
    await expect(buyer.page.get_by_text("This event is canceled.")).to_be_visible()
    await expect(buyer.page.get_by_role("link", name="Get tickets")).to_have_count(0)


async def test_the_attendees_come_as_a_file(
    admin: Visitor, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Kite Festival", price_cents=0)
    await free_order(await newcomer(server, "kites@example.org"), event, "মিতালি", "Arun Sen")
    await admin.open(f"/admin/events/edit/?id={event['id']}")
    async with admin.page.expect_download() as download:
        await admin.button("Attendees (CSV)").click()
    file = await download.value
    assert file.suggested_filename == f"attendees-{event['slug']}.csv"
    assert third_cells(await file.path()) == ["Attendee", "মিতালি", "Arun Sen"]


def third_cells(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return [line.split(",")[2] for line in lines]
