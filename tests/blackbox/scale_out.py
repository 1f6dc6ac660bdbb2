"""Two processes on a real PostgreSQL and a real Valkey, with Stripe in a process of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.blackbox.embedded import served
from tests.blackbox.installation import Installation
from tests.support.postgres import some_postgres
from tests.support.server import Server, free_port, running
from tests.support.stripe_process import running_stripe
from tests.support.valkey import valkey_url


@contextmanager
def scale_out(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """Webhooks go to the second; people believe that they talk to the first."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("scale-out")
    first, second = free_port(), free_port()
    hook = f"http://localhost:{second}/webhooks/stripe"
    with (
        some_postgres(free_port()) as postgres,
        valkey_url() as valkey,
        running_stripe(folder, free_port(), hook) as stripe,
        ExitStack() as stack,
    ):
        settings = stripe.settings | {
            "BASHI_PUBLIC_URL": f"http://localhost:{first}",
            "BASHI_DATABASE_URL": postgres.database(),
            "BASHI_VALKEY_URL": valkey,
        }
        servers = [Server(folder / "data", port, settings) for port in (first, second)]
        for server in servers:
            stack.enter_context(running(server))
        yield served("scale-out", servers, stripe)
