"""All that the suite knows of a product that runs somewhere."""

import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle

from tests.support.stripe_process import StripeAt


@dataclass(frozen=True)
class Email:
    subject: str
    text: str
    files: Mapping[str, bytes]
    """Attachments by their names."""


Emails = Callable[[str], Awaitable[Sequence[Email]]]
"""The address they went to → the emails that came there, newest first."""


@dataclass
class Installation:
    engine: str
    """A column of docs/engines.md."""
    site_url: str
    """What people type, without a path; the links of emails begin with it."""
    base_urls: Sequence[str]
    """Where its processes answer: requests are spread over all of them."""
    stripe: StripeAt
    stripe_key: str
    webhook_secret: str
    emails: Emails
    admin: tuple[str, str]
    """Address and password of somebody who may do everything."""
    address_header: str = "x-forwarded-for"
    """In which a caller's address is believed."""
    admin_token: str = ""
    """Of the first sign-in; signing in is limited."""
    addresses: Iterator[int] = field(default_factory=lambda: count(random.randrange(1 << 16)))
    turns: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.turns = cycle(self.base_urls)

    def new_address(self) -> str:
        number = next(self.addresses)
        return f"100.64.{number >> 8 & 255}.{number & 255}"
