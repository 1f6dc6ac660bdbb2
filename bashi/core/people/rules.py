"""People: rules for names, addresses and roles. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bashi.core import limits
from bashi.core.errors import Fault, InvalidFields
from bashi.core.languages import locale_faults
from bashi.core.one_line import Unreadable, one_line


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
    """One line of visible characters. Raises InvalidFields."""
    try:
        return one_line(name)
    except Unreadable as error:
        missing = Fault("missing", "Please tell us your name.")
        fault = Fault(error.code, str(error)) if name.strip() else missing
        raise InvalidFields({"name": fault}) from error


def check_profile(person: Person, locales: tuple[str, ...]) -> None:
    """Raises InvalidFields for a name or a locale that can't be stored."""
    faults: dict[str, Fault] = {}
    if len(person.name) > limits.NAME_CHARS:
        most = limits.NAME_CHARS
        faults["name"] = Fault("too_long", f"Please use at most {most} characters.", most=most)
    faults |= locale_faults(person.locale, locales)
    if faults:
        raise InvalidFields(faults)
