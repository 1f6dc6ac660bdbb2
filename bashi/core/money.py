"""Money in minor units with its currency; never a float."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    """How Stripe counts a currency, which is how everything here stores it."""

    decimals: int = 2
    """Of the minor unit: an amount is `cents / 10**decimals`."""
    step_cents: int = 1
    """Amounts are multiples of it; 100: hundredths are counted, but there is no such coin."""
    least_cents: int = 1
    """Stripe's least charge; where it names none, it asks for what half a dollar is worth."""

    @property
    def shown_decimals(self) -> int:
        """What people read and type: "5,000" kronur, not "5,000.00"."""
        return 0 if self.step_cents == 10**self.decimals else self.decimals


_WHOLE = Currency(decimals=0)
_WITHOUT_COIN = Currency(step_cents=100, least_cents=100)
_IN_THOUSANDTHS = Currency(decimals=3, step_cents=10)

CURRENCIES: Mapping[str, Currency] = {
    # https://docs.stripe.com/currencies#zero-decimal
    "BIF": _WHOLE, "CLP": _WHOLE, "DJF": _WHOLE, "GNF": _WHOLE, "KMF": _WHOLE, "KRW": _WHOLE,
    "MGA": _WHOLE, "PYG": _WHOLE, "RWF": _WHOLE, "VND": _WHOLE, "VUV": _WHOLE, "XAF": _WHOLE,
    "XOF": _WHOLE, "XPF": _WHOLE, "JPY": Currency(decimals=0, least_cents=50),
    # https://docs.stripe.com/currencies#special-cases
    "ISK": _WITHOUT_COIN, "UGX": _WITHOUT_COIN,
    # https://docs.stripe.com/currencies#three-decimal: the last digit is always 0
    "BHD": _IN_THOUSANDTHS, "JOD": _IN_THOUSANDTHS, "KWD": _IN_THOUSANDTHS,
    "OMR": _IN_THOUSANDTHS, "TND": _IN_THOUSANDTHS,
    # https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
    "USD": Currency(least_cents=50), "AED": Currency(least_cents=200),
    "AUD": Currency(least_cents=50), "BGN": Currency(least_cents=100),
    "BRL": Currency(least_cents=50), "CAD": Currency(least_cents=50),
    "CHF": Currency(least_cents=50), "CZK": Currency(least_cents=1500),
    "DKK": Currency(least_cents=250), "EUR": Currency(least_cents=50),
    "GBP": Currency(least_cents=30), "HKD": Currency(least_cents=400),
    "HUF": Currency(least_cents=17_500), "INR": Currency(least_cents=50),
    "MXN": Currency(least_cents=1000), "MYR": Currency(least_cents=200),
    "NOK": Currency(least_cents=300), "NZD": Currency(least_cents=50),
    "PLN": Currency(least_cents=200), "RON": Currency(least_cents=200),
    "SEK": Currency(least_cents=300), "SGD": Currency(least_cents=50),
    "THB": Currency(least_cents=1000),
}  # fmt: skip
"""The browser gets the same table (web/lib/currencies.json): CLDR, which it has of its own, shows
other decimals for ISK, UGX and a dozen more."""
_HUNDREDTHS = Currency()


@dataclass(frozen=True, slots=True, order=True)
class Money:
    cents: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add")
        return Money(self.cents + other.cents, self.currency)

    def times(self, quantity: int) -> "Money":
        return Money(self.cents * quantity, self.currency)


def currency_of(code: str) -> Currency:
    """Hundredths for every code that Stripe says nothing special of."""
    return CURRENCIES.get(code, _HUNDREDTHS)


def is_price(cents: int, code: str) -> bool:
    """Free, or a charge that Stripe takes: at least its least one, in coins that there are."""
    currency = currency_of(code)
    return cents == 0 or (cents >= currency.least_cents and cents % currency.step_cents == 0)


def some_price(cents: int, code: str) -> int:
    """The nearest price above that the currency has, for a demo in any currency."""
    currency = currency_of(code)
    least = max(cents, currency.least_cents) if cents else 0
    return -(-least // currency.step_cents) * currency.step_cents


def plain(cents: int, code: str) -> str:
    """For other programs: "25.00", and "2500" where there is no smaller coin."""
    currency = currency_of(code)
    whole, fraction = divmod(cents, 10**currency.decimals)
    places = currency.shown_decimals
    return f"{whole}.{fraction:0{places}}" if places else str(whole)
