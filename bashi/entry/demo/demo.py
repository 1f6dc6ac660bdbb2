"""Demo mode: own secrets, the Stripe sandbox and a mailbox page, on loopback only."""

import base64
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from bashi.core.ports import Ports
from bashi.core.setting import GET, PUT
from bashi.entry.database import place
from bashi.entry.settings import Settings
from bashi.sandbox import Sandbox, sandbox_app

MARKED = "mode"

SECRETS_FILE = "demo-secrets.json"


def demo_environment(data_dir: Path, port: int | str) -> dict[str, Any]:
    """Settings that the demo makes for itself once and keeps in its data folder."""
    return {
        "public_url": f"http://localhost:{port}",
        "mail": "mailbox",
        "mail_from": "OKLAHOMABASHI <tickets@example.org>",
        "support_email": "hello@example.org",
        "names": {"bn": {"name": "ওকলাহোমাবাসী", "of": "ওকলাহোমাবাসীর", "at": "ওকলাহোমাবাসীতে"}},
        "stripe_api_url": f"http://127.0.0.1:{port}/sandbox/stripe",
        **_secrets(data_dir),
    }


def _secrets(data_dir: Path) -> dict[str, str]:
    file = data_dir / SECRETS_FILE
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        _offer(file, json.dumps(_new_secrets()))
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def _new_secrets() -> dict[str, str]:
    return {
        "secret": secrets.token_urlsafe(48),
        "ticket_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "stripe_api_key": f"sk_test_{secrets.token_hex(24)}",
        "stripe_webhook_secrets": f"whsec_{secrets.token_hex(24)}",
    }


def _offer(file: Path, text: str) -> None:
    """The first of several processes wins, and nobody reads half of it: a link is made whole or
    not at all."""
    with NamedTemporaryFile("w", dir=file.parent, prefix=file.name, encoding="utf-8") as draft:
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, file)


async def check_mark(ports: Ports, settings: Settings) -> None:
    """A database belongs to the demo or to production for ever.

    Raises ValueError when production is given a demo's database, or the other way round.
    """
    rows = await ports.database.fetch(GET(name=MARKED))
    mark = rows[0]["value"] if rows else None
    if mark is not None and mark != settings.mode:
        raise ValueError(
            f"{place(settings)} was made in {mark} mode, this is {settings.mode}: set"
            " BASHI_DATABASE_URL or BASHI_DATA_DIR to another one"
        )
    if mark is None:
        await ports.database.batch([PUT(name=MARKED, value=settings.mode.value)])


def make_sandbox(settings: Settings) -> Sandbox:
    base = settings.server.public_url.rstrip("/")
    return sandbox_app(
        database=settings.server.data_dir / "sandbox.sqlite",
        secret_key=settings.stripe.api_key.get_secret_value(),
        webhook_secret=settings.stripe.secrets()[0],
        webhook_url=f"http://127.0.0.1:{settings.server.port}/webhooks/stripe",
        public_url=f"{base}/sandbox",
        organization=settings.brand.organization,
    )
