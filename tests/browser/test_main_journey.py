"""From a new account to the second try at the door, on a phone, as people go through it."""

import re

from playwright.async_api import expect

from bashi.entry.demo.data import PASSWORD as DEMO_PASSWORD
from tests.browser.camera import Camera
from tests.browser.marks import BROWSER
from tests.browser.steps import (
    agree,
    choose,
    event_tonight,
    expect_tickets,
    fill_account,
    pay,
    pictures,
    qr_part,
    to_payment,
)
from tests.browser.visitor import Visitor, Visits
from tests.events.organizer import Organizer
from tests.support.server import Server

pytestmark = BROWSER

EMAIL = "tahmina@example.org"


async def test_from_a_new_account_to_the_door(
    visit: Visits, organizer: Organizer, server: Server, camera: Camera
) -> None:
    event = await event_tonight(organizer, "Evening of Tagore Songs")
    buyer = await visit()
    await register(buyer)
    await verify(buyer)
    await buy(buyer, event["slug"])
    [first, _] = pictures(await mailed_pdf(buyer))
    link, code = qr_part(first)
    assert link.startswith((f"{server.url}/t/#2", f"{server.url}/t/#3"))

    camera.show(code)
    volunteer = await visit()
    await start_scanning(volunteer, event["title"]["en"])
    verdict = volunteer.page.locator("[data-verdict]")
    await expect(verdict).to_have_attribute("data-verdict", "admit")
    await expect(verdict).to_contain_text("ADMIT")
    await expect(verdict).to_contain_text("Tahmina Begum")
    # Nobody taps: green goes by itself, and the same code comes before the camera again.
    await expect(verdict).to_have_attribute("data-verdict", "used")
    await expect(verdict).to_contain_text("ALREADY USED")
    await expect(verdict).to_contain_text(re.compile(r"Came in at \d?\d:\d\d\s[AP]M, Gate B"))


async def register(buyer: Visitor) -> None:
    await buyer.open("/")
    await buyer.button("Menu").click()
    await buyer.link("Log in").click()
    await buyer.link("Create account").click()
    await fill_account(buyer, "Tahmina Begum", EMAIL)
    await agree(buyer)
    await buyer.button("Create account").click()
    await expect(buyer.heading("My tickets")).to_be_visible()


async def verify(buyer: Visitor) -> None:
    """The link of the welcome email, pressed in the demo's mailbox."""
    await open_email(buyer, "Welcome to")
    email = buyer.page.frame_locator("iframe")
    async with buyer.context.expect_page() as opening:
        await email.get_by_role("link", name="Confirm").click()
    page = await opening.value
    await expect(page.get_by_text("your email address is confirmed")).to_be_visible()
    await page.close()


async def buy(buyer: Visitor, slug: str) -> None:
    await buyer.open(f"/events/{slug}/")
    await buyer.page.get_by_role("link", name="Get tickets").last.click()
    await choose(buyer, "Adult", 2)
    await expect(buyer.field("Name for ticket 1: Adult")).to_have_value("Tahmina Begum")
    await buyer.field("Name for ticket 2: Adult").fill("Kabir Begum")
    await agree(buyer)
    await to_payment(buyer)
    await expect(buyer.heading("$30.00")).to_be_visible()
    await pay(buyer)
    await expect_tickets(buyer, "Tahmina Begum", "Kabir Begum")


async def mailed_pdf(buyer: Visitor) -> bytes:
    await open_email(buyer, "Your tickets: Evening of Tagore Songs")
    file = buyer.page.get_by_role("link", name=re.compile(r"\.pdf"))
    path = await file.get_attribute("href")
    answer = await buyer.context.request.get(f"{buyer.server.url}{path}")
    assert answer.headers["content-type"] == "application/pdf"
    return await answer.body()


async def open_email(buyer: Visitor, subject: str) -> None:
    """In the demo's mailbox, once it has come."""
    await buyer.server.email(EMAIL, subject)
    await buyer.open("/mailbox")
    emails = buyer.page.get_by_role("link", name=re.compile(re.escape(subject)))
    await emails.filter(has_text=f"to {EMAIL}").click()


async def start_scanning(volunteer: Visitor, title: str) -> None:
    await volunteer.open("/scan/")
    await volunteer.link("Log in").click()
    await volunteer.field("Email address").fill("volunteer@example.org")
    await volunteer.field("Password").fill(DEMO_PASSWORD)
    await volunteer.button("Log in").click()
    event = volunteer.field("Event")
    option = event.get_by_role("option", name=re.compile(re.escape(title)))
    await event.select_option(await option.get_attribute("value"))
    await volunteer.field("Gate").fill("Gate B")
    await volunteer.button("Continue").click()
    await volunteer.button("Start camera").click()
