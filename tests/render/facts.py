"""Emails and their facts, as a use case would build them; each argument may be replaced."""

from typing import Any

from bashi.core.brand import Brand, Name
from bashi.core.mail.emails import (
    Email,
    EmailChanged,
    EventCanceled,
    EventFacts,
    EventMoved,
    LoginLink,
    OrderRefunded,
    Organization,
    PasswordChanged,
    PasswordGuessed,
    PaymentReturned,
    ResetPassword,
    TicketFacts,
    TicketsReady,
    VerifyEmail,
    Welcome,
)
from bashi.core.text import Text

ORGANIZATION = Organization(
    Brand({"en": Name("Oklahomabashi")}), "https://example.org", "help@example.org"
)
STARTS_AT = 1_796_513_400_000  # 5 December 2026, 17:30 in Oklahoma
HOUR = 3_600_000
ORDER_URL = "https://example.org/order/#0198.KEY"


def event(**changes: Any) -> EventFacts:
    facts: dict[str, Any] = {
        "id": "01980000-0000-7000-8000-000000000001",
        "slug": "new-year",
        "title": Text({"en": "Bengali New Year", "bn": "বাংলা নববর্ষ"}),
        "starts_at": STARTS_AT,
        "ends_at": STARTS_AT + 5 * HOUR,
        "time_zone": "America/Chicago",
        "venue": "Great Lawn",
        "address": "300 SW 7th St, Oklahoma City",
        "cover": None,
        "updated_at": STARTS_AT - 9_000 * HOUR,
        "revision": 2,
        "canceled": False,
    }
    return EventFacts(**(facts | changes))


def ticket(position: int = 1, **changes: Any) -> TicketFacts:
    identity = f"01980000-0000-7000-8000-{position:012}"
    facts: dict[str, Any] = {
        "id": identity,
        "position": position,
        "attendee": "Rina Chowdhury",
        "type_name": Text({"en": "Adult", "bn": "প্রাপ্তবয়স্ক"}),
        "price_cents": 2500,
        "link": f"https://example.org/t/#2{'0123456789' * 20}{position:07}",
        "typed_code": "K7M2Q9XRTB",
    }
    return TicketFacts(**(facts | changes))


def tickets_ready(**changes: Any) -> TicketsReady:
    facts: dict[str, Any] = {
        "name": "Rina",
        "order_number": "OB-7K2M9",
        "order_url": ORDER_URL,
        "event": event(),
        "tickets": [ticket(1), ticket(2, attendee="ক্ষিতীশ ভট্টাচার্য্য")],
        "total_cents": 5000,
        "currency": "USD",
        "refund_policy": Text(
            {"en": "Full refund until 7 days before.", "bn": "৭ দিন আগে পর্যন্ত পুরো টাকা ফেরত।"}
        ),
    }
    return TicketsReady(**(facts | changes))


def event_moved(**changes: Any) -> EventMoved:
    facts: dict[str, Any] = {
        "name": "Rina",
        "order_number": "OB-7K2M9",
        "order_url": ORDER_URL,
        "event": event(revision=3, venue="New Hall"),
        "previous_starts_at": STARTS_AT - 24 * HOUR,
        "previous_ends_at": STARTS_AT - 19 * HOUR,
        "previous_time_zone": "America/Chicago",
        "previous_venue": "Great Lawn",
        "previous_address": "300 SW 7th St, Oklahoma City",
    }
    return EventMoved(**(facts | changes))


def event_canceled(**changes: Any) -> EventCanceled:
    facts: dict[str, Any] = {
        "name": "Rina",
        "order_number": "OB-7K2M9",
        "order_url": ORDER_URL,
        "event": event(),
        "refund_cents": 5000,
        "currency": "USD",
    }
    return EventCanceled(**(facts | changes))


def one_of_each() -> list[Email]:
    url = "https://example.org/verify/#TOKEN"
    return [
        Welcome("Rina", url),
        VerifyEmail("Rina", url),
        ResetPassword("Rina", "https://example.org/reset/#TOKEN"),
        PasswordChanged("Rina"),
        LoginLink("Rina", "https://example.org/login-link/#TOKEN"),
        PasswordGuessed("Rina"),
        EmailChanged("Rina", "new@example.org"),
        tickets_ready(),
        OrderRefunded("Rina", "OB-7K2M9", ORDER_URL, event(), 2500, "USD", ["Rina", "Asha"]),
        PaymentReturned("Rina", "OB-7K2M9", event(), 2500, "USD"),
        event_canceled(),
        event_moved(),
    ]
