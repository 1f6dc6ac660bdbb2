"""The sandbox by itself, for tests in which the product dies and Stripe lives on.

python -m bashi.sandbox --port 8801 --db stripe.db --webhook-url http://127.0.0.1:8000/webhooks/stripe
"""

import argparse
import asyncio
import contextlib
import os
import signal
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.routing import Mount

from bashi.core.payments.provider import HANDLED_EVENTS
from bashi.sandbox.app import Sandbox, sandbox_app

SECRET_KEY = "sk_test_sandbox"  # noqa: S105 -- opens nothing but this sandbox
WEBHOOK_SECRET = "whsec_sandbox"  # noqa: S105


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bashi.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8801)
    parser.add_argument("--db", type=Path, required=True, help="file that holds its books")
    parser.add_argument("--webhook-url", help="where events are delivered; nowhere without it")
    parser.add_argument("--organization", default="Sandbox")
    parser.add_argument("--events", nargs="*", default=HANDLED_EVENTS, metavar="TYPE")
    parser.add_argument(
        "--secret-key", default=os.environ.get("SANDBOX_SECRET_KEY", SECRET_KEY), metavar="KEY"
    )
    parser.add_argument(
        "--webhook-secret",
        default=os.environ.get("SANDBOX_WEBHOOK_SECRET", WEBHOOK_SECRET),
        metavar="SECRET",
    )
    return parser.parse_args()


async def serve(sandbox: Sandbox, port: int) -> None:
    """Until SIGINT or SIGTERM."""
    app = Starlette(routes=[Mount("/sandbox", sandbox)])
    server = Server(
        app, "127.0.0.1", port, interface=Interfaces.ASGINL, log_enabled=False, backlog=4096
    )
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    tasks = [
        asyncio.ensure_future(work) for work in (sandbox.run(), server.serve(), stopped.wait())
    ]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    server.stop()  # type: ignore[no-untyped-call]
    tasks[0].cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await tasks[0]
    await asyncio.wait(tasks[1:2], timeout=5)
    for task in done:
        task.result()


def main() -> None:
    given = arguments()
    sandbox = sandbox_app(
        database=given.db,
        secret_key=given.secret_key,
        webhook_secret=given.webhook_secret,
        webhook_url=given.webhook_url,
        public_url=f"http://localhost:{given.port}/sandbox",
        organization=given.organization,
        enabled_events=given.events,
    )
    try:
        asyncio.run(serve(sandbox, given.port))
    finally:
        sandbox.close()


if __name__ == "__main__":
    main()
