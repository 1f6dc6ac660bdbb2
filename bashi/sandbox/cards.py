"""Stripe's test cards that the sandbox knows. Source: https://docs.stripe.com/testing"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Card:
    number: str
    title: str
    decline_code: str | None = None
    message: str | None = None
    challenge: bool = False
    """Asks for a 3-D Secure step first."""
    refund: Literal["succeeded", "pending", "fails"] = "succeeded"
    """What becomes of a refund to it: at once, a little later, or failed a little later."""


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", "Pays"),
        Card(
            "4000000000000002",
            "Declined",
            decline_code="generic_decline",
            message="Your card was declined.",
        ),
        Card(
            "4000000000009995",
            "Insufficient funds",
            decline_code="insufficient_funds",
            message="Your card has insufficient funds.",
        ),
        Card("4000002500003155", "Asks for 3-D Secure", challenge=True),
        Card("4000000000007726", "Pays; a refund stays pending for a while", refund="pending"),
        Card("4000000000005126", "Pays; a refund fails later", refund="fails"),
    )
}
UNKNOWN = Card(
    "0000000000000000",
    "Unknown",
    decline_code="test_mode_live_card",
    message="Your card was declined. This is a test: use one of the test cards.",
)


def find(number: str) -> Card:
    """Blanks and dashes do not matter; a card that is not in the list is declined."""
    return CARDS.get("".join(character for character in number if character.isdigit()), UNKNOWN)
