"""Secrets of our own: what signs sign-ins, links and tickets."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from bashi.entry.setting_checks import check, key_bytes, listed, long_enough
from bashi.entry.setting_groups.group import Group, faults, refuse


class Keys(Group):
    secret: SecretStr = Field(
        SecretStr(""),
        alias="secret",
        description="Signs sign-ins and mailed links; 32 characters or more.",
    )
    previous: SecretStr = Field(
        SecretStr(""),
        alias="secret_previous",
        description="The secret before, accepted while it is being rotated.",
    )
    ticket_key: SecretStr = Field(
        SecretStr(""),
        alias="ticket_key",
        description="Ed25519 private key of tickets, 32 bytes in base64.",
    )
    accepted: tuple[str, ...] = Field(
        (),
        alias="ticket_keys_accepted",
        description="Public keys (base64) of tickets signed before, comma-separated.",
    )

    @field_validator("accepted", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return listed(value)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check("BASHI_TICKET_KEYS_ACCEPTED: 32 bytes each, in base64", self.accepted_ticket_keys)
        if self.secret.get_secret_value():
            long_enough("BASHI_SECRET", self.secret)
        if self.ticket_key.get_secret_value():
            check("BASHI_TICKET_KEY must be 32 bytes in base64", self.ticket_key_bytes)
        if self.previous.get_secret_value():
            long_enough("BASHI_SECRET_PREVIOUS", self.previous)
            words = "BASHI_SECRET_PREVIOUS: the same as BASHI_SECRET; set the one before, or none"
            refuse((self.previous != self.secret, words))
        return self

    def production_faults(self) -> Sequence[str]:
        return faults(
            (
                self.secret.get_secret_value(),
                "BASHI_SECRET: set 32 random characters or more (`bashi keys`)",
            ),
            (self.ticket_key.get_secret_value(), "BASHI_TICKET_KEY: set one (`bashi keys`)"),
        )

    def secrets(self) -> list[str]:
        """The first one signs."""
        found = (self.secret.get_secret_value(), self.previous.get_secret_value())
        return [secret for secret in found if secret]

    def ticket_key_bytes(self) -> bytes:
        return key_bytes(self.ticket_key.get_secret_value())

    def accepted_ticket_keys(self) -> list[bytes]:
        return [key_bytes(text) for text in self.accepted]
