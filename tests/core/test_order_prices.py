"""What an order costs, for any order: sums of what the lines say, and never a cent else."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bashi.core import limits
from bashi.core.errors import Conflict, InvalidFields
from bashi.core.money import Money
from bashi.core.orders.rules import EventBrief, OnSale, TypeOnSale, Wanted, price
from bashi.core.text import Text

NOW = 1_000_000
prices = st.just(0) | st.integers(50, 1_000_000)
quantities = st.integers(1, 10)
names = st.text(min_size=1, max_size=20)


def event(status: str = "published", ends_at: int = NOW + 1) -> EventBrief:
    return EventBrief("e", "slug", status, Text({"en": "Title"}), 0, ends_at, "UTC", "Hall", "Road")


def kind(name: str, cents: int = 1500, free: int = 1000, **changes: int | None) -> TypeOnSale:
    window = {"sale_starts_at": None, "sale_ends_at": None} | changes
    return TypeOnSale(
        id=name,
        name=Text({"en": name}),
        price_cents=cents,
        sale_starts_at=window["sale_starts_at"],
        sale_ends_at=window["sale_ends_at"],
        min_per_order=1,
        max_per_order=20,
        offer=1,
        free=free,
    )


def sale(*kinds: TypeOnSale, brief: EventBrief | None = None) -> OnSale:
    return OnSale(brief or event(), "USD", {one.id: one for one in kinds})


def wanted(name: str, seats: int) -> Wanted:
    return Wanted(name, [f"Guest {seat}" for seat in range(seats)])


orders = st.lists(st.tuples(prices, quantities), min_size=1, max_size=5).filter(
    lambda lines: sum(seats for _, seats in lines) <= limits.SEATS_PER_ORDER
)


@given(orders, st.randoms(use_true_random=False))
def test_the_total_is_the_sum_of_the_seats(
    lines: Sequence[tuple[int, int]], chance: Random
) -> None:
    kinds = [kind(f"t{place}", cents) for place, (cents, _) in enumerate(lines)]
    basket = [wanted(f"t{place}", seats) for place, (_, seats) in enumerate(lines)]
    chance.shuffle(basket)
    priced = price(sale(*kinds), basket, NOW)
    assert priced.total == Money(sum(cents * seats for cents, seats in lines), "USD")
    assert priced.seats == sum(seats for _, seats in lines)
    locks = [line.ticket_type.id for line in priced.lines]
    assert locks == sorted(locks)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 20))
def test_money_adds_and_multiplies_as_numbers_do(one: int, other: int, times: int) -> None:
    assert (Money(one, "USD") + Money(other, "USD")).cents == one + other
    assert Money(one, "USD").times(times).cents == one * times


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="do not add"):
        Money(1, "USD") + Money(1, "CAD")


@given(st.integers(21, 40))
def test_more_seats_than_one_order_may_have_are_refused(seats: int) -> None:
    half = seats // 2
    basket = [wanted("a", half), wanted("b", seats - half)]
    with pytest.raises(InvalidFields) as refused:
        price(sale(kind("a"), kind("b")), basket, NOW)
    assert "lines" in refused.value.fields


@given(st.integers(0, 2 * NOW), st.integers(0, 2 * NOW), st.integers(0, 2 * NOW))
def test_a_sale_window_is_open_at_its_start_and_closed_at_its_end(
    starts: int, ends: int, now: int
) -> None:
    brief = event(ends_at=3 * NOW)
    offered = sale(kind("a", sale_starts_at=starts, sale_ends_at=ends), brief=brief)
    if starts <= now < ends:
        assert price(offered, [wanted("a", 1)], now).seats == 1
    else:
        with pytest.raises(Conflict) as refused:
            price(offered, [wanted("a", 1)], now)
        assert refused.value.extra["ticket_type_id"] == "a"


@pytest.mark.parametrize(
    "brief", [event("draft"), event("canceled"), event(ends_at=NOW)], ids=("draft", "off", "over")
)
def test_an_event_that_is_not_on_sells_nothing(brief: EventBrief) -> None:
    with pytest.raises(Conflict) as refused:
        price(sale(kind("a"), brief=brief), [wanted("a", 1)], NOW)
    assert refused.value.code == "not_on_sale"


@given(st.integers(0, 20), st.integers(1, 20))
def test_what_is_gone_is_refused_before_anything_is_written(free: int, seats: int) -> None:
    offered = sale(kind("a", free=free))
    if seats <= free:
        assert price(offered, [wanted("a", seats)], NOW).seats == seats
    else:
        with pytest.raises(Conflict) as refused:
            price(offered, [wanted("a", seats)], NOW)
        assert refused.value.code == "sold_out"
