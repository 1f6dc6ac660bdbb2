"""Emails that were given up are one alarm, counted, and sent again by one command."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bashi.core.mail.given_up import count_given_up
from bashi.core.mail.send_again import SendAgain, send_again
from bashi.core.ports import MailDelayed, MailRefused
from bashi.entry.alarm_log import AlarmLog
from bashi.http.metrics import Metrics
from tests.events.organizer import organizer_of
from tests.support.database import Template
from tests.support.product import ORGANIZATION
from tests.support.shop import Shop
from tests.support.stand_ins import MoodyMailer, PlainRenderer
from tests.support.stripe import open_shop

BUYERS = 3
GIVEN_UP = "email.given_up"


@pytest.fixture
def mailer() -> MoodyMailer:
    return MoodyMailer()


@pytest.fixture
async def shop(
    tmp_path: Path, database_template: Template, mailer: MoodyMailer
) -> AsyncIterator[Shop]:
    async with open_shop(
        tmp_path, database_template, mailer=mailer, renderer=PlainRenderer(ORGANIZATION)
    ) as stripe:
        yield Shop(stripe, await organizer_of(stripe.product))


@pytest.fixture
async def lost(shop: Shop, mailer: MoodyMailer) -> set[str]:
    """All tickets are given up: the mail service takes none for two days. The buyers' addresses."""
    event = await shop.event({"price_cents": 0})
    await shop.work()
    mailer.mood = MailDelayed("535 who are you?")
    for _ in range(BUYERS):
        await shop.hold(await shop.buyer(), event)
    await until_given_up(shop)
    await shop.admin.login(shop.admin.person["email"])
    return {buyer.person["email"] for buyer in shop.buyers}


async def until_given_up(shop: Shop) -> None:
    while True:
        await shop.work()
        [row] = await shop.product.rows(
            "SELECT MIN(due_at) AS due FROM outbox WHERE status = 'queued'"
        )
        if row["due"] is None:
            return
        shop.product.clock.at = max(shop.product.clock.at, row["due"])


async def alarms(shop: Shop) -> list[Any]:
    return [alarm for alarm in (await shop.overview())["alarms"] if alarm["kind"] == GIVEN_UP]


async def again(shop: Shop, **command: Any) -> int:
    answer = await shop.admin.post("admin/emails/send-again", json=command)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["queued"])


async def test_what_was_given_up_is_one_alarm(shop: Shop, lost: set[str]) -> None:
    [alarm] = await alarms(shop)
    assert alarm["count"] == 2 * BUYERS  # welcome and tickets
    assert "535 who are you?" in alarm["detail"]
    assert await count_given_up(shop.product.ports) == 2 * BUYERS


async def test_one_command_sends_all_of_it_again(
    shop: Shop, mailer: MoodyMailer, lost: set[str]
) -> None:
    mailer.mood = None
    assert await again(shop) == 2 * BUYERS
    assert await alarms(shop) == []
    await shop.work()
    tickets = {to for to, message_id in mailer.sent if message_id.startswith("<tickets.")}
    assert tickets == lost
    assert await again(shop) == 0


async def test_it_is_the_same_email_as_before(
    shop: Shop, mailer: MoodyMailer, lost: set[str]
) -> None:
    tried, mailer.mood = set(mailer.tries), None
    await again(shop)
    await shop.work()
    assert set(mailer.sent) <= tried


async def test_what_fails_again_raises_the_alarm_again(shop: Shop, lost: set[str]) -> None:
    await again(shop)
    await until_given_up(shop)
    await shop.admin.login(shop.admin.person["email"])
    [alarm] = await alarms(shop)
    assert alarm["count"] > 2 * BUYERS
    assert await count_given_up(shop.product.ports) == alarm["count"]


async def test_refused_addresses_are_asked_again_only_when_said_so(
    shop: Shop, mailer: MoodyMailer
) -> None:
    event = await shop.event({"price_cents": 0})
    mailer.mood = MailRefused("no such mailbox")
    await shop.hold(await shop.buyer(), event)
    await shop.work()
    mailer.mood = None
    assert await again(shop) == 0
    assert await again(shop, include_refused=True) == 2


async def test_the_audit_trail_says_who_did_it(shop: Shop, lost: set[str]) -> None:
    await again(shop)
    [entry, *_] = (await shop.admin.get("admin/audit")).json()["items"]
    assert (entry["action"], entry["person_email"]) == (
        "email.send_again",
        shop.admin.person["email"],
    )


async def test_more_than_one_batch_takes_is_sent_again_too(
    shop: Shop, lost: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bashi.core.mail.send_again.TAKE", 2)
    command = SendAgain(include_refused=False, by=None)
    assert await send_again(shop.product.ports, command) == 2 * BUYERS


async def test_others_may_not(shop: Shop) -> None:
    buyer = await shop.buyer()
    answer = await buyer.post("admin/emails/send-again", json={})
    assert answer.status_code == 403


async def test_what_was_given_up_is_a_counter_for_those_who_watch(
    shop: Shop, lost: set[str]
) -> None:
    metrics = Metrics()
    metrics.emails_given_up.values = {(): await count_given_up(shop.product.ports)}
    assert f"bashi_emails_given_up_total {2 * BUYERS}.0" in metrics.text().decode()


async def test_it_is_logged_once_at_its_beginning_and_once_at_its_end(
    shop: Shop, mailer: MoodyMailer, lost: set[str]
) -> None:
    alarms = AlarmLog()
    with capture_logs() as lines:
        for _ in range(3):
            await alarms.look(shop.product.ports)
        mailer.mood = None
        await again(shop)
        for _ in range(3):
            await alarms.look(shop.product.ports)
    assert [(line["event"], line["alarm"]) for line in lines] == [
        ("alarm_began", GIVEN_UP),
        ("alarm_over", GIVEN_UP),
    ]
