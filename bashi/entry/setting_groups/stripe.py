"""The account at Stripe."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field, SecretStr, model_validator

from bashi.entry.setting_groups.group import Group, faults, refuse

SECRET_KEYS = ("sk_", "rk_")
LIVE_KEYS = ("sk_live_", "rk_live_")


class Stripe(Group):
    api_key: SecretStr = Field(
        SecretStr(""),
        alias="stripe_api_key",
        description="Stripe's secret key, `sk_…` or `rk_…`.",
    )
    webhook_secrets: SecretStr = Field(
        SecretStr(""),
        alias="stripe_webhook_secrets",
        description="Signing secrets of the webhook, `whsec_…`, comma-separated.",
    )
    api_url: str = Field(
        "https://api.stripe.com", alias="stripe_api_url", description="Where Stripe answers."
    )
    sessions_per_second: int = Field(
        0,
        alias="stripe_sessions_per_second",
        ge=0,
        le=1000,
        description="Payment pages opened a second; 0: 20 test, 80 live.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        key = self.key
        refuse(
            (
                not key.startswith("pk_"),
                "BASHI_STRIPE_API_KEY: this is the publishable key; set the secret one (sk_…)",
            ),
            (
                not key or key.startswith(("pk_", *SECRET_KEYS)),
                "BASHI_STRIPE_API_KEY: set a secret key (sk_…) or a restricted one (rk_…)",
            ),
            (
                all(secret.startswith("whsec_") for secret in self.secrets()),
                "BASHI_STRIPE_WEBHOOK_SECRETS: copy the webhook's signing secret; it begins whsec_",
            ),
        )
        return self

    def production_faults(self) -> Sequence[str]:
        return faults(
            (self.key, "BASHI_STRIPE_API_KEY: set Stripe's secret key"),
            (self.secrets(), "BASHI_STRIPE_WEBHOOK_SECRETS: set the webhook's signing secret"),
            (self.api_url.startswith("https://"), "BASHI_STRIPE_API_URL: must be https"),
        )

    def demo_faults(self) -> Sequence[str]:
        words = "BASHI_STRIPE_API_KEY: a live key in the demo; set a test key, or none"
        return faults((not self.is_live, words))

    @property
    def key(self) -> str:
        return self.api_key.get_secret_value()

    @property
    def is_live(self) -> bool:
        """Cards are charged."""
        return self.key.startswith(LIVE_KEYS)

    def secrets(self) -> list[str]:
        """Never an empty one, with which everybody could sign."""
        parts = self.webhook_secrets.get_secret_value().split(",")
        return [part.strip() for part in parts if part.strip()]
