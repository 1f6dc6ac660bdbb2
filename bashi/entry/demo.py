"""The demo: own secrets, a sandbox Stripe and a mailbox page, on loopback only."""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from bashi.core.batch import Query
from bashi.core.orders.reconcile import PUT
from bashi.core.ports import Ports
from bashi.entry.database import place
from bashi.entry.settings import Settings
from bashi.sandbox import Sandbox, sandbox_app

MARKED = "mode"
MARK = Query("SELECT value FROM setting WHERE name = :name")

SECRETS_FILE = "demo-secrets.json"


def demo_environment(data_dir: Path, port: int) -> dict[str, Any]:
    """Settings that the demo makes for itself once and keeps in its data folder."""
    return {
        "public_url": f"http://localhost:{port}",
        "mail": "mailbox",
        "mail_from": "OKLAHOMABASHI <tickets@example.org>",
        "stripe_api_url": f"http://127.0.0.1:{port}/sandbox/stripe",
        **_secrets(data_dir),
    }


def _secrets(data_dir: Path) -> dict[str, str]:
    file = data_dir / SECRETS_FILE
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        made = {
            "secret": secrets.token_urlsafe(48),
            "ticket_key": base64.b64encode(secrets.token_bytes(32)).decode(),
            "stripe_api_key": f"sk_test_{secrets.token_hex(24)}",
            "stripe_webhook_secrets": f"whsec_{secrets.token_hex(24)}",
        }
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(made, out)
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return kept


async def check_mark(ports: Ports, settings: Settings) -> None:
    """A database belongs to the demo or to production for ever.

    Raises ValueError when production is given a demo's database, or the other way round.
    """
    rows = await ports.database.fetch(MARK(name=MARKED))
    mark = rows[0]["value"] if rows else None
    if mark is not None and mark != settings.mode:
        raise ValueError(
            f"{place(settings)} was made in {mark} mode, this is {settings.mode}: set"
            " BASHI_DATABASE_URL or BASHI_DATA_DIR to another one"
        )
    if mark is None:
        await ports.database.batch([PUT(name=MARKED, value=settings.mode.value)])


def make_sandbox(settings: Settings) -> Sandbox:
    base = settings.public_url.rstrip("/")
    return sandbox_app(
        database=settings.data_dir / "sandbox.sqlite",
        secret_key=settings.stripe_api_key.get_secret_value(),
        webhook_secret=settings.webhook_secrets()[0],
        webhook_url=f"http://127.0.0.1:{settings.port}/webhooks/stripe",
        public_url=f"{base}/sandbox",
        organisation=settings.organisation,
    )
