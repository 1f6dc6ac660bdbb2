"""Without a pointer: everything is reached by Tab, and what has the focus can be seen."""

from playwright.async_api import Page, expect

from tests.browser.marks import BROWSER
from tests.browser.steps import event_tonight, expect_tickets
from tests.browser.visitor import Visitor, Visits
from tests.events.organizer import Organizer
from tests.support.client import PASSWORD

pytestmark = BROWSER

STOPS = 60
# The element that has the focus, or its label, is on top of whatever else is there.
IS_SEEN = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return top !== null && (element.contains(top) || top.contains(element));
}"""
NAME_OF = """const name = element => {
  const label = element.labels?.[0]?.innerText;
  return (element.ariaLabel || label || element.innerText || '').trim();
};"""
NAME = f"() => {{ {NAME_OF} return name(document.activeElement); }}"
IS_THERE = f"""start => {{ {NAME_OF}
  const stops = document.querySelectorAll('a[href], button, input, textarea, select, summary');
  return [...stops].some(stop => name(stop).startsWith(start));
}}"""


async def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the control whose name starts so has the focus.

    Waits for it first: a page that is still being filled moves what has the focus.
    """
    await page.wait_for_function(IS_THERE, arg=name)
    passed = []
    for _ in range(STOPS):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(NAME)
        assert await page.evaluate(IS_SEEN), f"the focus is hidden at {focused!r}"
        if focused.startswith(name):
            return
        passed.append(focused)
    raise AssertionError(f"no stop at {name!r}, only at {passed}")


async def write(visitor: Visitor, label: str, text: str) -> None:
    await tab_to(visitor.page, label)
    await visitor.page.keyboard.type(text)


async def test_tickets_are_bought_by_keyboard(visit: Visits, organizer: Organizer) -> None:
    event = await event_tonight(organizer, "Quiz Evening")
    buyer = await visit()
    page, keys = buyer.page, buyer.page.keyboard
    await buyer.open(f"/events/{event['slug']}/")
    await tab_to(page, "Get tickets")
    await keys.press("Enter")
    await expect(buyer.heading("Get tickets")).to_be_visible()
    await tab_to(page, "One more: Adult")
    await keys.press("Space")
    await write(buyer, "Full name", "Jamal Uddin")
    await write(buyer, "Email address", "keys@example.org")
    await write(buyer, "Password", PASSWORD)
    await write(buyer, "Name for ticket 2: Adult", "Rokeya Uddin")
    await tab_to(page, "I agree")
    await keys.press("Space")
    await tab_to(page, "Go to payment · $30.00")
    await keys.press("Enter")
    await page.wait_for_url("**/sandbox/pay/**")
    await tab_to(page, "Pay $30.00")
    await keys.press("Enter")
    await expect_tickets(buyer, "Jamal Uddin", "Rokeya Uddin")


async def test_the_summary_of_errors_has_the_focus_and_leads_to_the_fields(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Chess Evening")
    buyer = await visit()
    await buyer.open(f"/checkout/?event={event['slug']}")
    await buyer.button("Go to payment · $15.00").press("Enter")
    summary = buyer.alert
    await expect(summary).to_be_focused()
    await expect(summary).to_contain_text("Agree to the terms to continue")
    await tab_to(buyer.page, "Enter an email address")
    await buyer.page.keyboard.press("Enter")
    email = buyer.field("Email address")
    await expect(email).to_be_focused()
    await expect(email).to_have_accessible_description(
        "Your tickets are sent here. Error: Enter an email address like name@example.com"
    )


async def test_the_first_stop_skips_to_the_content(visit: Visits) -> None:
    visitor = await visit()
    await visitor.open("/events/")
    await visitor.page.keyboard.press("Tab")
    await expect(visitor.link("Skip to content")).to_be_focused()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.locator("main")).to_be_focused()


async def test_a_search_keeps_the_focus_and_follows_the_address(
    visit: Visits, organizer: Organizer
) -> None:
    admin = await visit(organizer.client)
    for path, label in (
        ("/events/", "Search events"),
        ("/admin/orders/", "Attendee, email address or order number"),
    ):
        await admin.open(path)
        search = admin.page.get_by_role("searchbox", name=label)
        await search.fill("zzz")
        await search.press("Enter")
        await admin.page.wait_for_url("**q=zzz**")
        await expect(search).to_be_focused()
        await admin.page.go_back()
        await expect(search).to_have_value("")
        await admin.page.go_forward()
        await expect(search).to_have_value("zzz")


async def test_the_focus_is_seen_on_the_dark_page_of_the_door(
    visit: Visits, organizer: Organizer
) -> None:
    await event_tonight(organizer, "Night Shift")
    door = await visit(organizer.client)
    await door.open("/scan/")
    await door.button("Continue").click()
    for stop in (door.button("Start camera"), door.field("Code below the QR")):
        await stop.focus()
        await expect(stop).to_have_css("outline-color", "rgb(255, 255, 255)")


async def test_the_menu_opens_and_closes_by_keyboard(visit: Visits) -> None:
    visitor = await visit()
    await visitor.open("/")
    menu = visitor.button("Menu")
    await menu.press("Enter")
    await expect(menu).to_have_attribute("aria-expanded", "true")
    await expect(visitor.link("Log in")).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.link("Log in")).to_be_hidden()
    await expect(menu).to_be_focused()
