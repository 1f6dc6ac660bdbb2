"""The figures at the door and on the console, after everything that can happen to a ticket."""

from typing import Any

import pytest

from bashi.core.batch import Query
from tests.door.gate import Gate
from tests.orders.test_complimentary import give
from tests.support.client import problem

REFUNDS = "POST /v1/refunds"


async def console(gate: Gate) -> tuple[int, int, int, int]:
    """Issued, used, sales and refunds in cents."""
    shown = await gate.shop.overview()
    return tuple(
        shown[name] for name in ("tickets_issued", "tickets_used", "sales_cents", "refunds_cents")
    )


async def at_door(gate: Gate) -> tuple[int, dict[str, int]]:
    """Issued, and admitted by gate."""
    shown = await gate.figures()
    gates = {one["gate"]: one["admitted"] for one in shown["gates"]}
    assert shown["admitted"] == sum(gates.values())
    return shown["issued"], gates


async def test_before_anything_was_sold(gate: Gate) -> None:
    gate.event = await gate.shop.event()
    assert await at_door(gate) == (0, {})


async def test_a_scan_counts_once(gate: Gate) -> None:
    scan_id = gate.shop.new_id()
    for _ in range(2):
        assert (await gate.scan(gate.tickets[0], scan_id=scan_id))["verdict"] == "admitted"
    assert (await gate.scan(gate.tickets[0]))["verdict"] == "already_used"
    assert await at_door(gate) == (3, {"Gate A": 1})
    assert await console(gate) == (3, 1, 4500, 0)


@pytest.mark.parametrize("code", ["v1.forged", None])
async def test_who_is_turned_away_is_not_counted(gate: Gate, code: str | None) -> None:
    other = await gate.shop.event()
    changes = {"code": code} if code else {"event_id": other["id"]}
    answer = await gate.scan(gate.tickets[0], **changes)
    assert answer["verdict"] == ("forged" if code else "wrong_event")
    assert await at_door(gate) == (3, {})


async def test_taking_back_lowers_the_gate_that_let_in(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    gate.name = "Gate B"
    await gate.scan(gate.tickets[1])
    await gate.undo(gate.tickets[0])
    assert await at_door(gate) == (3, {"Gate B": 1})
    await gate.undo(gate.tickets[0])
    assert await at_door(gate) == (3, {"Gate B": 1})
    await gate.scan(gate.tickets[0])
    assert await at_door(gate) == (3, {"Gate B": 2})
    assert await console(gate) == (3, 2, 4500, 0)


async def test_a_refund_counts_at_once_and_its_money_when_it_is_back(gate: Gate) -> None:
    await gate.shop.refund(gate.order, ticket_ids=[gate.tickets[0]["id"]])
    assert await at_door(gate) == (2, {})
    assert await console(gate) == (2, 0, 4500, 0)
    await gate.shop.work()
    assert await console(gate) == (2, 0, 4500, 1500)


async def test_used_tickets_that_are_refunded_leave_their_gates(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    gate.name = "Gate B"
    await gate.scan(gate.tickets[1])
    chosen = [ticket["id"] for ticket in gate.tickets[1:]]
    await gate.shop.refund(gate.order, ticket_ids=chosen, include_used=True)
    assert await at_door(gate) == (1, {"Gate A": 1})
    await gate.shop.work()
    assert await console(gate) == (1, 1, 4500, 3000)


async def test_a_refund_that_fails_brings_them_back(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    gate.shop.stripe.faults(api_fail_next=1, api_fail_status=400, api_match=REFUNDS)
    await gate.shop.refund(gate.order, include_used=True)
    assert await at_door(gate) == (0, {})
    await gate.shop.work()
    assert await at_door(gate) == (3, {"Gate A": 1})
    assert await console(gate) == (3, 1, 4500, 0)


async def test_a_refund_that_comes_back_from_the_bank_is_none(gate: Gate) -> None:
    gate.shop.stripe.faults(refund_fail_next=1)
    await gate.shop.refund(gate.order)
    await gate.shop.work()
    assert await console(gate) == (0, 0, 4500, 4500)
    gate.shop.product.clock.advance(seconds=2)
    await gate.shop.stripe.deliver()
    assert await console(gate) == (0, 0, 4500, 0)


@pytest.mark.parametrize(("cents", "left"), [(4500, 1), (700, 3)])
async def test_a_refund_from_the_dashboard(gate: Gate, cents: int, left: int) -> None:
    """All of it voids what is unused, a part of it nothing."""
    await gate.scan(gate.tickets[0])
    gate.shop.refund_in_dashboard(gate.order, amount=cents)
    await gate.shop.stripe.deliver()
    assert await at_door(gate) == (left, {"Gate A": 1})
    assert await console(gate) == (left, 1, 4500, cents)


async def test_a_check_in_stays_where_the_money_went_back(gate: Gate) -> None:
    """Taken back, the ticket would let somebody in for nothing."""
    await gate.scan(gate.tickets[0])
    gate.shop.refund_in_dashboard(gate.order)
    await gate.shop.stripe.deliver()
    problem(await gate.undo(gate.tickets[0]), 409, "order_refunded")
    assert await at_door(gate) == (1, {"Gate A": 1})


async def test_complimentary_tickets_are_issued_and_earn_nothing(gate: Gate) -> None:
    given = (await give(gate.shop, gate.event, 2)).json()
    await gate.use(given["tickets"][0])
    assert await at_door(gate) == (5, {"Gate A": 1})
    assert await console(gate) == (5, 1, 4500, 0)
    await gate.shop.refund(given, include_used=True)
    assert await console(gate) == (3, 0, 4500, 0)


async def test_a_canceled_event_has_nobody_left(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    await gate.shop.organizer.cancel(gate.event)
    await gate.shop.work()
    assert await at_door(gate) == (0, {})
    assert await console(gate) == (0, 0, 4500, 4500)


async def test_events_do_not_mix(gate: Gate) -> None:
    await gate.scan(gate.tickets[0])
    first, gate.event = gate.event, await gate.shop.event()
    order = await gate.shop.buy(await gate.shop.buyer(), gate.event, 2)
    await gate.scan(order["tickets"][0])
    assert await at_door(gate) == (2, {"Gate A": 1})
    gate.event = first
    assert await at_door(gate) == (3, {"Gate A": 1})
    assert await console(gate) == (5, 2, 7500, 0)


async def test_a_sum_that_were_wrong_would_refund_all_the_same(gate: Gate) -> None:
    """It is shown, and nothing is decided by it."""
    ports = gate.shop.product.ports
    wrong: list[Any] = [
        Query(f"UPDATE {table} SET {column} = 0")()
        for table, column in (("event_tally", "issued"), ("gate_tally", "admitted"))
    ]
    right: list[Any] = [
        Query(f"UPDATE {table} SET {column} = {column} + :n")(n=n)
        for table, column, n in (("event_tally", "issued", 3), ("gate_tally", "admitted", 1))
    ]
    await gate.scan(gate.tickets[0])
    await ports.database.batch(wrong)
    assert (await gate.shop.refund(gate.order, include_used=True)).status_code == 202
    await ports.database.batch(right)
