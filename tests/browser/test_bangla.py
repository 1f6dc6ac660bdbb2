"""The site in Bangla: words, digits, money, emails."""

import re

from playwright.async_api import expect

from tests.browser.marks import BROWSER
from tests.browser.steps import event_tonight, pay
from tests.browser.visitor import Visits
from tests.events.organizer import Organizer
from tests.support.client import PASSWORD
from tests.support.server import Server

pytestmark = BROWSER


async def test_tickets_are_bought_in_bangla(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, {"en": "Harvest Fair", "bn": "নবান্ন মেলা"})
    buyer = await visit()
    page = buyer.page
    await buyer.open("/")
    await buyer.link("বাংলা").click()
    await page.wait_for_url(f"{server.url}/bn/")
    await expect(page.locator("html")).to_have_attribute("lang", "bn")
    await expect(buyer.heading("ওকলাহোমার যেখানেই থাকুন, আসুন একসঙ্গে মিলি")).to_be_visible()
    await expect(page.locator("main [lang=en]")).to_have_text("OKLAHOMABASHI")
    await expect(buyer.link("English")).to_have_attribute("lang", "en")

    await buyer.open(f"/bn/events/{event['slug']}/")
    await expect(buyer.heading("নবান্ন মেলা")).to_be_visible()
    await expect(page.get_by_text("$১৫.০০").first).to_be_visible()
    await page.get_by_role("link", name="টিকিট নিন").last.click()
    await buyer.button("একটি বেশি: প্রাপ্তবয়স্ক").click()
    await expect(buyer.field("প্রাপ্তবয়স্ক: টিকিটের সংখ্যা")).to_have_text("২")
    await buyer.field("পুরো নাম").fill("তাহমিনা বেগম")
    await buyer.field("ইমেইল ঠিকানা").fill("bangla@example.org")
    await buyer.field("পাসওয়ার্ড").fill(PASSWORD)
    await buyer.field("২ নম্বর টিকিট (প্রাপ্তবয়স্ক): কে আসবেন?").fill("কবীর")
    await page.get_by_role("checkbox", name=re.compile("সম্মত")).check()
    await buyer.button("পেমেন্টে যান · $৩০.০০").click()
    await page.wait_for_url("**/sandbox/pay/**")
    await pay(buyer)
    await expect(buyer.heading("আপনার টিকিট")).to_be_visible()
    assert buyer.path == "/bn/order/"
    await expect(page.get_by_text("২টির মধ্যে ১ নম্বর টিকিট")).to_be_visible()
    email = await server.email("bangla@example.org", "আপনার টিকিট: নবান্ন মেলা")
    assert "তাহমিনা বেগম" in email.text


async def test_the_language_switch_keeps_the_place(visit: Visits, server: Server) -> None:
    visitor = await visit()
    await visitor.open("/checkout/?event=durga-pujo")
    await visitor.link("বাংলা").click()
    await visitor.page.wait_for_url(f"{server.url}/bn/checkout/?event=durga-pujo")
    await expect(visitor.page.get_by_text("দুর্গাপূজা").first).to_be_visible()
    await visitor.link("English").click()
    await visitor.page.wait_for_url(f"{server.url}/checkout/?event=durga-pujo")


async def test_english_words_on_a_page_in_bangla_are_marked_and_the_other_way_round(
    visit: Visits,
) -> None:
    visitor = await visit()
    await visitor.open("/")
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    await expect(visitor.page.locator("main [lang=bn]")).to_have_text("ওকলাহোমাবাসী")
