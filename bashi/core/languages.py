"""The languages of this build: one line each. See CONTRIBUTING, "For example: a language"."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    tag: str
    """BCP 47, also the folder of its words and the first part of its pages' addresses."""
    name: str
    """As those who read it write it."""
    english: str
    cldr: str
    """Whose dates and numbers it uses."""
    territory: str
    """Where most of its readers are, for `og:locale` (ISO 3166)."""
    script: str
    """ISO 15924."""
    digits: str
    """CLDR's numbering system."""
    direction: str = "ltr"


LANGUAGES: Mapping[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "English", "English", "en", "US", "Latn", "latn"),
        Language("bn", "বাংলা", "Bangla", "bn_IN", "BD", "Beng", "beng"),
    )
}
AT_THE_ROOT = "en"
"""Its pages' addresses have no prefix, whichever language is the main one: links stay good."""


def prefix(locale: str) -> str:
    """What comes before a page's path: "" or "/bn"."""
    return "" if locale == AT_THE_ROOT or locale not in LANGUAGES else f"/{locale}"


def of_path(path: str) -> str:
    """The language of a page's path."""
    first = path.split("/", 2)[1:2]
    return next((tag for tag in LANGUAGES if tag != AT_THE_ROOT and [tag] == first), AT_THE_ROOT)
