"""What we send and what the sandbox answers have Stripe's shape, old and new."""

import sys
from typing import Any, get_args

import jsonschema  # type: ignore[import-untyped]
import pytest
import stripe
from stripe.params import EventListParams, RefundCreateParams
from stripe.params.checkout import SessionCreateParams, SessionListParams

from bashi.core.payments.provider import HANDLED_EVENTS
from bashi.engines.stripe.shapes import checkout_params
from tests.sandbox import description
from tests.sandbox.stage import CHALLENGED, DECLINED, REFUND_FAILS, Stage, request

NEWER_THAN_THE_DESCRIPTION = {"adaptive_pricing", "allowed_payment_method_types"}


def unknown_names(params: Any, typed: type, prefix: str = "") -> list[str]:
    """Names that the official library's typed dictionaries do not have, at any depth."""
    if isinstance(params, list):
        return [name for one in params for name in unknown_names(one, typed, prefix)]
    if not isinstance(params, dict) or prefix.endswith("metadata."):
        return []
    found = [prefix + name for name in params if name not in typed.__annotations__]
    for name, value in params.items():
        inner = getattr(sys.modules[typed.__module__], _class_name(typed, name, value), None)
        if inner is not None:
            found += unknown_names(value, inner, f"{prefix}{name}.")
        elif isinstance(value, dict) and name != "metadata":
            found.append(f"{prefix}{name} is no dictionary")
    return found


def _class_name(typed: type, name: str, value: object) -> str:
    singular = name.removesuffix("s") if isinstance(value, list) else name
    return typed.__name__ + "".join(part.title() for part in singular.split("_"))


def test_the_official_library_knows_every_parameter_of_a_checkout() -> None:
    params = checkout_params(request())
    assert unknown_names(params, SessionCreateParams) == []
    line = {"price_data": {"product_data": {"nome": ""}}}
    assert unknown_names(params | {"line_items": [line]}, SessionCreateParams) == [
        "line_items.price_data.product_data.nome"
    ]


def test_the_official_library_knows_every_parameter_of_the_other_calls() -> None:
    assert {"created", "limit", "starting_after"} <= set(SessionListParams.__annotations__)
    assert {"created", "limit", "starting_after", "types"} <= set(EventListParams.__annotations__)
    assert {"payment_intent", "amount", "metadata"} <= set(RefundCreateParams.__annotations__)


def test_the_official_library_knows_every_event_that_is_handled() -> None:
    assert set(HANDLED_EVENTS) <= set(get_args(stripe.Event.__annotations__["type"]))
    assert len(HANDLED_EVENTS) <= 20


@description.needed
def test_the_description_knows_every_parameter_too() -> None:
    params = checkout_params(request())
    known = {name: params[name] for name in params if name not in NEWER_THAN_THE_DESCRIPTION}
    description.check_request("/v1/checkout/sessions", known)
    description.check_request(
        "/v1/refunds", {"payment_intent": "pi_1", "amount": 100, "metadata": {"refund_id": "r"}}
    )
    with pytest.raises(jsonschema.ValidationError):
        description.check_request("/v1/checkout/sessions", known | {"mood": "payment"})
    assert {"limit", "starting_after"} <= description.query_names("/v1/checkout/sessions")
    assert {"created", "types"} <= description.query_names("/v1/events")


@description.needed
async def test_sessions_have_stripes_shape_in_every_state(stage: Stage) -> None:
    path = "/v1/checkout/sessions/{session}"
    opened = await stage.payments.create_checkout("key", request("open"))
    expired = await stage.payments.create_checkout("key-2", request("expired"))
    await stage.payments.expire_checkout(expired.id)
    for key in (opened.id, expired.id, (await stage.paid())["id"]):
        description.check_answer(
            "get", path, (await stage.api("GET", f"checkout/sessions/{key}")).json()
        )
    lines = (await stage.api("GET", f"checkout/sessions/{opened.id}/line_items")).json()
    description.check_answer("get", path + "/line_items", lines)
    broken = (await stage.api("GET", f"checkout/sessions/{opened.id}")).json()
    with pytest.raises(jsonschema.ValidationError):
        description.check_answer("get", path, broken | {"payment_status": "perhaps"})


@description.needed
async def test_everything_else_has_stripes_shape(stage: Stage) -> None:
    intent = (await stage.paid("1", REFUND_FAILS))["payment_intent"]
    refund = await stage.payments.create_refund("key-r", intent, 5500, {"refund_id": "ours"})
    await stage.control("finish-refund", refund=refund.id, status="failed")
    for name, card in (("2", DECLINED), ("3", CHALLENGED)):
        session = await stage.payments.create_checkout(f"key-{name}", request(name))
        await stage.control("pay", session=session.id, card=card)
    disputed = (await stage.paid("4"))["payment_intent"]
    dispute = await stage.control("dispute", payment_intent=disputed)
    await stage.control("close-dispute", dispute=dispute["id"], won=True)
    for path in (
        "balance",
        "balance_transactions",
        "charges",
        "checkout/sessions",
        "disputes",
        "events",
        "payment_intents",
        "refunds",
    ):
        content = (
            await stage.api("GET", f"{path}?limit=100" if path != "balance" else path)
        ).json()
        assert content.get("data") != []
        description.check_answer("get", f"/v1/{path}", content)


@description.needed
async def test_every_event_holds_an_object_of_stripes_shape(stage: Stage) -> None:
    intent = (await stage.paid())["payment_intent"]
    await stage.control("refund", payment_intent=intent)
    events = (await stage.api("GET", "events?limit=100")).json()["data"]
    assert len(events) >= 6
    for event in events:
        subject = event["data"]["object"]
        description.check_object(subject["object"], subject)


@description.needed
async def test_errors_have_stripes_shape(stage: Stage) -> None:
    answers = [
        await stage.api("POST", "checkout/sessions", {"mood": "x"}),
        await stage.api("GET", "refunds/re_nothing"),
        await stage.api("GET", "nowhere"),
        await stage.client.get("stripe/v1/events"),
    ]
    assert [answer.status_code for answer in answers] == [400, 404, 404, 401]
    await stage.control("faults", api_fail_next=1, api_fail_status=429)
    answers.append(await stage.api("GET", "events"))
    for answer in answers:
        description.check_error(answer.json())
