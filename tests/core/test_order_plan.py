"""What a paid session means, for every state of its attempt and its order."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest

from bashi.core.orders.rules import MOVES, SETTLE, OrderKind, OrderStatus
from bashi.core.orders.sql import Order
from bashi.core.orders.subject import OrderFacts, OrderSubject
from bashi.core.payments.attempts import Attempt, AttemptStatus
from bashi.core.payments.parts import Part, share
from bashi.core.payments.provider import CheckoutSession
from bashi.core.payments.record import PaymentOutcome
from bashi.core.payments.settle import plan
from bashi.engines.system import SystemIds

SESSION = CheckoutSession(
    id="cs_1",
    status="complete",
    payment_status="paid",
    reference="o",
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
    reference="o",
    number=1,
    status=AttemptStatus.OPEN,
    request="{}",
    amount_cents=3000,
    currency="USD",
    livemode=False,
    slot_at=0,
    busy_until=0,
    session_id="cs_1",
    url="https://pay",
    intent_id=None,
    failure=None,
    opened_at=0,
    expires_at=0,
    created_at=0,
    parts=[Part("order", "o", 3000)],
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


FACTS = OrderFacts(ORDER, (), (), event_open=True)


def decide(session: Any = SESSION, attempt: Any = ATTEMPT, *, livemode: bool = False) -> Any:
    """None: it is used."""
    decided = plan(session, attempt, livemode=livemode)
    return decided and decided.outcome


def is_useful(status: OrderStatus, refused: Collection[str] = (), **facts: Any) -> bool:
    found = replace(FACTS, order=replace(ORDER, status=status), **facts)
    return not isinstance(OrderSubject().on_paid(SystemIds(), found, "evt", 0, refused), str)


def test_what_was_asked_for_is_used() -> None:
    assert decide() is None


@pytest.mark.parametrize("state", AttemptStatus)
def test_only_what_is_paid_has_any_effect(state: AttemptStatus) -> None:
    for unpaid in ("unpaid", "no_payment_required"):
        session = replace(SESSION, payment_status=unpaid)
        assert decide(session, replace(ATTEMPT, status=state)) is PaymentOutcome.IGNORED


@pytest.mark.parametrize("state", AttemptStatus)
def test_an_attempt_is_settled_or_returned_once(state: AttemptStatus) -> None:
    over = state in (AttemptStatus.PAID, AttemptStatus.RETURNED)
    assert decide(attempt=replace(ATTEMPT, status=state)) is (
        PaymentOutcome.ALREADY if over else None
    )


@pytest.mark.parametrize("status", OrderStatus)
def test_a_payment_settles_an_order_that_may_become_paid_and_else_goes_back(
    status: OrderStatus,
) -> None:
    assert is_useful(status) is SETTLE.allows(status, OrderStatus.PAID)


def test_an_expired_order_takes_no_seats_that_are_not_there() -> None:
    assert not is_useful(OrderStatus.EXPIRED, event_open=False)
    assert not is_useful(OrderStatus.EXPIRED, {"ticket_type_within_capacity"})
    assert is_useful(OrderStatus.EXPIRED, {"order_to_settle"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "cs_2"},
        {"reference": "another"},
        {"amount_cents": 2999},
        {"currency": "CAD"},
        {"livemode": True},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_whatever_differs_from_what_was_asked_is_an_alarm(wrong: dict[str, Any]) -> None:
    assert decide(replace(SESSION, **wrong)) is PaymentOutcome.MISMATCH


def test_a_test_payment_settles_nothing_live() -> None:
    assert decide(livemode=True) is None
    live = replace(ATTEMPT, livemode=True)
    assert decide(attempt=live, livemode=True) is PaymentOutcome.MISMATCH


def test_a_session_without_our_reference_is_not_ours() -> None:
    assert decide(replace(SESSION, attempt_id=None), None) is PaymentOutcome.IGNORED
    assert decide(attempt=None) is PaymentOutcome.MISMATCH


def test_an_order_that_was_given_up_never_moves_again() -> None:
    assert not [move for move in MOVES if OrderStatus.CANCELED in move.sources]


@pytest.mark.parametrize(
    ("cents", "shares"), [(500, [500, 0]), (700, [500, 200]), (900, [500, 400]), (0, [0, 0])]
)
def test_what_stripe_gives_back_falls_to_the_first_parts(cents: int, shares: list[int]) -> None:
    assert share(cents, [500, 300]) == shares
