"""The Worker at the edge, with Stripe and Resend as servers beside it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
import pytest

from bashi.engines.system import SystemClock
from bashi.sandbox.__main__ import SECRET_KEY, WEBHOOK_SECRET
from tests.blackbox.installation import Email, Installation
from tests.edge.harness import Edge
from tests.support.client import PASSWORD, registration

ADMIN = ("admin@example.org", PASSWORD)


@contextmanager
def edge(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """The one that tests/edge uses too: it takes long to start."""
    running: Edge = request.getfixturevalue("edge")
    _make_admin(running)

    async def emails(to: str) -> Sequence[Email]:
        return [
            Email(sent.subject, sent.text, sent.attachments)
            for sent in reversed(running.outbox.to(to))
        ]

    yield Installation(
        engine="edge",
        site_url=running.base_url,
        base_urls=[running.base_url],
        stripe=running.stripe,
        stripe_key=SECRET_KEY,
        webhook_secret=WEBHOOK_SECRET,
        emails=emails,
        admin=ADMIN,
    )


def _make_admin(running: Edge) -> None:
    """As docs/run/cloudflare.md says: an account, then a statement in the database."""
    email, password = ADMIN
    form = registration(email, password=password)
    answer = httpx.post(f"{running.base_url}/api/auth/register", json=form, timeout=60)
    assert answer.status_code == 201, answer.text
    running.sql(
        "UPDATE person SET role = 'admin', verified_at = ? WHERE email = ?",
        SystemClock().now(),
        email,
    )
