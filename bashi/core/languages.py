"""The languages of this build: a line each. See CONTRIBUTING, "For example: a language"."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bashi.core.errors import Fault, InvalidFields


@dataclass(frozen=True, slots=True)
class Language:
    tag: str
    """BCP 47: the folder of its words, and the first part of its pages' addresses."""
    name: str
    """As those who read it write it."""
    english: str
    cldr: str
    """Whose dates and numbers it uses, in CLDR."""
    territory: str
    """Where most of its readers are, for `og:locale` (ISO 3166)."""
    script: str
    """ISO 15924."""
    digits: str
    """CLDR's numbering system."""
    payment_page: str = "auto"
    """Stripe's name for it; `auto` follows the browser, for what Stripe does not speak.
    Source: https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-locale"""
    direction: str = "ltr"

    @property
    def spoken(self) -> str:
        """Without its region or variant, as typesetters want it (ISO 639)."""
        return self.tag.partition("-")[0]

    @property
    def open_graph(self) -> str:
        """As `og:locale` has it: `bn_BD`."""
        return f"{self.spoken}_{self.territory}"


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "English", "English", "en", "US", "Latn", "latn", payment_page="en"),
        Language("bn", "বাংলা", "Bangla", "bn_IN", "BD", "Beng", "beng"),
    )
}
AT_THE_ROOT = "en"
"""Its pages' addresses have no prefix, whichever language is the main one: links stay good."""


def prefix(locale: str) -> str:
    """What comes before a page's path: "" or "/bn"."""
    return "" if locale == AT_THE_ROOT or locale not in LANGUAGES else f"/{locale}"


def spoken(locale: str, locales: Sequence[str]) -> str:
    """The language to write to somebody in: theirs, or the main one where it is switched off."""
    return locale if locale in locales else locales[0]


def check_locale(locale: str, locales: Collection[str]) -> None:
    """Raises InvalidFields."""
    faults = locale_faults(locale, locales)
    if faults:
        raise InvalidFields(faults)


def locale_faults(locale: str, locales: Collection[str]) -> Mapping[str, Fault]:
    if locale in locales:
        return {}
    return {"locale": Fault("unknown_language", f"Choose one of: {', '.join(locales)}.")}
