"""Who runs the place, and what new events begin with."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from bashi.core.brand import (
    CONTRAST_OF_GRAPHICS,
    CONTRAST_OF_TEXT,
    Brand,
    Colors,
    Name,
    contrast,
)
from bashi.core.languages import LANGUAGES
from bashi.core.money import currency_of
from bashi.core.one_line import one_line
from bashi.core.zones import known_zone
from bashi.entry.mail_address import address
from bashi.entry.setting_checks import check, listed
from bashi.entry.setting_groups.group import Check, Group, faults, refuse

TERMS_CHARS = 40
HOME_PARTS = ("headline", "lead")


class NameIn(BaseModel):
    """`of` and `at`: as a sentence has the name, such as ওকলাহোমাবাসীর and ওকলাহোমাবাসীতে."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    of: str = ""
    at: str = ""


Color = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


def _contrast_faults(settings: "BrandSettings") -> Sequence[Check]:
    text = [
        (
            contrast(color, "#ffffff") >= CONTRAST_OF_TEXT,
            (
                f"BASHI_COLOR_{name}: white text on {color} has a contrast of"
                f" {contrast(color, '#ffffff'):.1f}; choose one with {CONTRAST_OF_TEXT} or more"
            ),
        )
        for name, color in (("MAIN", settings.color_main), ("DARK", settings.color_dark))
    ]
    marks = contrast(settings.color_accent, settings.color_dark)
    words = f"BASHI_COLOR_ACCENT: on BASHI_COLOR_DARK it has a contrast of {marks:.1f}; choose one"
    return [*text, (marks >= CONTRAST_OF_GRAPHICS, f"{words} with {CONTRAST_OF_GRAPHICS} or more")]


def _text_faults(settings: "BrandSettings") -> Sequence[Check]:
    tags = {*settings.names, *(tag for texts in settings.home.values() for tag in texts)}
    words = f"BASHI_NAMES and BASHI_HOME: this build has {', '.join(LANGUAGES)}"
    parts = f"BASHI_HOME: set {' or '.join(HOME_PARTS)}"
    return [(tags <= set(LANGUAGES), words), (set(settings.home) <= set(HOME_PARTS), parts)]


def _language_faults(languages: Sequence[str]) -> Sequence[Check]:
    words = f"BASHI_LANGUAGES: this build has {', '.join(LANGUAGES)}; set some of them, once each"
    return [
        (bool(languages) and set(languages) <= set(LANGUAGES), words),
        (len(set(languages)) == len(languages), words),
    ]


class BrandSettings(Group):
    organization: str = Field(
        "OKLAHOMABASHI", alias="organization", description="Name on pages, emails and tickets."
    )
    names: Mapping[str, NameIn] = Field(
        {},
        alias="names",
        description="Its name in other languages, as JSON, with the forms that sentences need.",
    )
    color_main: Color = Field(
        Colors().main, alias="color_main", description="Of buttons and links, under white text."
    )
    color_dark: Color = Field(
        Colors().dark, alias="color_dark", description="Of the top of each page, under white text."
    )
    color_accent: Color = Field(
        Colors().accent, alias="color_accent", description="Of lines and marks on the dark color."
    )
    home: Mapping[str, Mapping[str, str]] = Field(
        {}, alias="home", description="Texts of the home page by language, as JSON."
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
        refuse(*_contrast_faults(self), *_text_faults(self))
        words = "counts in thousandths, and prices here in hundredths; set another one"
        refuse(
            (currency_of(self.currency).decimals < 3, f"BASHI_CURRENCY: {self.currency} {words}")
        )
        return self

    def brand(self) -> Brand:
        main = Name(self.organization)
        others = {tag: Name(form.name, form.of, form.at) for tag, form in self.names.items()}
        names = {self.languages[0]: main} | others
        return Brand(names, Colors(self.color_main, self.color_dark, self.color_accent), self.home)

    @field_validator("names", "home", mode="before")
    @classmethod
    def _json(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value or "{}")
        except json.JSONDecodeError as error:
            name = str(info.field_name).upper()
            raise ValueError(f'BASHI_{name}: set JSON such as {{"bn": …}}') from error

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return listed(value)

    def production_faults(self) -> Sequence[str]:
        words = "BASHI_SUPPORT_EMAIL: set the address that people write to for help"
        return faults((self.support_email, words))
