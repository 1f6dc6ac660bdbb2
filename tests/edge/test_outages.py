"""D1, KV and Queues on a bad day: who asks again gets one effect, and a cache is never needed."""

import asyncio

import httpx
import pytest

from tests.edge.visit import Visit
from tests.support.client import problem

pytestmark = pytest.mark.slow

HANG_SECONDS = 25
PATIENCE_SECONDS = 20  # 12, and room for a busy machine

PASSING = (
    "D1 DB reset because its code was updated.",
    "Internal error while starting up D1 DB storage caused object to be reset.",
    "Network connection lost.",
    "Replica disconnected from primary.",
    "Internal error in D1 DB storage caused object to be reset.",
    "Cannot resolve D1 DB due to transient issue on remote node.",
    "Can't read from request stream because client disconnected.",
    "D1 DB storage operation exceeded timeout which caused object to be reset.",
    "D1 DB is overloaded. Requests queued for too long.",
    "D1 DB is overloaded. Too many requests queued.",
    "D1 DB's isolate exceeded its memory limit and was reset.",
    "D1 DB exceeded its CPU time limit and was reset.",
)
"""https://developers.cloudflare.com/d1/observability/debug-d1/#error-list, but for mistakes of ours
and limits of an account."""


async def test_what_d1_says_of_a_moment_is_answered_try_again(visit: Visit) -> None:
    buyer, event = await visit.buyer(), await visit.event(await visit.organizer())
    await visit.quiet()
    order = visit.order_in(event, 2)
    for words in PASSING:
        visit.edge.lose_batch(f"D1_ERROR: {words}", after=False)
        problem(await buyer.post("orders", json=order), 503, "database_unavailable")
    assert (await buyer.post("orders", json=order)).status_code == 201


async def test_an_answer_lost_after_the_commit_is_asked_for_again(visit: Visit) -> None:
    buyer, event = await visit.buyer(), await visit.event(await visit.organizer())
    await visit.quiet()
    order = visit.order_in(event, 2)
    visit.edge.lose_batch("D1_ERROR: Network connection lost.", after=True)
    problem(await buyer.post("orders", json=order), 503, "database_unavailable")
    again = await buyer.post("orders", json=order)
    assert (again.status_code, again.json()["id"]) == (200, order["id"])
    held = visit.edge.sql("SELECT held FROM ticket_type WHERE event_id = ?", event["id"])
    assert held == [{"held": 2}]


async def test_without_the_cache_tickets_are_sold_mailed_and_scanned(visit: Visit) -> None:
    organizer, buyer = await visit.organizer(), await visit.buyer()
    event = await visit.event(organizer)
    with visit.edge.lost("CACHE"):
        order = await visit.buy(buyer, event)
        email = await visit.email(buyer.person["email"], event["title"]["en"])
        ticket = order["tickets"][0]
        shown = await organizer.client.get(f"tickets/verify/{ticket['id']}")
        scanned = await visit.scan(organizer.client, event, ticket["link"])
    assert email.attachments
    assert shown.status_code == 200, shown.text
    assert scanned.json()["verdict"] == "admitted", scanned.text


async def test_without_the_queue_calls_are_answered_and_the_cron_does_the_rest(
    visit: Visit,
) -> None:
    with visit.edge.lost("WORK"):
        buyer = await visit.buyer()
        visit.edge.cron()
        email = await visit.email(buyer.person["email"], "")
    assert email.to == buyer.person["email"]


async def test_without_the_flood_limit_who_signs_in_is_let_through(visit: Visit) -> None:
    with visit.edge.lost("FLOOD"):
        buyer = await visit.buyer()
        wrong = {"email": buyer.person["email"], "password": "not hers"}
        again = await buyer.post("auth/login", json=wrong)
    problem(again, 401, "wrong_credentials")


async def test_a_stripe_that_hangs_is_told_in_time(visit: Visit) -> None:
    buyer, event = await visit.buyer(), await visit.event(await visit.organizer())
    order = await visit.hold(buyer, event)
    async with httpx.AsyncClient() as stripe:
        hangs = {"api_match": "POST /v1/checkout/sessions", "api_delay_seconds": HANG_SECONDS}
        await visit.edge.stripe.control(stripe, "faults", **hangs)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await buyer.post(f"orders/{order['id']}/payment")
        finally:
            await visit.edge.stripe.control(stripe, "faults", api_match="", api_delay_seconds=0)
    assert (answer.status_code, answer.json()["status"]) == (202, "waiting")
    assert await visit.open_payment(buyer, order)
    sessions = visit.edge.stripe.objects("checkout.session")
    assert [one["client_reference_id"] for one in sessions].count(order["id"]) == 1
