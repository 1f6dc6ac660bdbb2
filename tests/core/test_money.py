"""Amounts as Stripe counts them, in every currency that it counts in a way of its own."""

import pytest

from bashi.core.money import CURRENCIES, is_price, plain, some_price


@pytest.mark.parametrize(
    ("cents", "code", "written"),
    [
        (2500, "USD", "25.00"),
        (5, "USD", "0.05"),
        (2500, "JPY", "2500"),
        (500_000, "ISK", "5000"),
        (100_000, "UGX", "1000"),
        (1050, "LAK", "10.50"),
        (12_340, "KWD", "12.340"),
        (17_500, "HUF", "175.00"),
    ],
)
def test_amounts_are_written_in_the_coins_that_there_are(
    cents: int, code: str, written: str
) -> None:
    assert plain(cents, code) == written


@pytest.mark.parametrize(
    ("code", "least"),
    [("USD", 50), ("GBP", 30), ("MXN", 1000), ("JPY", 50), ("ISK", 100), ("BDT", 1)],
)
def test_the_least_charge_is_the_currency_s(code: str, least: int) -> None:
    assert is_price(0, code)
    assert is_price(least, code)
    assert least == 1 or not is_price(least - 1, code)


def test_a_price_without_a_coin_for_it_is_none() -> None:
    assert not is_price(500_050, "ISK")
    assert is_price(500_100, "ISK")


@pytest.mark.parametrize("code", [*CURRENCIES, "BDT"])
def test_a_demo_has_prices_in_any_currency(code: str) -> None:
    assert all(is_price(some_price(cents, code), code) for cents in (0, 1, 500, 1250, 99_999))
