"""The `bashi` command in this process, as an operator calls it."""

import base64

from typer.testing import CliRunner, Result

from bashi.entry import cli

PRODUCTION = {
    "BASHI_SECRET": "s" * 40,
    "BASHI_TICKET_KEY": base64.b64encode(bytes(32)).decode(),
    "BASHI_PUBLIC_URL": "https://tickets.example.org",
    "BASHI_STRIPE_API_KEY": "sk_test_0000000000",
    "BASHI_STRIPE_WEBHOOK_SECRETS": "whsec_0000000000",
    "BASHI_MAIL_FROM": "Tickets <tickets@example.org>",
    "BASHI_SMTP_HOST": "127.0.0.1",
    "BASHI_SUPPORT_EMAIL": "help@example.org",
}


def bashi(*words: str, **environment: str | None) -> Result:
    return CliRunner().invoke(cli.app, words, env=environment)


def production(*words: str, **changes: str | None) -> Result:
    return bashi(*words, **(PRODUCTION | changes))
