"""Refunds and disputes: never more than was paid, and every cent in the balance."""

import asyncio

import pytest

from bashi.core.payments.provider import PaymentsRefused
from tests.sandbox.stage import REFUND_FAILS, REFUND_PENDING, Stage


async def net(stage: Stage) -> int:
    moves = (await stage.api("GET", "balance_transactions?limit=100")).json()["data"]
    balance = (await stage.api("GET", "balance")).json()
    total = sum(one["net"] for one in moves)
    assert [one["amount"] for one in balance["pending"]] == [total]
    return int(total)


async def test_a_refund_gives_the_whole_amount_back_and_stripe_keeps_its_fee(
    stage: Stage,
) -> None:
    intent = (await stage.paid())["payment_intent"]
    refund = await stage.payments.create_refund("key-r", intent, 5500, {"refund_id": "ours-1"})
    assert (refund.status, refund.intent_id, refund.amount_cents) == ("succeeded", intent, 5500)
    assert (refund.currency, refund.refund_id, refund.failure) == ("USD", "ours-1", None)
    assert await stage.payments.retrieve_refund(refund.id) == refund
    assert await net(stage) == -190


async def test_parts_can_be_refunded_up_to_the_whole(stage: Stage) -> None:
    intent = (await stage.paid())["payment_intent"]
    await stage.payments.create_refund("key-1", intent, 5000, {})
    with pytest.raises(PaymentsRefused, match="greater than unrefunded"):
        await stage.payments.create_refund("key-2", intent, 501, {})
    await stage.payments.create_refund("key-3", intent, 500, {})
    with pytest.raises(PaymentsRefused) as refusal:
        await stage.payments.create_refund("key-4", intent, 1, {})
    assert refusal.value.code == "charge_already_refunded"


async def test_twenty_refunds_at_once_give_back_no_more_than_was_paid(stage: Stage) -> None:
    intent = (await stage.paid())["payment_intent"]
    outcomes = await asyncio.gather(
        *(stage.payments.create_refund(f"key-{n}", intent, 5500, {}) for n in range(20)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, PaymentsRefused) for one in outcomes) == 19
    assert await net(stage) == -190


async def test_a_refund_whose_reply_is_lost_is_made_once(stage: Stage) -> None:
    intent = (await stage.paid())["payment_intent"]
    await stage.control("faults", api_match="POST /v1/refunds", api_drop_next=2)
    refund = await stage.payments.create_refund("key-r", intent, 5500, {"refund_id": "ours"})
    listed = (await stage.api("GET", f"refunds?payment_intent={intent}")).json()["data"]
    assert [one["id"] for one in listed] == [refund.id]


async def test_a_refund_made_in_the_dashboard_is_told_without_an_id_of_ours(stage: Stage) -> None:
    intent = (await stage.paid())["payment_intent"]
    made = await stage.control("refund", payment_intent=intent, amount=1500)
    await stage.wait_for(lambda: len(stage.endpoint.received) == 2)
    told = [event.refund for event in stage.events() if event.type == "refund.created"]
    assert [(one.id, one.refund_id, one.amount_cents) for one in told if one] == [
        (made["id"], None, 1500)
    ]


async def test_a_refund_can_fail_later_and_the_money_is_ours_again(stage: Stage) -> None:
    intent = (await stage.paid(card=REFUND_FAILS))["payment_intent"]
    refund = await stage.payments.create_refund("key-r", intent, 5500, {"refund_id": "ours"})
    assert refund.status == "succeeded"
    stage.clock.ahead_seconds = 5
    await stage.wait_for(lambda: any(event.type == "refund.failed" for event in stage.events()))
    failed = await stage.payments.retrieve_refund(refund.id)
    assert (failed.status, failed.failure, failed.refund_id) == ("failed", "unknown", "ours")
    assert await net(stage) == 5310
    again = await stage.payments.create_refund("key-again", intent, 5500, {})
    assert again.status == "succeeded"


async def test_a_pending_refund_succeeds_later(stage: Stage) -> None:
    intent = (await stage.paid(card=REFUND_PENDING))["payment_intent"]
    refund = await stage.payments.create_refund("key-r", intent, 5500, {})
    assert refund.status == "pending"
    stage.clock.ahead_seconds = 5
    await stage.wait_for(lambda: any(event.type == "refund.updated" for event in stage.events()))
    assert (await stage.payments.retrieve_refund(refund.id)).status == "succeeded"


@pytest.mark.parametrize(
    ("fault", "first", "last"),
    [
        ("refund_fail_next", "succeeded", "failed"),
        ("refund_pending_next", "pending", "succeeded"),
    ],
)
async def test_the_next_refund_can_be_told_its_fate(
    stage: Stage, fault: str, first: str, last: str
) -> None:
    intent = (await stage.paid())["payment_intent"]
    await stage.control("faults", **{fault: 1})
    refund = await stage.payments.create_refund("key-r", intent, 5500, {})
    assert refund.status == first
    await stage.control("finish-refund", refund=refund.id, status=last, reason="declined")
    assert (await stage.payments.retrieve_refund(refund.id)).status == last


async def test_nothing_is_refunded_that_was_not_paid(stage: Stage) -> None:
    with pytest.raises(PaymentsRefused) as refusal:
        await stage.payments.create_refund("key-r", "pi_nothing", 100, {})
    assert refusal.value.code == "resource_missing"


@pytest.mark.parametrize(("won", "end"), [(True, 5310 - 1500), (False, 5310 - 5500 - 1500)])
async def test_a_dispute_takes_the_money_and_a_fee_until_it_is_won(
    stage: Stage, won: bool, end: int
) -> None:
    intent = (await stage.paid())["payment_intent"]
    dispute = await stage.control("dispute", payment_intent=intent, reason="fraudulent")
    listed = (await stage.api("GET", f"disputes?payment_intent={intent}")).json()["data"]
    assert [one["id"] for one in listed] == [dispute["id"]]
    assert await net(stage) == 5310 - 5500 - 1500
    with pytest.raises(PaymentsRefused) as refusal:
        await stage.payments.create_refund("key-r", intent, 5500, {})
    assert refusal.value.code == "charge_disputed"
    closed = await stage.control("close-dispute", dispute=dispute["id"], won=won)
    assert closed["status"] == ("won" if won else "lost")
    assert await net(stage) == end
