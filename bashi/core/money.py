"""Money in minor units with its currency; never a float."""

from dataclasses import dataclass

# fmt: off
WITHOUT_CENTS = frozenset((
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA",
    "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
))
# fmt: on
"""https://docs.stripe.com/currencies#zero-decimal"""
IN_THOUSANDTHS = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))
"""https://docs.stripe.com/currencies#three-decimal"""


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


def plain(cents: int, currency: str) -> str:
    """For other programs: "25.00", and "2500" where the minor unit is the only one."""
    return str(cents) if currency in WITHOUT_CENTS else f"{cents // 100}.{cents % 100:02}"
