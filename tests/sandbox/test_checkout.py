"""Sessions through the adapter: made once, paid or not, expired, listed."""

import asyncio

import pytest

from bashi.core.payments.provider import PaymentsRefused, PaymentsUnavailable
from tests.sandbox.stage import APPROVED, CHALLENGED, DECLINED, POOR, Stage, request


async def test_a_new_session_is_open_and_says_what_was_asked(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request())
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert (session.reference, session.attempt_id) == ("order-1", "attempt-1")
    assert (session.amount_cents, session.currency, session.livemode) == (5500, "USD", False)
    assert session.intent_id is None
    assert session.url is not None
    assert session.url.endswith(f"/sandbox/pay/{session.id}")
    assert await stage.payments.retrieve_checkout(session.id) == session


async def test_what_was_ordered_is_what_the_page_charges_for(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request())
    lines = (await stage.api("GET", f"checkout/sessions/{session.id}/line_items")).json()["data"]
    assert [(line["description"], line["amount_total"]) for line in lines] == [
        ("সাধারণ / General", 5000),
        ("Gift & more", 500),
    ]


async def test_paying_completes_the_session_and_books_the_charge_with_its_fee(
    stage: Stage,
) -> None:
    paid = await stage.paid()
    session = await stage.payments.retrieve_checkout(paid["id"])
    assert (session.status, session.payment_status) == ("complete", "paid")
    assert session.intent_id is not None
    intent = (await stage.api("GET", f"payment_intents/{session.intent_id}")).json()
    assert (intent["status"], intent["amount_received"]) == ("succeeded", 5500)
    assert intent["metadata"] == {"reference": "order-1", "attempt_id": "attempt-1"}
    moves = (await stage.api("GET", "balance_transactions")).json()["data"]
    assert [(one["type"], one["amount"], one["fee"], one["net"]) for one in moves] == [
        ("charge", 5500, 190, 5310)
    ]


async def test_one_session_is_paid_once_however_many_pay_at_once(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request())
    answers = await asyncio.gather(
        *(stage.client.post("control/pay", json={"session": session.id}) for _ in range(20))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 19
    assert len((await stage.api("GET", "charges")).json()["data"]) == 1


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (DECLINED, "Your card was declined."),
        (POOR, "Your card has insufficient funds."),
        ("5555444433332222", "use one of the test cards"),
    ],
)
async def test_a_declined_card_leaves_the_session_open_for_another(
    stage: Stage, card: str, words: str
) -> None:
    session = await stage.payments.create_checkout("key", request())
    outcome = await stage.control("pay", session=session.id, card=card)
    assert outcome["result"] == "declined"
    assert words in outcome["message"]
    assert (await stage.payments.retrieve_checkout(session.id)).status == "open"
    assert (await stage.api("GET", "balance_transactions")).json()["data"] == []
    assert (await stage.control("pay", session=session.id, card=APPROVED))["result"] == "paid"


@pytest.mark.parametrize(("passed", "result"), [(True, "paid"), (False, "declined")])
async def test_a_card_with_3d_secure_pays_only_after_the_step(
    stage: Stage, passed: bool, result: str
) -> None:
    session = await stage.payments.create_checkout("key", request())
    assert (await stage.control("pay", session=session.id, card=CHALLENGED))[
        "result"
    ] == "challenge"
    assert (await stage.payments.retrieve_checkout(session.id)).payment_status == "unpaid"
    outcome = await stage.control("challenge", session=session.id, passed=passed)
    assert outcome["result"] == result


async def test_expiring_an_open_session_closes_it_for_good(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request())
    expired = await stage.payments.expire_checkout(session.id)
    assert (expired.status, expired.url) == ("expired", None)
    answer = await stage.client.post("control/pay", json={"session": session.id})
    assert answer.status_code == 400


async def test_expiring_what_is_paid_or_expired_gives_it_back_as_it_is(stage: Stage) -> None:
    paid = await stage.paid("1")
    assert (await stage.payments.expire_checkout(paid["id"])).payment_status == "paid"
    other = await stage.payments.create_checkout("key-2", request("2"))
    first = await stage.payments.expire_checkout(other.id)
    assert await stage.payments.expire_checkout(other.id) == first


