"""Who runs the place, and what new events begin with."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field, field_validator, model_validator

from bashi.core.languages import LANGUAGES
from bashi.core.money import currency_of
from bashi.core.one_line import one_line
from bashi.core.zones import known_zone
from bashi.entry.mail_address import address
from bashi.entry.setting_checks import check, listed
from bashi.entry.setting_groups.group import Group, faults, refuse

TERMS_CHARS = 40


def _language_faults(languages: Sequence[str]) -> Sequence[tuple[bool, str]]:
    words = f"BASHI_LANGUAGES: this build has {', '.join(LANGUAGES)}; set some of them, once each"
    return [
        (bool(languages) and set(languages) <= set(LANGUAGES), words),
        (len(set(languages)) == len(languages), words),
    ]


class Brand(Group):
    organization: str = Field(
        "OKLAHOMABASHI", alias="organization", description="Name on pages, emails and tickets."
    )
    support_email: str = Field(
        "",
        alias="support_email",
        description="Where people write when something went wrong.",
    )
    languages: tuple[str, ...] = Field(
        tuple(LANGUAGES),
        alias="languages",
        description="Languages of the build that are offered, comma-separated; the main one first.",
    )
    time_zone: str = Field(
        "America/Chicago", alias="time_zone", description="Time zone of new events."
    )
    currency: str = Field(
        "USD", alias="currency", pattern="^[A-Z]{3}$", description="Currency of new events."
    )
    terms_version: str = Field(
        "2026-11",
        alias="terms_version",
        min_length=1,
        max_length=TERMS_CHARS,
        description="Version of the terms that people consent to.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check("BASHI_ORGANIZATION: set a name of visible characters", one_line, self.organization)
        if self.support_email:
            words = "BASHI_SUPPORT_EMAIL: set one address, without a name"
            check(words, address, self.support_email)
        known = f"BASHI_TIME_ZONE: {self.time_zone} is unknown; set one such as America/Chicago"
        refuse((known_zone(self.time_zone), known), *_language_faults(self.languages))
        words = "counts in thousandths, and prices here in hundredths; set another one"
        refuse(
            (currency_of(self.currency).decimals < 3, f"BASHI_CURRENCY: {self.currency} {words}")
        )
        return self

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return listed(value)

    def production_faults(self) -> Sequence[str]:
        words = "BASHI_SUPPORT_EMAIL: set the address that people write to for help"
        return faults((self.support_email, words))
