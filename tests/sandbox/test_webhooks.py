"""Webhooks: signed, repeated until taken, and delayed, doubled, reordered or lost on demand."""

import json
from pathlib import Path

import stripe

from bashi.core.payments.provider import HANDLED_EVENTS
from tests.sandbox.stage import WEBHOOK_SECRET, Stage, open_stage, request


async def test_the_official_library_accepts_what_the_sandbox_signs(stage: Stage) -> None:
    await stage.paid()
    await stage.wait_for(lambda: bool(stage.endpoint.received))
    body, signature = stage.endpoint.received[0]
    event = stripe.Webhook.construct_event(body, signature, WEBHOOK_SECRET)
    assert event.type == "checkout.session.completed"
    assert event.data.object["client_reference_id"] == "order-1"


async def test_the_adapter_reads_from_a_webhook_what_it_reads_from_the_api(stage: Stage) -> None:
    paid = await stage.paid()
    await stage.wait_for(lambda: bool(stage.endpoint.received))
    event = stage.events()[0]
    assert event.type == "checkout.session.completed"
    assert event.session == await stage.payments.retrieve_checkout(paid["id"])
    assert event.livemode is False
    assert (await stage.payments.list_events(0, None)).items == [event]


async def test_only_the_events_subscribed_to_are_sent(stage: Stage) -> None:
    paid = await stage.paid()
    await stage.control("refund", payment_intent=paid["payment_intent"])
    await stage.wait_for(lambda: len(stage.endpoint.received) == 2)
    assert {event.type for event in stage.events()} <= set(HANDLED_EVENTS)
    listed = (await stage.api("GET", "events?limit=100")).json()["data"]
    assert {"charge.succeeded", "charge.refunded"} <= {one["type"] for one in listed}


async def test_a_webhook_is_repeated_until_it_is_taken(stage: Stage) -> None:
    stage.endpoint.answers = [500, 404, 302]
    await stage.paid()
    await stage.wait_for(lambda: len(stage.endpoint.received) == 4)
    assert len({event.id for event in stage.events()}) == 1


async def test_what_was_not_taken_is_delivered_after_a_restart(tmp_path: Path) -> None:
    database = tmp_path / "stripe.db"
    async with open_stage(database) as before:
        await before.control("faults", webhook_paused=True)
        paid = await before.paid()
        assert before.endpoint.received == []
    async with open_stage(database) as after:
        await after.wait_for(lambda: bool(after.endpoint.received))
        assert [event.session and event.session.id for event in after.events()] == [paid["id"]]
        assert (await after.payments.retrieve_checkout(paid["id"])).payment_status == "paid"
        # The key is remembered, too: another order may not use it.
        answer = await after.api("POST", "checkout/sessions", {}, idempotency_key="checkout-1")
        assert answer.json()["error"]["type"] == "idempotency_error"


async def test_duplicates_come_as_often_as_asked(stage: Stage) -> None:
    await stage.control("faults", webhook_duplicates=19)
    await stage.paid()
    await stage.wait_for(lambda: len(stage.endpoint.received) == 20)
    assert len({event.id for event in stage.events()}) == 1


async def test_a_dropped_webhook_is_never_sent_but_stands_in_the_list(stage: Stage) -> None:
    await stage.control("faults", webhook_drop_next=1)
    await stage.paid("1")
    await stage.paid("2")
    await stage.wait_for(lambda: bool(stage.endpoint.received))
    assert [event.session and event.session.reference for event in stage.events()] == ["order-2"]
    listed = (await stage.payments.list_events(0, None)).items
    assert [event.session and event.session.reference for event in listed] == [
        "order-2",
        "order-1",
    ]


async def test_held_webhooks_come_newest_first_when_reordered(stage: Stage) -> None:
    await stage.control("faults", webhook_paused=True, webhook_reorder=True)
    for name in "123":
        await stage.paid(name)
    assert stage.endpoint.received == []
    stage.clock.ahead_seconds = 1
    await stage.control("faults", webhook_paused=False)
    await stage.wait_for(lambda: len(stage.endpoint.received) == 3)
    sent = [json.loads(body)["id"] for body, _ in stage.endpoint.received]
    events = (await stage.payments.list_events(0, None)).items
    assert sent == [event.id for event in events]


async def test_a_delayed_webhook_is_not_sent_before_its_time(stage: Stage) -> None:
    await stage.control("faults", webhook_delay_seconds=60)
    await stage.paid("1")
    await stage.control("reset")
    await stage.paid("2")
    await stage.wait_for(lambda: len(stage.endpoint.received) == 1)
    stage.clock.ahead_seconds = 61
    await stage.wait_for(lambda: len(stage.endpoint.received) == 2)
    orders = [json.loads(body)["data"]["object"] for body, _ in stage.endpoint.received]
    assert [order["client_reference_id"] for order in orders] == ["order-2", "order-1"]


async def test_everything_can_be_delivered_again(stage: Stage) -> None:
    await stage.paid("1")
    await stage.paid("2")
    await stage.wait_for(lambda: len(stage.endpoint.received) == 2)
    assert await stage.control("redeliver") == {"redelivered": 2}
    await stage.wait_for(lambda: len(stage.endpoint.received) == 4)
    ids = [event.id for event in stage.events()]
    assert sorted(ids[:2]) == sorted(ids[2:])
    await stage.control("redeliver", event=ids[0])
    await stage.wait_for(lambda: len(stage.endpoint.received) == 5)


async def test_an_expired_session_tells_the_endpoint(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request())
    await stage.control("expire", session=session.id)
    await stage.wait_for(lambda: bool(stage.endpoint.received))
    event = stage.events()[0]
    assert event.type == "checkout.session.expired"
    assert event.session is not None
    assert event.session.status == "expired"
