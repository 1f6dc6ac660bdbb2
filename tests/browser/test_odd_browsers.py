"""Browsers that refuse things which most have: storage for sites, a zone of their own."""

from typing import Any

from playwright.async_api import expect

from tests.browser.marks import BROWSER
from tests.browser.steps import (
    agree,
    choose,
    event_tonight,
    expect_tickets,
    fill_account,
    pay,
    to_payment,
)
from tests.browser.visitor import Visitor, Visits
from tests.events.organizer import Organizer

pytestmark = BROWSER

# What Chromium does with "block all cookies": even a look at them throws, and so do locks.
NO_SITE_DATA = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
  });
}
navigator.locks.request = () => Promise.reject(new DOMException("denied", "SecurityError"));
"""
NO_OWN_ZONE = """
const options = Intl.DateTimeFormat.prototype.resolvedOptions;
Intl.DateTimeFormat.prototype.resolvedOptions = function () {
  return { ...options.call(this), timeZone: "Etc/Unknown" };
};
"""
# As an old browser that has not heard of a new zone.
NO_CHICAGO = """
const Format = Intl.DateTimeFormat;
Intl.DateTimeFormat = new Proxy(Format, {
  construct(target, [locale, options]) {
    if (options?.timeZone === "America/Chicago") throw new RangeError("Invalid time zone");
    return new target(locale, options);
  },
});
"""


async def odd(visit: Visits, script: str, **options: Any) -> Visitor:
    visitor = await visit(**options)
    await visitor.context.add_init_script(script)
    return visitor


async def test_with_site_data_blocked_somebody_can_look_and_buy(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Without Cookies", price_cents=0)
    visitor = await odd(visit, NO_SITE_DATA)
    for path in ("/", "/events/", f"/events/{event['slug']}/", "/bn/", "/tickets/", "/scan/"):
        await visitor.open(path)
        await expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    await visitor.open(f"/checkout/?event={event['slug']}")
    await choose(visitor, "Adult", 1)
    await fill_account(visitor, "Nadia Rahman", "no-cookies@example.org")
    await agree(visitor)
    await visitor.button("Get the tickets").click()
    await visitor.page.wait_for_url("**/order/**")
    await expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


async def test_where_the_browser_has_no_zone_a_pending_order_shows_times_in_utc(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Without a Zone")
    visitor = await odd(visit, NO_OWN_ZONE)
    await visitor.open(f"/checkout/?event={event['slug']}")
    await choose(visitor, "Adult", 1)
    await fill_account(visitor, "Nadia Rahman", "no-zone@example.org")
    await agree(visitor)
    await to_payment(visitor)
    await visitor.page.locator("#cancel").click()
    await expect(visitor.page.get_by_text("UTC")).to_be_visible()
    await visitor.page.get_by_role("button", name="Pay").click()
    await visitor.page.wait_for_url("**/sandbox/pay/**")
    await pay(visitor)
    await expect_tickets(visitor, "Nadia Rahman")


async def test_an_event_in_a_zone_unknown_to_the_browser_is_shown_in_utc(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Unknown Zone")
    visitor = await odd(visit, NO_CHICAGO)
    for path in ("/events/", f"/events/{event['slug']}/"):
        await visitor.open(path)
        await expect(visitor.page.get_by_text("UTC").first).to_be_visible()
