"""One process on a machine: `bashi serve`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from bashi.entry.demo.data import PASSWORD as DEMO_PASSWORD
from bashi.sandbox.__main__ import SECRET_KEY, WEBHOOK_SECRET
from tests.blackbox.installation import Email, Installation
from tests.support.server import Server, running_server
from tests.support.stripe_process import StripeAt

ADMIN = ("admin@example.org", DEMO_PASSWORD)


@contextmanager
def embedded(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """`bashi serve` alone, with the demo's own Stripe inside."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("embedded")
    keys = {"BASHI_STRIPE_API_KEY": SECRET_KEY, "BASHI_STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET}
    with running_server(folder, **keys) as server:
        stripe = StripeAt(f"{server.url}/sandbox")
        yield served("embedded", [server], stripe)


def served(engine: str, servers: Sequence[Server], stripe: StripeAt) -> Installation:
    """Processes of `bashi serve` in demo mode that share a folder, hence a mailbox too."""

    async def emails(to: str) -> Sequence[Email]:
        return [
            Email(
                stored.summary.subject,
                stored.text,
                {file.filename: file.content for file in stored.attachments},
            )
            for stored in await servers[0].emails(to)
        ]

    return Installation(
        engine=engine,
        site_url=servers[0].url,
        base_urls=[server.url for server in servers],
        stripe=stripe,
        stripe_key=SECRET_KEY,
        webhook_secret=WEBHOOK_SECRET,
        emails=emails,
        admin=ADMIN,
    )