async def test_of_paying_and_expiring_at_once_exactly_one_happens(stage: Stage) -> None:
    sessions = [
        await stage.payments.create_checkout(f"key-{name}", request(str(name)))
        for name in range(10)
    ]
    await asyncio.gather(
        *(stage.client.post("control/pay", json={"session": one.id}) for one in sessions),
        *(stage.payments.expire_checkout(one.id) for one in sessions),
    )
    ends = [await stage.payments.retrieve_checkout(one.id) for one in sessions]
    assert {(end.status, end.payment_status) for end in ends} <= {
        ("complete", "paid"),
        ("expired", "unpaid"),
    }
    assert len((await stage.api("GET", "charges?limit=100")).json()["data"]) == sum(
        end.payment_status == "paid" for end in ends
    )


async def test_a_session_expires_by_itself_and_tells(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request(minutes=31))
    stage.clock.ahead_seconds = 31 * 60 + 1
    await stage.wait_for(lambda: bool(stage.endpoint.received))
    (body, _signature) = stage.endpoint.received[0]
    assert b"checkout.session.expired" in body
    assert (await stage.payments.retrieve_checkout(session.id)).status == "expired"


@pytest.mark.parametrize("minutes", [29, 24 * 60 + 1])
async def test_a_session_lives_half_an_hour_to_a_day(stage: Stage, minutes: int) -> None:
    with pytest.raises(PaymentsRefused, match="expires_at"):
        await stage.payments.create_checkout("key", request(minutes=minutes))


async def test_less_than_fifty_cents_cannot_be_charged(stage: Stage) -> None:
    changed = request(cents=1)
    params = {
        "mode": "payment",
        "success_url": changed.success_url,
        "cancel_url": changed.cancel_url,
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "49",
        "line_items[0][price_data][product_data][name]": "Tea",
    }
    answer = await stage.api("POST", "checkout/sessions", params)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "amount_too_small"
    params["line_items[0][price_data][unit_amount]"] = "50"
    assert (await stage.api("POST", "checkout/sessions", params)).status_code == 200


async def test_unknown_parameters_and_objects_are_refused_in_stripes_words(stage: Stage) -> None:
    answer = await stage.api("POST", "checkout/sessions", {"mood": "payment"})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "parameter_unknown"
    with pytest.raises(PaymentsRefused) as refusal:
        await stage.payments.retrieve_checkout("cs_test_nothing")
    assert refusal.value.code == "resource_missing"


async def test_a_wrong_key_is_refused_and_not_repeated(stage: Stage) -> None:
    answer = await stage.client.get(
        "stripe/v1/events", headers={"authorization": "Bearer sk_test_wrong"}
    )
    assert answer.status_code == 401
    assert "sk_test_wrong" not in answer.text
    assert (await stage.client.get("stripe/v1/events")).status_code == 401


async def test_lists_give_every_session_once_newest_first(stage: Stage) -> None:
    made = await asyncio.gather(
        *(stage.payments.create_checkout(f"key-{n}", request(str(n))) for n in range(105))
    )
    first = await stage.payments.list_checkouts(0, None)
    assert len(first.items) == 100
    assert first.next_after == first.items[-1].id
    second = await stage.payments.list_checkouts(0, first.next_after)
    assert second.next_after is None
    listed = [one.id for one in (*first.items, *second.items)]
    assert sorted(listed) == sorted(one.id for one in made)


async def test_lists_begin_at_the_time_asked_for(stage: Stage) -> None:
    await stage.payments.create_checkout("key-1", request("1"))
    stage.clock.ahead_seconds = 100
    later = await stage.payments.create_checkout("key-2", request("2"))
    page = await stage.payments.list_checkouts(later.created_at, None)
    assert [one.id for one in page.items] == [later.id]


async def test_a_slow_payment_completes_unpaid_and_is_settled_later(stage: Stage) -> None:
    for name, succeeded, end in (("1", True, "paid"), ("2", False, "unpaid")):
        session = await stage.payments.create_checkout(f"key-{name}", request(name))
        await stage.control("pay", session=session.id, slow=True)
        begun = await stage.payments.retrieve_checkout(session.id)
        assert (begun.status, begun.payment_status) == ("complete", "unpaid")
        await stage.control("settle", session=session.id, succeeded=succeeded)
        assert (await stage.payments.retrieve_checkout(session.id)).payment_status == end
    types = [event.type for event in (await stage.payments.list_events(0, None)).items]
    assert types[::-1] == [
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.completed",
        "checkout.session.async_payment_failed",
    ]


async def test_an_open_session_that_will_not_expire_is_no_answer(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request())
    await stage.control(
        "faults", api_match=f"{session.id}/expire", api_fail_next=1, api_fail_status=400
    )
    with pytest.raises(PaymentsUnavailable):
        await stage.payments.expire_checkout(session.id)
