"""What a paid session means, for every state of its attempt and its order."""

from dataclasses import replace
from typing import Any

import pytest

from bashi.core.orders.rules import MOVES, OrderKind, OrderStatus
from bashi.core.orders.settle import plan
from bashi.core.orders.sql import Order
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.payments.provider import CheckoutSession
from bashi.core.payments.record import PaymentOutcome

SESSION = CheckoutSession(
    id="cs_1",
    status="complete",
    payment_status="paid",
    order_id="o",
    attempt_id="o:1",
    amount_cents=3000,
    currency="USD",
    intent_id="pi_1",
    url=None,
    livemode=False,
    created_at=0,
)
ATTEMPT = Attempt(
    id="o:1",
    order_id="o",
    number=1,
    state=AttemptStatus.OPEN,
    request="{}",
    amount_cents=3000,
    currency="USD",
    livemode=False,
    slot_at=0,
    busy_until=0,
    session_id="cs_1",
    url="https://pay",
    intent_id=None,
    opened_at=0,
    expires_at=0,
    created_at=0,
)
ORDER = Order(
    id="o",
    number="N",
    kind=OrderKind.SALE,
    event_id="e",
    person_id="p",
    email="p@example.org",
    name="P",
    locale="en",
    status=OrderStatus.PENDING,
    seats=2,
    total_cents=3000,
    refunded_cents=0,
    currency="USD",
    content_hash="",
    created_at=0,
    expires_at=0,
    settled_by=None,
    settled_at=None,
)


def decide(session: Any = SESSION, attempt: Any = ATTEMPT, order: Any = ORDER, **more: Any) -> Any:
    return plan(session, attempt, order, **({"livemode": False, "may_reseat": True} | more)).outcome


def test_what_was_asked_for_settles() -> None:
    assert decide() is PaymentOutcome.SETTLED


@pytest.mark.parametrize("state", AttemptStatus)
@pytest.mark.parametrize("status", OrderStatus)
def test_only_what_is_paid_has_any_effect(state: AttemptStatus, status: OrderStatus) -> None:
    for unpaid in ("unpaid", "no_payment_required"):
        session = replace(SESSION, payment_status=unpaid)
        attempt, order = replace(ATTEMPT, state=state), replace(ORDER, status=status)
        assert decide(session, attempt, order) is PaymentOutcome.IGNORED


@pytest.mark.parametrize("status", OrderStatus)
def test_an_attempt_is_settled_or_returned_once(status: OrderStatus) -> None:
    for state in (AttemptStatus.PAID, AttemptStatus.RETURNED):
        attempt, order = replace(ATTEMPT, state=state), replace(ORDER, status=status)
        assert decide(attempt=attempt, order=order) is PaymentOutcome.ALREADY


@pytest.mark.parametrize(
    "state",
    [one for one in AttemptStatus if one not in {AttemptStatus.PAID, AttemptStatus.RETURNED}],
)
@pytest.mark.parametrize("status", OrderStatus)
def test_a_payment_settles_an_order_that_may_become_paid_and_else_goes_back(
    state: AttemptStatus, status: OrderStatus
) -> None:
    decided = decide(attempt=replace(ATTEMPT, state=state), order=replace(ORDER, status=status))
    may_be_paid = OrderStatus.PAID in MOVES[status] and status is not OrderStatus.REFUNDING
    assert decided is (PaymentOutcome.SETTLED if may_be_paid else PaymentOutcome.RETURNED)


def test_an_expired_order_takes_no_seats_that_are_not_there() -> None:
    order = replace(ORDER, status=OrderStatus.EXPIRED)
    assert decide(order=order, may_reseat=False) is PaymentOutcome.RETURNED


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "cs_2"},
        {"order_id": "another"},
        {"amount_cents": 2999},
        {"currency": "CAD"},
        {"livemode": True},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_whatever_differs_from_what_was_asked_is_an_alarm(wrong: dict[str, Any]) -> None:
    assert decide(replace(SESSION, **wrong)) is PaymentOutcome.MISMATCH


def test_a_test_payment_settles_nothing_live() -> None:
    assert decide(attempt=replace(ATTEMPT, livemode=True), livemode=True) is PaymentOutcome.MISMATCH


def test_a_session_without_our_reference_is_not_ours() -> None:
    assert decide(replace(SESSION, attempt_id=None), None, None) is PaymentOutcome.IGNORED
    assert decide(attempt=None, order=None) is PaymentOutcome.MISMATCH


def test_an_order_that_ended_for_good_never_moves_again() -> None:
    assert {status for status in OrderStatus if not MOVES[status]} == {
        OrderStatus.REFUNDED,
        OrderStatus.CANCELED,
    }
