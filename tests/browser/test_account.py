"""Looking after one's account."""

from playwright.async_api import expect

from tests.browser.marks import BROWSER
from tests.browser.steps import newcomer, verified
from tests.browser.visitor import Visits
from tests.support.client import PASSWORD
from tests.support.server import Server

pytestmark = BROWSER

OTHER_PASSWORD = "the kingfisher waits on a reed"


async def test_a_forgotten_password_is_replaced_by_mail(visit: Visits, server: Server) -> None:
    email = "forgetful@example.org"
    await newcomer(server, email)
    visitor = await visit()
    await visitor.open("/login/")
    await visitor.link("Forgot your password?").click()
    await visitor.field("Email address").fill(email)
    await visitor.button("Send the link").click()
    await expect(visitor.page.get_by_text("an email is on its way")).to_be_visible()
    await visitor.open(f"/reset/#{await server.link('reset', email, 'Choose a new password')}")
    await visitor.field("New password").fill(OTHER_PASSWORD)
    await visitor.button("Save and log in").click()
    await expect(visitor.page.get_by_text("Your new password is set.")).to_be_visible()
    assert "#" not in visitor.page.url  # the secret is used up, and out of sight

    later = await visit()
    later.expected.add("401 /api/auth/login")
    await later.open("/login/")
    await later.field("Email address").fill(email)
    await later.field("Password").fill(PASSWORD)
    await later.button("Log in").click()
    await expect(later.alert).to_be_focused()
    await later.field("Password").fill(OTHER_PASSWORD)
    await later.button("Log in").click()
    await expect(later.heading("My tickets")).to_be_visible()


async def test_a_link_by_email_logs_in_by_a_button(visit: Visits, server: Server) -> None:
    email = "no-password@example.org"
    await verified(server, email)
    visitor = await visit()
    await visitor.open("/login/")
    await visitor.link("Email me a link").click()
    await visitor.field("Email address").fill(email)
    await visitor.button("Send the link").click()
    await expect(visitor.page.get_by_text("an email is on its way")).to_be_visible()
    link = f"/login-link/#{await server.link('login-link', email, 'Your link to log in')}"
    scanner = await visit()
    await scanner.open(link)  # opening it uses nothing up
    await expect(scanner.button("Log in")).to_be_visible()
    await visitor.open(link)
    await visitor.button("Log in").focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.heading("My tickets")).to_be_visible()
    assert "#" not in visitor.page.url

    scanner.expected.add("410 /api/auth/login-by-link")
    await scanner.button("Log in").click()
    await expect(scanner.alert).to_contain_text("expired or was used")


async def test_a_new_address_counts_once_its_email_is_opened(visit: Visits, server: Server) -> None:
    visitor = await visit(await verified(server, "old-address@example.org"))
    await visitor.open("/account/")
    await visitor.button("Change email address").click()
    await visitor.field("New email address").fill("new-address@example.org")
    await visitor.field("Current password").first.fill(PASSWORD)
    await visitor.button("Change email address").click()
    await expect(visitor.page.get_by_text("We sent a link to the new address.")).to_be_visible()
    await expect(visitor.page.get_by_text("old-address@example.org")).to_be_visible()
    secret = await server.link("verify", "new-address@example.org")
    await visitor.open(f"/verify/#{secret}")
    await expect(visitor.page.get_by_text("your email address is confirmed")).to_be_visible()
    await visitor.open("/account/")
    await expect(visitor.page.get_by_text("new-address@example.org")).to_be_visible()
    await expect(visitor.page.get_by_text("confirmed", exact=True)).to_be_visible()
    message = await server.email("old-address@example.org", "Your email address was changed")
    assert "new-address@example.org" in message.text


async def test_logging_out_ends_the_session_in_the_other_tab(visit: Visits, server: Server) -> None:
    visitor = await visit(await newcomer(server, "two-tabs@example.org"))
    await visitor.open("/account/")
    other = await visitor.tab()
    await other.goto(f"{server.url}/tickets/")
    await expect(other.get_by_role("heading", name="My tickets")).to_be_visible()
    await visitor.button("Menu").click()
    await visitor.button("Log out").click()
    await visitor.page.wait_for_url(f"{server.url}/")
    await expect(other.get_by_role("heading", name="Log in to continue")).to_be_visible()


async def test_a_session_that_was_ended_elsewhere_asks_to_log_in(
    visit: Visits, server: Server
) -> None:
    client = await newcomer(server, "ended@example.org")
    visitor = await visit(client)
    visitor.expected |= {"401 /api/me/tickets", "401 /api/me/orders", "401 /api/auth/refresh"}
    assert (await client.post("auth/logout")).status_code == 204
    await visitor.open("/tickets/")
    await expect(visitor.heading("Log in to continue")).to_be_visible()
    await visitor.link("Log in").last.click()
    await visitor.field("Email address").fill("ended@example.org")
    await visitor.field("Password").fill(PASSWORD)
    await visitor.button("Log in").click()
    await expect(visitor.heading("My tickets")).to_be_visible()
    assert visitor.path == "/tickets/"
