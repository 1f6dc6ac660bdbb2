"""Money in minor units with its currency; never a float."""

from dataclasses import dataclass


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
