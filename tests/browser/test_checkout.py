"""Buying on a phone: what people choose, what cards do, and every way back."""

import re

from playwright.async_api import Route, expect

from tests.browser.marks import BROWSER
from tests.browser.steps import (
    DECLINED,
    PAYS,
    SECURE,
    agree,
    choose,
    event_tonight,
    expect_tickets,
    fill_account,
    free_order,
    newcomer,
    pay,
    start_order,
    to_payment,
)
from tests.browser.visitor import Visitor, Visits
from tests.events.organizer import Organizer
from tests.support.client import PASSWORD
from tests.support.server import Server

pytestmark = BROWSER

HELD_MINUTES = 40
PLACE = "element => element.getBoundingClientRect().top + scrollY"


async def test_an_account_is_made_with_the_order_and_a_declined_card_costs_nothing(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Nazrul Evening")
    buyer = await visit()
    await buyer.open(f"/checkout/?event={event['slug']}")
    await choose(buyer, "Adult", 1)
    await fill_account(buyer, "Sharmin Akter", "sharmin@example.org")
    await expect(buyer.field("Name for ticket 1: Adult")).to_have_value("Sharmin Akter")
    await expect(buyer.page.get_by_text("Until a week before.")).to_be_visible()
    await agree(buyer)
    await to_payment(buyer)
    await pay(buyer, DECLINED)
    await expect(buyer.alert).to_have_text("Your card was declined.")
    await pay(buyer, PAYS)
    await expect_tickets(buyer, "Sharmin Akter")
    email = await server.email("sharmin@example.org", "Your ticket: Nazrul Evening")
    assert [file.content_type for file in email.attachments] == [
        "application/pdf",
        "text/calendar",
    ]
    await buyer.open("/tickets/")
    await expect(buyer.heading("Sharmin Akter")).to_be_visible()


async def test_a_link_that_lost_a_piece_leads_to_what_everybody_may_buy(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Sponsors' Dinner")
    buyer = await visit()
    await buyer.open(f"/events/{event['slug']}/?ticket_type=019b3c5e-7a41")
    await expect(buyer.heading("Sponsors' Dinner")).to_be_visible()
    await buyer.open(f"/checkout/?event={event['slug']}&ticket_type=019b3c5e-7a41")
    await expect(buyer.page.get_by_label("Adult: number of tickets")).to_be_visible()


async def test_an_address_that_is_known_logs_in_on_the_same_form(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Poetry for Two")
    await newcomer(server, "again@example.org", name="Nasrin Jahan")
    buyer = await visit()
    buyer.expected.add("409 /api/auth/register")
    await buyer.open(f"/checkout/?event={event['slug']}")
    await choose(buyer, "Adult", 2)
    await fill_account(buyer, "Nasrin Jahan", "again@example.org")
    await buyer.field("Name for ticket 2: Adult").fill("Her Sister")
    await agree(buyer)
    await buyer.button("Go to payment · $30.00").click()
    said = "There is an account with this address. Enter its password to log in."
    await expect(buyer.alert.get_by_role("link", name=said)).to_be_visible()
    await buyer.field("Password").fill(PASSWORD)
    await to_payment(buyer)
    await pay(buyer)
    await expect_tickets(buyer, "Nasrin Jahan", "Her Sister")


async def test_whose_session_has_ended_logs_in_on_the_same_form(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "After a Long Break")
    client = await newcomer(server, "long-break@example.org")
    buyer = await visit(client)
    buyer.expected |= {"401 /api/orders", "401 /api/auth/refresh"}
    await buyer.open(f"/checkout/?event={event['slug']}")
    await choose(buyer, "Adult", 2)
    await buyer.field("Name for ticket 2: Adult").fill("A Friend")
    await agree(buyer)
    assert (await client.post("auth/logout")).status_code == 204
    await buyer.button("Go to payment · $30.00").click()
    await expect(buyer.alert).to_contain_text("Your session has ended. Log in again.")
    await buyer.field("Email address").fill("long-break@example.org")
    await buyer.field("Password").fill(PASSWORD)
    await to_payment(buyer)
    await pay(buyer)
    await expect_tickets(buyer, "Rahima Khatun", "A Friend")


async def test_who_leaves_the_payment_page_may_pay_again_or_cancel(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Puppet Theater")
    buyer = await visit(await newcomer(server, "undecided@example.org"))
    await start_order(buyer, event)
    await buyer.link("Cancel and go back").click()
    await expect(buyer.heading("Finish your order")).to_be_visible()
    await expect(buyer.page.get_by_text("Nothing was charged")).to_be_visible()
    await buyer.button("Pay $15.00").click()
    await buyer.page.wait_for_url("**/sandbox/pay/**")
    await buyer.page.go_back()
    await expect(buyer.heading("Finish your order")).to_be_visible()
    await buyer.button("Cancel the order").click()
    await buyer.button("Yes, cancel the order").click()
    await expect(buyer.heading("This order is canceled")).to_be_visible()
    await buyer.link("Order again").click()
    await expect(buyer.heading("Get tickets")).to_be_visible()


async def test_an_unfinished_order_gives_way_to_another_one(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Drum Workshop")
    buyer = await visit(await newcomer(server, "changed-mind@example.org"))
    buyer.expected.add("409 /api/orders")
    await start_order(buyer, event)
    await buyer.open(f"/checkout/?event={event['slug']}")
    await choose(buyer, "Adult", 2)
    await buyer.field("Name for ticket 2: Adult").fill("A Friend")
    await agree(buyer)
    await buyer.button("Go to payment · $30.00").click()
    await buyer.button("Cancel it and order these").click()
    await buyer.page.wait_for_url("**/sandbox/pay/**")
    await expect(buyer.heading("$30.00")).to_be_visible()
    await pay(buyer)
    await expect_tickets(buyer, "Rahima Khatun", "A Friend")


async def test_an_order_that_was_paid_in_another_tab_is_not_called_unfinished(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Two Tabs")
    buyer = await visit(await newcomer(server, "twice@example.org"))
    buyer.expected |= {"409 /api/orders", "409 /api/orders/"}
    await start_order(buyer, event)
    other = Visitor(server, buyer.context, await buyer.tab())
    await other.open(f"/checkout/?event={event['slug']}")
    await agree(other)
    await other.button("Go to payment · $15.00").click()
    await expect(other.button("Cancel it and order these")).to_be_visible()
    await pay(buyer)
    await expect_tickets(buyer, "Rahima Khatun")
    await other.button("Cancel it and order these").click()
    await expect(other.page.get_by_text("The other order is paid")).to_be_visible()
    await expect(other.alert).to_have_count(0)
    await other.link("See those tickets").click()
    await expect_tickets(other, "Rahima Khatun")


async def test_a_page_left_open_sees_that_its_order_is_over(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Long Telephone Call")
    client = await newcomer(server, "called-away@example.org")
    buyer = await visit(client)
    await buyer.page.clock.install()
    await start_order(buyer, event)
    await buyer.link("Cancel and go back").click()
    await expect(buyer.page.get_by_text("Your tickets are reserved until")).to_be_visible()
    for _ in range(HELD_MINUTES):
        await buyer.page.clock.fast_forward("01:00")
    await expect(buyer.page.get_by_text("Others may get them now.")).to_be_visible()
    for _ in range(HELD_MINUTES):
        await buyer.page.clock.fast_forward("01:00")
    [order] = (await client.get("me/orders")).json()["items"]
    assert (await client.post(f"orders/{order['id']}/cancel")).status_code == 200
    buyer.expected.add(f"409 /api/orders/{order['id']}/payment")
    await buyer.button("Pay $15.00").click()
    await expect(buyer.heading("This order is canceled")).to_be_visible()


async def test_a_payment_page_that_is_long_in_coming_is_explained(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Slow Evening")
    buyer = await visit(await newcomer(server, "patient@example.org"))

    async def not_yet(route: Route) -> None:
        waiting = {"status": "waiting", "url": None, "place": 0, "retry_after_seconds": 2}
        await route.fulfill(status=202, json=waiting)

    await buyer.page.clock.install()
    await buyer.page.route("**/payment", not_yet)
    await buyer.open(f"/checkout/?event={event['slug']}")
    await choose(buyer, "Adult", 1)
    await agree(buyer)
    await buyer.button("Go to payment · $15.00").click()
    await expect(buyer.page.get_by_text("Opening the payment page…")).to_be_visible()
    await buyer.page.clock.fast_forward("00:13")
    await expect(buyer.page.get_by_text("This takes longer than usual.")).to_be_visible()
    await expect(buyer.page.get_by_text("Your tickets are reserved until")).to_be_visible()
    await buyer.page.unroute("**/payment")
    await buyer.page.clock.fast_forward("00:03")
    await buyer.page.wait_for_url("**/sandbox/pay/**")


async def test_a_card_may_ask_for_a_second_proof(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Film Night")
    buyer = await visit(await newcomer(server, "careful@example.org"))
    await start_order(buyer, event)
    await pay(buyer, SECURE)
    await buyer.button("Fail authentication").click()
    await expect(buyer.alert).to_be_visible()
    await pay(buyer, SECURE)
    await buyer.button("Complete authentication").click()
    await expect_tickets(buyer, "Rahima Khatun")


async def test_the_order_s_page_opens_from_the_email_without_an_account(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Sari Fair")
    buyer = await visit(await newcomer(server, "email@example.org"))
    await start_order(buyer, event)
    await pay(buyer)
    await expect_tickets(buyer, "Rahima Khatun")
    secret = await server.link("order", "email@example.org", "Sari Fair")
    reader = await visit()
    await reader.open(f"/order/#{secret}")
    await expect_tickets(reader, "Rahima Khatun")
    async with reader.page.expect_download() as download:
        await reader.button("Download PDF").click()
    assert (await download.value).suggested_filename.startswith("tickets-")


async def test_an_error_goes_with_the_correction_and_nothing_moves(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Corrected")
    buyer = await visit()
    await buyer.open(f"/checkout/?event={event['slug']}")
    go = buyer.page.get_by_role("button", name=re.compile("^Go to payment"))
    await go.click()
    consent = buyer.page.locator("#consent-error")
    await expect(consent).to_be_visible()
    before = await buyer.field("Full name").evaluate(PLACE)
    await agree(buyer)
    await expect(consent).to_be_hidden()
    await buyer.field("Full name").fill("Nadia Rahman")
    await expect(buyer.page.locator("#name-error")).to_be_hidden()
    await expect(buyer.page.locator("#email-error")).to_be_visible()
    assert await buyer.field("Full name").evaluate(PLACE) == before
    await expect(buyer.alert.locator("s")).to_contain_text(["Enter your name"])


async def test_a_free_child_does_not_make_an_event_free(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Mela for All", price_cents=500)
    await organizer.add_type(event, name="Child", price_cents=0)
    visitor = await visit()
    await visitor.open(f"/events/{event['slug']}/")
    await expect(visitor.link("Get tickets · Free – $5.00").first).to_be_visible()
    await visitor.open("/events/?q=Mela+for+All")
    await expect(visitor.page.get_by_role("article")).to_contain_text("Free – $5.00")


async def test_a_sold_out_event_says_so_on_its_page_and_at_the_checkout(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    event = await event_tonight(organizer, "Full House", price_cents=0, capacity=1)
    await free_order(await newcomer(server, "last-seat@example.org"), event, "Farida Parvin")
    visitor = await visit()
    for path in (f"/events/{event['slug']}/", f"/checkout/?event={event['slug']}"):
        await visitor.open(path)
        await expect(visitor.page.get_by_text("This event is sold out")).to_be_visible()
        await expect(visitor.page.get_by_text("Seats come back")).to_be_visible()


async def test_a_canceled_event_offers_no_calendar_and_no_ended_sale(
    visit: Visits, organizer: Organizer
) -> None:
    event = await event_tonight(organizer, "Rained Off", address="")
    visitor = await visit()
    await visitor.open(f"/events/{event['slug']}/")
    await expect(visitor.link("Add to calendar")).to_be_visible()
    await organizer.cancel(event)
    await visitor.page.reload()
    await expect(visitor.page.get_by_text("This event is canceled.")).to_be_visible()
    await expect(visitor.link("Add to calendar")).to_have_count(0)
    await expect(visitor.page.get_by_text("Ended")).to_have_count(0)
