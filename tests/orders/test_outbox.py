"""Emails leave at least once, under one Message-ID, and no email holds up another."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.mail.kinds import EmailKind
from bashi.core.mail.prune import prune_outbox
from bashi.core.mail.sql import queue
from bashi.core.ports import MailDelayed, MailRefused
from bashi.core.work.outbox import EMAIL_PAUSES, deliver_due, give_back
from bashi.entry.background import deliver_side_by_side
from tests.events.organizer import organizer_of, write
from tests.support.client import Client
from tests.support.database import Template
from tests.support.shop import Shop
from tests.support.stand_ins import MoodyMailer
from tests.support.stripe import open_shop

HOUR_SECONDS = 3_600
GIVEN_UP = "email.given_up"


@pytest.fixture
def mailer() -> MoodyMailer:
    return MoodyMailer()


@pytest.fixture
async def shop(
    tmp_path: Path, database_template: Template, mailer: MoodyMailer
) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, database_template, mailer=mailer) as stripe:
        yield Shop(stripe, await organizer_of(stripe.product))


@pytest.fixture
async def messages(shop: Shop, mailer: MoodyMailer) -> list[str]:
    """Three buyers whose tickets are about to be sent; their addresses."""
    event = await shop.event({"price_cents": 0})
    for _ in range(3):
        await shop.hold(await shop.buyer(), event)
    return [buyer.person["email"] for buyer in shop.buyers]


async def lost(shop: Shop) -> list[Any]:
    alarms = (await shop.overview())["alarms"]
    return [alarm for alarm in alarms if alarm["kind"] == "email.lost"]


async def test_an_email_is_sent_once(shop: Shop, mailer: MoodyMailer, messages: list[str]) -> None:
    await shop.work()
    shop.product.clock.advance(hours=24)
    await shop.work()
    assert len(mailer.tries) == len(mailer.sent) == len(set(mailer.sent))
    assert {to for to, _ in mailer.sent} == set(messages)


async def test_side_by_side_each_email_is_sent_once(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    ports = shop.product.ports
    while any(await asyncio.gather(*(deliver_side_by_side(ports) for _ in range(3)))):
        pass
    assert len(mailer.tries) == len(mailer.sent) == len(set(mailer.sent))
    assert {to for to, _ in mailer.sent} == set(messages)


async def test_a_delayed_email_is_tried_again_under_the_same_message_id(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    mailer.mood, mailer.victim = MailDelayed("try later"), messages[0]
    await shop.work()
    mailer.mood = None
    shop.product.clock.advance(seconds=10)
    await shop.work()
    tries = [message_id for to, message_id in mailer.tries if to == messages[0]]
    assert len(tries) == 2 * len(set(tries))
    assert {to for to, _ in mailer.sent} == set(messages)


async def test_the_pauses_double_up_to_six_hours(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    mailer.mood, mailer.victim = MailDelayed("try later"), messages[0]
    moments = await moments_of_tries(shop, mailer, messages[0])
    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[:4] == [10_000, 20_000, 40_000, 80_000]
    assert max(pauses) == EMAIL_PAUSES.most_ms
    assert sum(pauses) > 30 * HOUR_SECONDS * 1000


async def test_an_email_that_stays_delayed_is_given_up_with_an_alarm(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    mailer.mood, mailer.victim = MailDelayed("try later"), messages[0]
    assert len(await moments_of_tries(shop, mailer, messages[0])) == limits.EMAIL_TRIES
    await shop.admin.login(shop.admin.person["email"])
    [alarm] = [each for each in (await shop.overview())["alarms"] if each["kind"] == GIVEN_UP]
    assert "try later" in alarm["detail"]
    assert (await shop.overview())["outbox_waiting"] == 0


async def test_a_refused_email_is_not_tried_again_and_raises_an_alarm(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    await shop.work()
    mailer.tries.clear()
    mailer.mood = MailRefused("no such mailbox")
    await send_again(shop, shop.buyers[0])
    await shop.work()
    shop.product.clock.advance(hours=12)
    await shop.work()
    assert [to for to, _ in mailer.tries] == [messages[0]]
    [alarm] = await lost(shop)
    assert "no such mailbox" in alarm["detail"]


async def test_an_email_that_cannot_be_written_holds_up_no_other(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    poison = queue(
        email_id="poison",
        kind=EmailKind.ORDER_REFUNDED,
        recipient="x@example.org",
        subject="nothing",
        now=0,
    )
    await shop.product.ports.database.batch([poison])
    await shop.work()
    assert {to for to, _ in mailer.sent} == set(messages)
    [row] = await shop.product.rows("SELECT status, failure FROM outbox WHERE id = 'poison'")
    assert row["status"] == "queued"
    assert row["failure"].startswith("IndexError")


async def test_what_a_newer_version_queued_waits_for_it_and_holds_up_no_other(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    insert = Query(
        "INSERT INTO outbox (id, kind, recipient, locale, subject_id, detail, status, attempts,"
        " due_at, created_at)"
        " VALUES (:id, 'survey', 'x@example.org', 'en', '', '', 'queued', 0, 0, 0)"
    )
    of_tomorrow = [insert(id=f"survey.{n}") for n in range(limits.OUTBOX_TAKE)]
    await shop.product.ports.database.batch(of_tomorrow)
    await shop.work()
    assert {to for to, _ in mailer.sent} == set(messages)
    rows = await shop.product.rows("SELECT status, attempts FROM outbox WHERE kind = 'survey'")
    assert rows == [{"status": "queued", "attempts": 0}] * limits.OUTBOX_TAKE
    alarms = (await shop.overview())["alarms"]
    [words] = [alarm["detail"] for alarm in alarms if alarm["kind"] == "outbox.unknown"]
    assert words.startswith(f"{limits.OUTBOX_TAKE} of kind survey")


async def test_emails_are_forgotten_long_after_they_left(
    shop: Shop, mailer: MoodyMailer, messages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mailer.mood, mailer.victim = MailDelayed("try later"), messages[0]
    await shop.work()
    everything, waiting = await entries(shop), await entries(shop, "WHERE status = 'queued'")
    monkeypatch.setattr(limits, "OUTBOX_PRUNE_TAKE", len(everything - waiting) - 1)
    shop.product.clock.advance(seconds=limits.OUTBOX_KEPT_SECONDS)
    await prune_outbox(shop.product.ports)
    assert await entries(shop) == everything
    shop.product.clock.advance(seconds=1)
    await prune_outbox(shop.product.ports)
    assert len(await entries(shop)) == len(waiting) + 1
    await prune_outbox(shop.product.ports)
    assert await entries(shop) == waiting


async def test_waiting_emails_show_on_the_console(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    mailer.mood = MailDelayed("try later")
    await shop.work()
    shop.product.clock.advance(seconds=5)
    figures = await shop.overview()
    assert (figures["outbox_waiting"], figures["outbox_oldest_seconds"]) == (6, 5)


async def test_an_email_about_tickets_that_are_void_by_now_is_dropped(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    order = (await shop.buyers[0].get("me/orders")).json()["items"][0]
    await shop.refund(order)
    await shop.work()
    rows = await shop.product.rows(
        "SELECT kind, status FROM outbox WHERE recipient = :to AND kind LIKE '%e%' ORDER BY kind",
        to=messages[0],
    )
    states = {row["kind"]: row["status"] for row in rows}
    assert states == {"tickets": "dropped", "welcome": "sent"}


async def test_a_process_that_is_alone_takes_up_what_a_killed_one_was_sending(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    ports = shop.product.ports
    await write(shop.product, "UPDATE outbox SET leased = 1, due_at = due_at + 45000")
    await deliver_due(ports)
    assert mailer.sent == []
    await give_back(ports)
    await deliver_due(ports)
    assert len(mailer.sent) == 2 * len(messages)


async def test_and_leaves_alone_what_waits_for_another_try(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    mailer.mood = MailDelayed("try later")
    await deliver_due(shop.product.ports)
    tries = len(mailer.tries)
    await give_back(shop.product.ports)
    await deliver_due(shop.product.ports)
    assert len(mailer.tries) == tries == 2 * len(messages)


async def test_without_that_it_leaves_within_a_minute(
    shop: Shop, mailer: MoodyMailer, messages: list[str]
) -> None:
    await write(shop.product, "UPDATE outbox SET leased = 1, due_at = due_at + 45000")
    shop.product.clock.advance(seconds=limits.OUTBOX_LEASE_SECONDS)
    await deliver_due(shop.product.ports)
    assert len(mailer.sent) == 2 * len(messages)


async def entries(shop: Shop, where: str = "") -> set[str]:
    return {row["id"] for row in await shop.product.rows(f"SELECT id FROM outbox {where}")}


async def moments_of_tries(shop: Shop, mailer: MoodyMailer, to: str) -> list[int]:
    """When the tickets for `to` were tried, until nothing waits any more; epoch milliseconds."""
    moments: list[int] = []
    while True:
        mailer.tries.clear()
        await shop.work()
        now = shop.product.clock.now()
        moments += [now for who, name in mailer.tries if who == to and name.startswith("<tickets.")]
        rows = await shop.product.rows(
            "SELECT MIN(due_at) AS due FROM outbox WHERE status='queued'"
        )
        if rows[0]["due"] is None:
            return moments
        shop.product.clock.at = max(now, rows[0]["due"])


async def send_again(shop: Shop, buyer: Client) -> None:
    order = (await buyer.get("me/orders")).json()["items"][0]
    assert (await buyer.post(f"orders/{order['id']}/resend")).status_code == 202
