"""What people set on their own device: large letters, and colors of their own."""

import io

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.browser.marks import BROWSER
from tests.browser.steps import event_tonight, free_order, verified
from tests.browser.test_pages import ADMIN, LANGUAGES, STICKING_OUT
from tests.browser.visitor import DESK, Visits
from tests.events.organizer import Organizer
from tests.support.server import Server

pytestmark = BROWSER

FOR_BUYERS = (
    "/",
    "/events/",
    "/events/durga-pujo/",
    "/checkout/?event=durga-pujo",
    "/login/",
    "/register/",
)
LONG = "Bhattacharyyamukhopadhyay"
# Words outside of what holds them, over other words, or below something else on the screen.
LOST_WORDS = """() => {
  const found = [];
  const seen = [];
  const page = document.querySelector('dialog[open]') ?? document.body;
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.trim() || text.parentElement.closest('.sr-only, option, datalist')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      for (let holder = text.parentElement; holder; holder = holder.parentElement) {
        const { left, right } = holder.getBoundingClientRect();
        if (box.right > right + 1 || box.left < left - 1) {
          found.push(`outside of ${holder.tagName}: ${text.data.slice(0, 60)}`);
          break;
        }
      }
      const { left, top, width, height } = box;
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      if (hit && !hit.contains(text) && !text.parentElement.contains(hit)) {
        found.push(`below ${hit.tagName}: ${text.data.slice(0, 60)}`);
      }
      for (const [other, words] of seen) {
        const wide = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (words !== text && wide > 4 && high > box.height / 4) {
          found.push(`over ${words.data.slice(0, 40)}: ${text.data.slice(0, 40)}`);
        }
      }
      seen.push([box, text]);
    }
  }
  return found;
}"""
SMALLEST = ViewportSize(width=320, height=480)
# Parts of a verdict above its screen or beside it: nobody can scroll to them.
CUT_OFF = """(screen) => [...screen.children]
  .map((part) => part.getBoundingClientRect())
  .filter(({ left, right, top }) => left < 0 || right > innerWidth || top < 0)"""
DOUBLE = "document.documentElement.style.fontSize = '200%'"
BORDER = "(element) => getComputedStyle(element).borderTopWidth"
CONTRAST = """(element) => {
  const context = document.createElement('canvas').getContext('2d');
  const light = (color) => {
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((value) =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const ground = light(getComputedStyle(element).backgroundColor);
  const words = light(getComputedStyle(element, '::placeholder').color);
  return Math.max(words, ground) / Math.min(words, ground);
}"""


@LANGUAGES
@pytest.mark.parametrize("path", FOR_BUYERS)
async def test_letters_of_twice_the_size_push_nothing_off_a_phone(
    visit: Visits, language: str, path: str
) -> None:
    visitor = await visit()
    await visitor.open(language + path)
    await visitor.page.wait_for_load_state("networkidle")
    await visitor.page.evaluate(DOUBLE)
    assert await visitor.page.evaluate(STICKING_OUT) == []


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def long_words(organizer: Organizer, server: Server) -> dict[str, str]:
    """An event, and an order of one used and one good ticket, with names that fill a line."""
    event = await event_tonight(organizer, "Sarbojanindurgotsab and Saraswati Puja", price_cents=0)
    address = f"{LONG}.{LONG}@example.org".lower()
    buyer = await verified(server, address, name=f"Dilruba {LONG}")
    order = await free_order(buyer, event, f"Dilruba {LONG}", "Her Mother")
    command = {"scan_id": organizer.ids.uuid(), "gate": "Sarbojanindurgotsabmukhyadwar"}
    ticket = order["tickets"][0]["id"]
    assert (await organizer.client.post(f"tickets/{ticket}/use", json=command)).status_code == 200
    return {"event": event["id"], "order": order["id"]}


@LANGUAGES
@pytest.mark.parametrize("path", ADMIN)
async def test_the_console_has_room_for_letters_of_twice_the_size(
    visit: Visits, organizer: Organizer, long_words: dict[str, str], language: str, path: str
) -> None:
    visitor = await visit(organizer.client)
    await visitor.open(language + path.format(**long_words))
    await visitor.page.wait_for_load_state("networkidle")
    assert await pushed_about(visitor.page) == []


