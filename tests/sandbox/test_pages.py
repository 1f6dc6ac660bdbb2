"""The hosted payment page as a browser without scripts uses it, and who is kept out."""

import re

import pytest

from tests.sandbox.stage import APPROVED, CHALLENGED, DECLINED, Stage, request


async def opened(stage: Stage) -> str:
    session = await stage.payments.create_checkout("key", request())
    assert session.url is not None
    return session.url


async def test_the_page_shows_what_is_paid_to_whom(stage: Stage) -> None:
    page = await stage.client.get(await opened(stage))
    for words in ("$55.00", "2 × $25.00", "সাধারণ / General", "Gift &amp; more"):
        assert words in page.text
    assert "Bashi &amp; friends" in page.text
    assert "buyer@example.org" in page.text


async def test_the_page_works_without_scripts_and_allows_none(stage: Stage) -> None:
    page = await stage.client.get(await opened(stage))
    assert "<script" not in page.text
    assert not re.search(r"\s(style|on\w+)=", page.text)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    # The redirect after the form goes to the shop, which the policy must allow.
    assert "form-action 'self' http://localhost:8000" in policy


async def test_paying_leads_back_with_the_sessions_id(stage: Stage) -> None:
    url = await opened(stage)
    answer = await stage.client.post(url, data={"card": "4242 4242 4242 4242"})
    assert answer.status_code == 303
    key = url.rpartition("/")[2]
    assert answer.headers["location"] == f"http://localhost:8000/order/?id=1&s={key}"
    assert (await stage.payments.retrieve_checkout(key)).payment_status == "paid"


async def test_a_decline_is_said_on_the_page_and_another_card_can_be_tried(stage: Stage) -> None:
    url = await opened(stage)
    page = await stage.client.post(url, data={"card": DECLINED})
    assert "Your card was declined." in page.text
    assert (await stage.client.post(url, data={"card": APPROVED})).status_code == 303


async def test_3d_secure_is_a_step_of_its_own(stage: Stage) -> None:
    url = await opened(stage)
    step = await stage.client.post(url, data={"card": CHALLENGED})
    assert "Complete authentication" in step.text
    assert "Complete authentication" in (await stage.client.get(url)).text
    failed = await stage.client.post(url, data={"challenge": "fail"})
    assert "unable to authenticate" in failed.text
    await stage.client.post(url, data={"card": CHALLENGED})
    assert (await stage.client.post(url, data={"challenge": "pass"})).status_code == 303


async def test_the_way_back_is_the_cancel_url_and_changes_nothing(stage: Stage) -> None:
    url = await opened(stage)
    page = await stage.client.get(url)
    assert 'href="http://localhost:8000/order/?id=1&amp;canceled=1"' in page.text
    assert (await stage.payments.retrieve_checkout(url.rpartition("/")[2])).status == "open"


async def test_a_page_that_is_over_says_so(stage: Stage) -> None:
    url = await opened(stage)
    await stage.client.post(url, data={"card": APPROVED})
    assert "You have paid already" in (await stage.client.get(url)).text
    again = await stage.client.post(url, data={"card": APPROVED})
    assert "You have paid already" in again.text
    other = await stage.payments.create_checkout("key-2", request("2", minutes=31))
    stage.clock.ahead_seconds = 31 * 60 + 1
    assert "has expired" in (await stage.client.get(other.url or "")).text
    unknown = await stage.client.get("pay/cs_test_nothing")
    assert unknown.status_code == 404


async def test_the_controls_work_as_a_page(stage: Stage) -> None:
    await stage.paid()
    answer = await stage.client.post("control/faults", data={"webhook_paused": "true"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sandbox/control"
    page = await stage.client.get("control")
    assert "Let webhooks through" in page.text
    assert (await stage.client.get("control/state")).json()["faults"]["webhook_paused"] is True
    assert (await stage.client.get("sandbox.css")).headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "localhost.evil.example:8120"},
        {"x-forwarded-for": "203.0.113.9"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
async def test_nobody_else_may_press_the_buttons(stage: Stage, headers: dict[str, str]) -> None:
    answer = await stage.client.post("control/reset", json={}, headers=headers)
    assert answer.status_code == 403


async def test_an_unknown_action_is_not_found(stage: Stage) -> None:
    answer = await stage.client.post("control/dance", json={})
    assert answer.status_code == 404
