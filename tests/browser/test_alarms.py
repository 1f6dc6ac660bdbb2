"""The console's alarms, and what an admin does about them."""

import sqlite3
import time
from contextlib import closing

from playwright.async_api import expect

from tests.browser.marks import BROWSER
from tests.browser.visitor import DESK, Visits
from tests.events.organizer import Organizer
from tests.support.server import Server

pytestmark = BROWSER

ADDRESS = "waiting@example.org"


async def test_emails_that_were_given_up_are_sent_again(
    visit: Visits, organizer: Organizer, server: Server
) -> None:
    give_up(server, organizer)
    admin = await visit(organizer.client, DESK)
    await admin.open("/admin/")
    await expect(admin.page.get_by_text("email.given_up")).to_be_visible()
    await admin.button("Send the emails again").click()
    await expect(admin.page.get_by_text("email.given_up")).to_have_count(0)
    found = await server.email(ADDRESS, "Your password was changed")
    assert "OKLAHOMABASHI" in found.text


def give_up(server: Server, organizer: Organizer) -> None:
    """An email and its alarm, as they are after a day and a half without a mail service."""
    now = round(time.time() * 1000)
    with closing(sqlite3.connect(server.folder / "bashi.sqlite")) as database:
        database.execute(
            "INSERT INTO outbox (id, kind, recipient, locale, subject_id, detail, status, attempts,"
            " due_at, created_at, finished_at) VALUES ('given-up', 'password_changed', ?, 'en', ?,"
            " '', 'given_up', 17, ?, ?, ?)",
            (ADDRESS, organizer.client.person["id"], now, now, now),
        )
        database.execute(
            "INSERT INTO alarm (id, kind, subject_id, detail, count, first_at, last_at) VALUES"
            " ('email.given_up:outbox', 'email.given_up', 'outbox', 'no mail', 1, ?, ?)",
            (now, now),
        )
        database.commit()