@LANGUAGES
async def test_forms_that_open_have_room_too(
    visit: Visits, organizer: Organizer, long_words: dict[str, str], language: str
) -> None:
    visitor = await visit(organizer.client)
    await visitor.open(f"{language}/admin/events/edit/?id={long_words['event']}")
    await visitor.page.get_by_role("listitem").get_by_role("button").last.click()
    await expect(visitor.page.locator("#price")).to_be_visible()
    assert await pushed_about(visitor.page) == []
    await visitor.page.keyboard.press("Escape")
    await visitor.page.locator("main").get_by_role("button").last.click()
    await expect(visitor.page.locator("#attendees")).to_be_visible()
    assert await pushed_about(visitor.page) == []


@LANGUAGES
async def test_the_door_has_room_too(
    visit: Visits, organizer: Organizer, long_words: dict[str, str], language: str
) -> None:
    door = await visit(organizer.client)
    await door.open(f"{language}/scan/")
    await door.page.locator("select").select_option(long_words["event"])
    await door.page.locator("form button[type=submit]").click()
    await door.page.locator("form").last.get_by_role("textbox").fill("her mother")
    await door.page.keyboard.press("Enter")
    await expect(door.page.get_by_role("listitem").filter(has_text="Her Mother")).to_be_visible()
    assert await pushed_about(door.page) == []


async def pushed_about(page: Page) -> list[str]:
    """What letters of twice the size push off a phone, out of its box, or over something else."""
    await page.evaluate(DOUBLE)
    sticking_out: list[str] = await page.evaluate(STICKING_OUT)
    lost: list[str] = await page.evaluate(LOST_WORDS)
    return sticking_out + lost


async def test_names_of_tickets_keep_their_line_beside_the_buttons_or_get_their_own(
    visit: Visits,
) -> None:
    visitor = await visit()
    await visitor.open("/checkout/?event=durga-pujo")
    name = visitor.page.get_by_text("Adult", exact=True)
    await visitor.page.evaluate(DOUBLE)
    box = await name.bounding_box()
    assert box is not None
    assert box["height"] < box["width"]


async def test_buttons_and_what_is_chosen_are_seen_in_the_reader_s_own_colors(
    visit: Visits,
) -> None:
    visitor = await visit(None, DESK, forced_colors="active")
    await visitor.open("/events/durga-pujo/")
    buy = visitor.page.get_by_role("link", name="Get tickets").first
    assert await buy.evaluate(BORDER) == "1px"
    await visitor.open("/events/")
    chosen, other = visitor.button("Upcoming"), visitor.button("Past")
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    assert await ground(chosen) != await ground(other)


async def test_long_names_stay_on_the_smallest_screen(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Sarbojanindurgotsab" * 3, price_cents=0)
    buyer = await verified(server, "long-name@example.org")
    order = await free_order(buyer, event, "Bhattacharyyamukhopadhyay" * 2)
    holder = await visit(buyer, SMALLEST)
    await holder.open(f"/order/?id={order['id']}")
    await expect(holder.heading("Your tickets")).to_be_visible()
    assert await holder.page.evaluate(STICKING_OUT) == []
    door = await visit(organizer.client, SMALLEST)
    await door.open("/scan/")
    await door.field("Event").select_option(event["id"])
    await door.field("Gate").fill("Sarbojanindurgotsabmukhyadwar")
    await door.button("Continue").click()
    code = door.field("Code below the QR")
    verdict = door.page.locator("[data-verdict]")
    for look in ("admit", "used"):
        await code.fill(order["tickets"][0]["typed_code"])
        assert await door.page.evaluate(STICKING_OUT) == []
        await code.press("Enter")
        await expect(verdict).to_have_attribute("data-verdict", look)
        assert await door.page.evaluate(STICKING_OUT) == []
        assert await verdict.evaluate(CUT_OFF) == []
        await verdict.click()


async def ground(button: Locator) -> object:
    """The color inside its edge, as it is drawn."""
    picture = Image.open(io.BytesIO(await button.screenshot()))
    return picture.getpixel((picture.width // 2, 4))


async def test_a_hint_inside_a_field_can_be_read(visit: Visits) -> None:
    visitor = await visit()
    await visitor.open("/events/")
    assert await visitor.page.get_by_placeholder("Search events").evaluate(CONTRAST) >= 4.5
