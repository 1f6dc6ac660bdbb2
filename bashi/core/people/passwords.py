"""Rules for acceptable passwords. Pure, but for a list that is read once.

Source: NIST SP 800-63B-4 §3.1.1.2: length in code points after NFKC, a blocklist of common and of
context-specific words, no rules of composition.
"""

import string
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from bashi.core import limits
from bashi.core.errors import Fault, InvalidFields
from bashi.core.people.rules import STAFF, Person, Role
from bashi.core.ports import Policy

DIFFERENT_SIGNS_MIN = 4
"""Fewer ("aabbaabb") are among the first that a guesser tries, at any length."""

_SIGNS = string.punctuation + string.whitespace
_AROUND = _SIGNS + string.digits


def normal(password: str) -> str:
    """The one form that is hashed, however a keyboard composed its signs."""
    return unicodedata.normalize("NFKC", password)


def chars_min(role: Role, policy: Policy) -> int:
    return policy.password_min_staff if role in STAFF else policy.password_min_user


def accept(password: str, person: Person, policy: Policy, field: str) -> str:
    """The password's normal form. Raises InvalidFields naming `field`."""
    chosen = normal(password)
    least = chars_min(person.role, policy)
    own_words = (person.email, person.email.partition("@")[0], person.name, policy.organization)
    if len(chosen) < least:
        words = f"Please use at least {least} characters."
        raise InvalidFields({field: Fault("password_short", words, least=least)})
    if len(chosen) > limits.PASSWORD_CHARS:
        most = limits.PASSWORD_CHARS
        words = f"Please use at most {most} characters."
        raise InvalidFields({field: Fault("too_long", words, most=most)})
    if _easy(chosen.casefold(), own_words):
        words = "This password is easy to guess. Please choose another."
        raise InvalidFields({field: Fault("password_easy", words)})
    return chosen


def _easy(folded: str, own_words: Iterable[str]) -> bool:
    words = {_bare(word.casefold()) for word in own_words} - {""}
    return (
        len(set(folded)) < DIFFERENT_SIGNS_MIN
        or not _common().isdisjoint((folded, folded.strip(_SIGNS), folded.strip(_AROUND)))
        or _bare(folded) in words
    )


def _bare(word: str) -> str:
    """Without spaces, and without the digits and signs that people add at the ends."""
    return "".join(word.split()).strip(_AROUND)


@cache
def _common() -> frozenset[str]:
    """The commonest passwords of 8 characters or more, lower-cased. Origin: see NOTICE."""
    text = (files(__package__) / "common_passwords.txt").read_text(encoding="ascii")
    return frozenset(text.split())
