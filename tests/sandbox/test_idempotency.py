"""A repeated request and the replies that get lost: one effect, and the adapter says so."""

import asyncio

import httpx
import pytest

from bashi.core.payments.provider import PaymentsRefused, PaymentsUnavailable
from tests.sandbox.stage import Stage, request

CREATE = "POST /v1/checkout/sessions"


async def sessions(stage: Stage) -> int:
    return len((await stage.payments.list_checkouts(0, None)).items)


async def test_the_same_key_and_parameters_give_the_same_session(stage: Stage) -> None:
    asked = request()
    first = await stage.payments.create_checkout("key", asked)
    assert await stage.payments.create_checkout("key", asked) == first
    assert await sessions(stage) == 1


async def test_the_same_key_with_other_parameters_is_refused(stage: Stage) -> None:
    await stage.payments.create_checkout("key", request("1"))
    with pytest.raises(PaymentsRefused) as refusal:
        await stage.payments.create_checkout("key", request("2"))
    assert refusal.value.code == "idempotency_error"
    assert await sessions(stage) == 1


async def test_a_replay_is_marked_as_one(stage: Stage) -> None:
    session = await stage.payments.create_checkout("key", request())
    path = f"checkout/sessions/{session.id}/expire"
    answers = [await stage.api("POST", path, idempotency_key="expire-1") for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert "idempotent-replayed" not in answers[0].headers
    assert answers[1].headers["idempotent-replayed"] == "true"


async def test_an_invalid_request_does_not_use_up_its_key(stage: Stage) -> None:
    with pytest.raises(PaymentsRefused):
        await stage.payments.create_checkout("key", request(minutes=1))
    assert (await stage.payments.create_checkout("key", request())).status == "open"


async def test_a_key_in_use_is_answered_409_and_tried_again(stage: Stage) -> None:
    await stage.control("faults", api_match=CREATE, api_delay_seconds=0.3)
    asked = request()
    outcomes = await asyncio.gather(
        *(stage.payments.create_checkout("key", asked) for _ in range(3)), return_exceptions=True
    )
    # The adapter's pauses take no time here, so the other two run out of tries.
    assert sum(isinstance(one, PaymentsUnavailable) for one in outcomes) == 2
    assert len(stage.pauses) == 4
    await stage.control("reset")
    assert (await stage.payments.create_checkout("key", asked)) in outcomes
    assert await sessions(stage) == 1


async def test_a_lost_reply_is_asked_for_again_and_nothing_is_done_twice(stage: Stage) -> None:
    await stage.control("faults", api_match=CREATE, api_drop_next=1)
    assert (await stage.payments.create_checkout("key", request())).status == "open"
    assert len(stage.pauses) == 1
    assert await sessions(stage) == 1


async def test_a_reply_lost_for_good_is_no_definite_answer(stage: Stage) -> None:
    asked = request()
    await stage.control("faults", api_match=CREATE, api_drop_next=3)
    with pytest.raises(PaymentsUnavailable):
        await stage.payments.create_checkout("key", asked)
    assert await sessions(stage) == 1
    await stage.payments.create_checkout("key", asked)
    assert await sessions(stage) == 1


async def test_a_cut_off_reply_is_seen_as_a_broken_connection(stage: Stage) -> None:
    await stage.control("faults", api_drop_next=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await stage.api("GET", "events")


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_two_failures_before_the_work_are_overcome(stage: Stage, status: int) -> None:
    await stage.control("faults", api_match=CREATE, api_fail_next=2, api_fail_status=status)
    assert (await stage.payments.create_checkout("key", request())).status == "open"
    assert len(stage.pauses) == 2


async def test_three_failures_are_no_definite_answer(stage: Stage) -> None:
    await stage.control("faults", api_match=CREATE, api_fail_next=3)
    with pytest.raises(PaymentsUnavailable):
        await stage.payments.create_checkout("key", request())
    assert await sessions(stage) == 0


async def test_a_500_after_the_work_stays_a_500_though_the_session_is_there(
    stage: Stage,
) -> None:
    """Stripe replays whatever the first request was answered; only its list tells more."""
    asked = request()
    await stage.control("faults", api_match=CREATE, api_fail_next=1, api_fail_after_work=True)
    for _ in range(2):
        with pytest.raises(PaymentsUnavailable):
            await stage.payments.create_checkout("key", asked)
    listed = (await stage.payments.list_checkouts(0, None)).items
    assert [one.attempt_id for one in listed] == ["attempt-1"]


async def test_faults_hit_only_what_they_name(stage: Stage) -> None:
    await stage.control("faults", api_match="POST /v1/refunds", api_fail_next=5)
    await stage.payments.create_checkout("key", request())
    state = (await stage.client.get("control/state")).json()
    assert state["faults"]["api_fail_next"] == 5


async def test_an_unknown_fault_is_refused(stage: Stage) -> None:
    answer = await stage.client.post("control/faults", json={"earthquake": True})
    assert answer.status_code == 400
