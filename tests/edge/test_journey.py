"""The whole way at the edge, over HTTP: account, event, payment, ticket, email, door."""

import asyncio
import json

import pytest

from tests.edge.visit import Visit, until
from tests.support.client import problem

pytestmark = pytest.mark.slow


async def test_from_an_account_to_the_door(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer, title="Lalon at the Riverside")
    buyer = await visit.buyer()
    await buyer.post("auth/logout")
    await buyer.login(buyer.person["email"])

    listed = (await visit.client().get("events")).json()["items"]
    assert event["slug"] in [one["slug"] for one in listed]
    shown = await visit.client().get(f"events/{event['slug']}")
    assert shown.json()["title"]["en"] == "Lalon at the Riverside"

    order = await visit.buy(buyer, event, seats=2)
    first, second = order["tickets"]
    message = await visit.email(buyer.person["email"], "Lalon")
    (pdf,) = [content for name, content in message.attachments.items() if name.endswith(".pdf")]
    assert pdf.startswith(b"%PDF")
    assert "event.ics" in message.attachments

    verified = await organizer.client.get(f"tickets/verify/{first['id']}")
    assert verified.json()["detail"]["status"] == "valid"
    admitted = await visit.scan(organizer.client, event, first["link"])
    assert admitted.json()["verdict"] == "admitted"
    again = await visit.scan(organizer.client, event, first["link"])
    assert again.json()["verdict"] == "already_used"
    assert again.json()["used_gate"] == "Gate A"
    other = await visit.scan(organizer.client, event, second["link"])
    assert other.json()["verdict"] == "admitted"
    forged = await visit.scan(organizer.client, event, f"{second['link'][:-3]}AAA")
    assert forged.json()["verdict"] == "forged"


async def test_the_last_seat_is_sold_once(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await organizer.create()
    await organizer.add_type(event, capacity=3)
    event = await organizer.publish(event)
    buyers = [await visit.buyer() for _ in range(8)]
    answers = await asyncio.gather(
        *(buyer.post("orders", json=visit.order_in(event, 1)) for buyer in buyers)
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    problem(next(answer for answer in answers if answer.status_code == 409), 409, "sold_out")
    held = visit.edge.sql("SELECT held, sold FROM ticket_type WHERE event_id = ?", event["id"])
    assert held == [{"held": 3, "sold": 0}]


async def test_one_ticket_at_many_doors_admits_once(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer)
    order = await visit.buy(await visit.buyer(), event)
    code = order["tickets"][0]["link"]
    answers = await asyncio.gather(
        *(visit.scan(organizer.client, event, code, gate=f"Gate {n}") for n in range(10))
    )
    verdicts = sorted(answer.json()["verdict"] for answer in answers)
    assert verdicts == ["admitted"] + ["already_used"] * 9


async def test_a_refund_needs_no_cron(visit: Visit) -> None:
    organizer = await visit.organizer()
    order = await visit.buy(await visit.buyer(), await visit.event(organizer))
    await visit.quiet()  # else the work that the purchase left would take the refund along
    command = {"id": visit.ids.uuid(), "ticket_ids": None, "include_used": False, "reason": "Ill"}
    answer = await organizer.client.post(f"admin/orders/{order['id']}/refunds", json=command)
    assert answer.status_code == 202, answer.text
    find = "SELECT id FROM refund WHERE subject_id = ? AND status = 'succeeded'"
    assert await until(lambda: visit.edge.sql(find, order["id"]) or None)


async def test_the_cron_delivers_what_the_queue_lost(visit: Visit) -> None:
    organizer = await visit.organizer()
    email = organizer.client.person["email"]
    await visit.email(email, "")
    visit.edge.sql(
        "INSERT INTO outbox (id, kind, recipient, locale, subject_id, detail, status, attempts,"
        " due_at, created_at) VALUES (?, 'password_changed', ?, 'en', ?, '', 'queued', 0, 0, 0)",
        visit.ids.uuid(),
        email,
        organizer.client.person["id"],
    )
    visit.edge.cron()
    message = await visit.email(email, "[Pp]assword")
    assert message.to == email


async def test_a_call_that_has_done_enough_hands_on_the_rest(visit: Visit) -> None:
    organizer = await visit.organizer()
    email = organizer.client.person["email"]
    await visit.quiet()
    visit.edge.sql(
        "INSERT INTO outbox (id, kind, recipient, locale, subject_id, detail, status, attempts,"
        " due_at, created_at) SELECT 'many-' || value, 'password_changed', ?, 'en', ?, '',"
        " 'queued', 0, 0, 0 FROM json_each(?)",
        email,
        organizer.client.person["id"],
        json.dumps(list(range(100))),
    )
    visit.edge.cron()
    left = "SELECT COUNT(*) AS emails FROM outbox WHERE status = 'queued' AND id LIKE 'many-%'"

    def rest() -> int:
        return int(visit.edge.sql(left)[0]["emails"])

    assert rest() > 0, "one call may have no time for so many"
    await until(lambda: rest() == 0 or None)


async def test_the_cron_gives_seats_back(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer)
    order = await visit.hold(await visit.buyer(), event, seats=4)
    visit.edge.sql("UPDATE orders SET expires_at = 0 WHERE id = ?", order["id"])
    visit.edge.cron()
    held = visit.edge.sql("SELECT held FROM ticket_type WHERE event_id = ?", event["id"])
    assert held == [{"held": 0}]


async def test_too_many_tries_to_sign_in(visit: Visit) -> None:
    client = visit.client()
    wrong = {"email": f"{visit.ids.uuid()}@example.org", "password": "not the password"}
    answers = [await client.post("auth/login", json=wrong) for _ in range(11)]
    assert [answer.status_code for answer in answers[:10]] == [401] * 10
    problem(answers[10], 429, "too_many_requests")


async def test_lists_from_their_beginning(visit: Visit) -> None:
    organizer = await visit.organizer()
    event = await visit.event(organizer)
    order = await visit.hold(organizer.client, event)
    for path in ("me/orders", "admin/orders", "admin/audit", "admin/events", "events"):
        answer = await organizer.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.text}"
    shown = (await organizer.client.get("me/orders")).json()["items"]
    assert [one["id"] for one in shown] == [order["id"]]
