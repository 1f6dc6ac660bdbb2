"""Several workers at once do each piece of work once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bashi.core import limits
from bashi.core.mail.emails import RenderedEmail
from bashi.core.orders.expire import expire_due
from bashi.core.ports import Ports
from bashi.core.work.outbox import deliver_due
from bashi.core.work.reconcile import reconcile
from bashi.core.work.rounds import STEPS
from bashi.entry.background import work
from tests.events.organizer import organizer_of
from tests.support.database import Template
from tests.support.shop import Shop
from tests.support.stripe import open_shop

WORK_SECONDS = 20
SLOW_SECONDS = limits.OUTBOX_LEASE_SECONDS // 2 + 1


async def nothing() -> None:
    return


@dataclass
class SlowMailer:
    meanwhile: Callable[[], Awaitable[object]] = nothing
    """Happens while the mail server takes its time over an email."""
    sent: list[str] = field(default_factory=list)

    async def send(self, _: RenderedEmail, *, to: str, message_id: str) -> None:  # noqa: ARG002
        self.sent.append(message_id)
        await self.meanwhile()


@pytest.fixture
def mailer() -> SlowMailer:
    return SlowMailer()


@pytest.fixture
async def shop(
    tmp_path: Path, database_template: Template, mailer: SlowMailer
) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, database_template, mailer=mailer) as stripe:
        yield Shop(stripe, await organizer_of(stripe.product))


async def everything(ports: Ports) -> None:
    for step in STEPS:
        await step(ports)


async def at_once(shop: Shop, step: Callable[[Ports], Awaitable[object]]) -> None:
    await asyncio.gather(*(step(shop.product.ports) for _ in range(3)))


async def test_an_email_that_is_being_sent_is_left_alone(shop: Shop, mailer: SlowMailer) -> None:
    """However long the emails before it took."""
    event = await shop.event({"price_cents": 0})
    for _ in range(4):
        await shop.hold(await shop.buyer(), event)

    async def meanwhile() -> None:
        shop.product.clock.advance(seconds=SLOW_SECONDS)
        if len(mailer.sent) == 3:
            mailer.meanwhile = nothing
            await deliver_due(shop.product.ports)

    mailer.meanwhile = meanwhile
    await deliver_due(shop.product.ports)
    assert len(mailer.sent) == len(set(mailer.sent)) == 8  # a welcome and a ticket each


async def test_all_steps_at_once(shop: Shop, mailer: SlowMailer) -> None:
    """Holds end, a canceled event gives the money back, its people are written to: each once."""
    event = await shop.event({"capacity": 40})
    for _ in range(4):
        await shop.buy(await shop.buyer(), event, 2)
    left = [await shop.hold(await shop.buyer(), event, 3) for _ in range(3)]
    for _ in range(2):
        buyer = await shop.buyer()
        await shop.open_payment(buyer, await shop.hold(buyer, event))
    shop.product.clock.advance(hours=1)
    await at_once(shop, expire_due)
    assert await shop.seats(event) == (0, 8)
    for buyer, order in zip(shop.buyers[4:], left, strict=False):
        assert (await shop.read(buyer, order))["status"] == "expired"
    canceled = await shop.organizer.cancel(event)
    assert canceled.is_success, canceled.text
    for _ in range(20):
        await at_once(shop, everything)
        await shop.stripe.deliver()
        shop.product.clock.advance(seconds=20)
    assert len(shop.stripe.objects("refund")) == 4
    assert await shop.seats(event) == (0, 0)
    assert len(mailer.sent) == len(set(mailer.sent))
    told = await shop.product.rows("SELECT status FROM outbox")
    assert {row["status"] for row in told} <= {"sent", "done"}


async def test_a_mail_server_that_hangs_keeps_nobodys_money(shop: Shop, mailer: SlowMailer) -> None:
    event = await shop.event()
    await shop.buy(await shop.buyer(), event)
    stop, answered = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        await answered.wait()

    mailer.meanwhile = hang
    working = asyncio.create_task(work(shop.product.ports, stop))
    assert (await shop.organizer.cancel(event)).is_success
    async with asyncio.timeout(WORK_SECONDS):
        while not shop.stripe.objects("refund"):  # noqa: ASYNC110 - Stripe does not tell
            await asyncio.sleep(0.05)
    sent = await shop.product.rows("SELECT id FROM outbox WHERE status = 'sent'")
    assert mailer.sent, "emails are on their way"
    assert sent == [], "none has arrived"
    stop.set()
    answered.set()
    await working


async def test_lost_webhooks_are_found_once(shop: Shop, mailer: SlowMailer) -> None:
    event = await shop.event()
    orders = []
    for _ in range(3):
        buyer = await shop.buyer()
        order = await shop.hold(buyer, event)
        await shop.pay(buyer, order)
        orders.append((buyer, order))
    await at_once(shop, reconcile)
    for buyer, order in orders:
        assert len((await shop.read(buyer, order))["tickets"]) == 1
    assert await shop.seats(event) == (0, 3)
    await at_once(shop, deliver_due)
    assert len(mailer.sent) == len(set(mailer.sent))
