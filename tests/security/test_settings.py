"""A slip in the settings must not undo a defense."""

import base64
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from bashi.entry.cli import app
from bashi.entry.compose import compose
from bashi.entry.database import migrate
from bashi.entry.gateway_options import gateway_options
from bashi.entry.load import load_settings
from bashi.http.app import create_app
from bashi.http.gateway import Gateway
from bashi.http.root import Root
from bashi.sandbox.delivery import sign

PRODUCTION = {
    "BASHI_SECRET": "only the tests know this secret of theirs",
    "BASHI_TICKET_KEY": base64.b64encode(bytes(range(32))).decode(),
    "BASHI_PUBLIC_URL": "https://tickets.example.org",
    "BASHI_STRIPE_API_KEY": "sk_test_0000000000",
    "BASHI_MAIL_FROM": "Tickets <tickets@example.org>",
    "BASHI_SMTP_HOST": "127.0.0.1",
    "BASHI_SUPPORT_EMAIL": "help@example.org",
}
EVENT = {"id": "evt_1", "type": "x", "livemode": False, "created": 1, "data": {"object": {}}}


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {**PRODUCTION, "BASHI_DATA_DIR": str(tmp_path / "data")}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("secrets", [",", " , ", "  "])
def test_no_secret_between_the_commas_is_no_secret(secrets: str) -> None:
    refused = CliRunner().invoke(app, ["migrate"], env={"BASHI_STRIPE_WEBHOOK_SECRETS": secrets})
    assert refused.exit_code == 2
    assert "BASHI_STRIPE_WEBHOOK_SECRETS" in refused.output


@pytest.fixture
async def installation(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """The product as an operator sets it up, called from its own machine."""
    monkeypatch.setenv("BASHI_STRIPE_WEBHOOK_SECRETS", "whsec_one, whsec_two,")
    settings = load_settings()
    migrate(settings)
    composed = compose(settings)
    api = create_app(composed.ports, composed.metrics)
    api.state.metrics_token = settings.server.metrics_token.get_secret_value()
    api.state.cache = composed.shared.cache
    gateway = Gateway(Root(api, api, "", {}), gateway_options(settings), composed.metrics)
    transport = httpx.ASGITransport(gateway, client=("127.0.0.1", 40_000))
    async with httpx.AsyncClient(transport=transport, base_url="https://x") as caller:
        yield caller
    await composed.close()


@pytest.mark.parametrize(
    ("secret", "status"), [("", 400), ("whsec_one", 200), ("whsec_two", 200), ("whsec_3", 400)]
)
async def test_only_the_secrets_themselves_sign(
    installation: httpx.AsyncClient, secret: str, status: int
) -> None:
    body = json.dumps(EVENT).encode()
    headers = {"stripe-signature": sign(body, secret, int(time.time()))}
    answer = await installation.post("/webhooks/stripe", content=body, headers=headers)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(("header", "status"), [({}, 200), ({"x-forwarded-for": "10.0.0.9"}, 403)])
async def test_metrics_stay_inside_when_a_proxy_on_this_machine_asks(
    installation: httpx.AsyncClient, header: dict[str, str], status: int
) -> None:
    assert (await installation.get("/metrics", headers=header)).status_code == status


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASHI_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("BASHI_TRUSTED_PROXIES", "127.0.0.1/32,::/0"),
        ("BASHI_TICKET_KEYS_ACCEPTED", "abc"),
        ("BASHI_PUBLIC_URL", "https://tickets.example.org/?a=b"),
        ("BASHI_PUBLIC_URL", "https://user:word@tickets.example.org"),
        ("BASHI_RESEND_API_URL", "http://127.0.0.1:1"),
    ],
)
def test_settings_that_would_undo_a_defense_are_refused(name: str, value: str) -> None:
    changed = {"BASHI_STRIPE_WEBHOOK_SECRETS": "whsec_one", name: value}
    refused = CliRunner().invoke(app, ["migrate"], env=changed)
    assert refused.exit_code == 2
    assert name in refused.output
