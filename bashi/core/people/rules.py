"""People: rules for names, addresses and roles. Pure."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bashi.core import limits
from bashi.core.errors import InvalidFields


class Role(StrEnum):
    USER = "user"
    VOLUNTEER = "volunteer"
    ADMIN = "admin"


STAFF = (Role.VOLUNTEER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    email: str
    name: str
    role: Role
    locale: str
    verified_at: int | None
    disabled_at: int | None
    created_at: int

    @property
    def verified(self) -> bool:
        return self.verified_at is not None


def fold_email(email: str) -> str:
    """The form in which addresses are stored and compared; its shape was checked at the door."""
    return email.strip().lower()


def clean_name(name: str) -> str:
    """One line without surrounding or repeated spaces, composed (NFC); may come out empty."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def check_profile(person: Person, locales: tuple[str, ...]) -> None:
    """Raises InvalidFields for a name or a locale that can't be stored."""
    faults = {}
    if not person.name:
        faults["name"] = "Please tell us your name."
    elif len(person.name) > limits.NAME_CHARS:
        faults["name"] = f"Please use at most {limits.NAME_CHARS} characters."
    elif any(unicodedata.category(sign) == "Cc" for sign in person.name):
        faults["name"] = "Please leave out control characters."
    if person.locale not in locales:
        faults["locale"] = f"Choose one of: {', '.join(locales)}."
    if faults:
        raise InvalidFields(faults)
