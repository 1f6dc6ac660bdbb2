"""Who runs the place, and what new events begin with."""

from collections.abc import Sequence
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from bashi.core.money import IN_THOUSANDTHS
from bashi.core.one_line import one_line
from bashi.entry.mail_address import address
from bashi.entry.setting_checks import check
from bashi.entry.setting_groups.group import Group, faults, refuse

TERMS_CHARS = 40


class Brand(Group):
    organization: str = Field(
        "OKLAHOMABASHI", alias="organization", description="Name on pages, emails and tickets."
    )
    support_email: str = Field(
        "",
        alias="support_email",
        description="Where people write when something went wrong.",
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
        check(f"BASHI_TIME_ZONE: {self.time_zone} is unknown", ZoneInfo, self.time_zone)
        words = "counts in thousandths, and prices here in hundredths; set another one"
        refuse((self.currency not in IN_THOUSANDTHS, f"BASHI_CURRENCY: {self.currency} {words}"))
        return self

    def production_faults(self) -> Sequence[str]:
        words = "BASHI_SUPPORT_EMAIL: set the address that people write to for help"
        return faults((self.support_email, words))
