"""kill -9 in the middle of purchases: whatever was promised is kept, once."""

import asyncio
import os
import random
import signal
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.crash.shoppers import Promises, Shopper
from tests.support.books import disagreements
from tests.support.market import Market, Visit, open_market, visit

pytestmark = pytest.mark.slow
KILLS = 10
ROUNDS = range(max(1, int(os.environ.get("CRASH_KILLS", "10")) // KILLS))
ROUND_SECONDS = 480
SHOPPERS, PEOPLE_EACH = 6, 8
ALIVE_SECONDS = 1.5
START_SECONDS = 2.0
KILLED_WHILE_STARTING = 0.2

PENDING = "SELECT COUNT(*) FROM orders WHERE status = 'pending'"
REFUNDS_OPEN = "SELECT COUNT(*) FROM refund WHERE status IN ('asked', 'pending')"
QUEUED = "SELECT COUNT(*) FROM outbox WHERE status = 'queued'"
EMAILS = "SELECT id, kind, subject_id, status FROM outbox"


@pytest.mark.parametrize("seed", ROUNDS)
async def test_what_was_promised_is_kept(tmp_path: Path, seed: int) -> None:
    chance, promises, stop = random.Random(seed), Promises(), asyncio.Event()
    with open_market(tmp_path) as market:
        async with visit(market) as here, asyncio.timeout(ROUND_SECONDS):
            event = await here.event(seats=100_000)
            crowd = await here.crowd(SHOPPERS * PEOPLE_EACH)
            shoppers = [
                Shopper(here, event, crowd[place::SHOPPERS], chance, promises, stop)
                for place in range(SHOPPERS)
            ]
            async with asyncio.TaskGroup() as group:
                for shopper in shoppers:
                    group.create_task(shopper.shop())
                await kill_often(here, chance)
                stop.set()
            await drain(market, event["id"])
            assert disagreements(market, event["id"]) == []
            await expect_kept(here, promises)
            await expect_emails(market)
            overview = (await here.staff[0].get("admin/overview")).json()
            assert (overview["paid_without_ticket"], overview["alarms"]) == (0, [])


async def kill_often(here: Visit, chance: random.Random) -> None:
    """Some of Stripe's words are lost as well; at the next start they are asked for."""
    market = here.market
    for left in reversed(range(KILLS)):
        await asyncio.sleep(chance.uniform(0, ALIVE_SECONDS))
        market.server.stop(signal.SIGKILL)
        if chance.random() < KILLED_WHILE_STARTING:
            market.server.launch()
            await asyncio.sleep(chance.uniform(0, START_SECONDS))
            market.server.stop(signal.SIGKILL)
        await let_time_pass(market)
        await market.stripe.control(here.http, "faults", webhook_drop_next=1 if left else 0)
        await asyncio.to_thread(market.server.start)


async def let_time_pass(market: Market) -> None:
    """Leases of the dead end, but for those of emails, which the next process gives back by itself;
    and the last look at Stripe is long ago."""
    await market.change("UPDATE refund SET due_at = 0 WHERE status IN ('asked', 'pending')")
    await market.change("UPDATE payment_attempt SET busy_until = 0")
    await market.change("DELETE FROM setting WHERE name = 'reconciled'")


async def drain(market: Market, event_id: str) -> None:
    await market.change("UPDATE orders SET expires_at = 1 WHERE status = 'pending'")
    await market.until_none(PENDING)
    await market.until_delivered()
    await market.until_none(REFUNDS_OPEN)
    await market.until_delivered()
    await market.until_none(QUEUED)


async def expect_kept(here: Visit, promises: Promises) -> None:
    assert promises.paid
    assert promises.canceled
    assert promises.refunds
    assert promises.admitted
    states: dict[str, str] = {}
    for order_id, buyer in promises.held.items():
        answer = await buyer.call("GET", f"orders/{order_id}")
        assert answer.status_code == 200, answer.text
        states[order_id] = answer.json()["status"]
    given = set(promises.refunds.values())
    assert {states[order_id] for order_id in promises.paid - given} == {"paid"}
    assert {states[order_id] for order_id in promises.canceled} == {"canceled"}
    for refund_id, order_id in promises.refunds.items():
        order = (await here.staff[0].get(f"admin/orders/{order_id}")).json()
        found = [(refund["id"], refund["status"]) for refund in order["refunds"]]
        assert (order["status"], found) == ("refunded", [(refund_id, "succeeded")])
    for ticket_id, gate in promises.admitted.items():
        ticket = (await here.staff[0].get(f"tickets/verify/{ticket_id}")).json()["detail"]
        assert (ticket["status"], ticket["used_gate"]) == ("used", gate)


async def expect_emails(market: Market) -> None:
    """Each was sent, and under one Message-ID only, which is also the name of its file."""
    folder = market.server.folder / "mailbox"
    kept = await asyncio.to_thread(message_ids, folder)
    entries = {f"<{row['id']}@localhost>": row for row in market.rows(EMAILS)}
    sent = {key for key, row in entries.items() if row["status"] == "sent"}
    assert sorted(kept) == sorted(sent)
    tickets = [row for row in entries.values() if row["kind"] == "tickets"]
    assert len({row["subject_id"] for row in tickets}) == len(tickets)
    for row in tickets:
        (order,) = market.rows("SELECT status FROM orders WHERE id = ?", row["subject_id"])
        assert row["status"] == "sent" or order["status"] == "refunded"
    paid = {row["id"] for row in market.rows("SELECT id FROM orders WHERE status = 'paid'")}
    assert paid <= {row["subject_id"] for row in tickets}


def message_ids(folder: Path) -> list[str]:
    emails = [message_from_bytes(file.read_bytes()) for file in folder.glob("*.eml")]
    return [message["Message-ID"] for message in emails]
