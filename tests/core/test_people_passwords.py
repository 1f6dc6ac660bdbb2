from contextlib import suppress
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bashi.core.people
from bashi.core.errors import InvalidFields
from bashi.core.people import passwords
from bashi.core.people.rules import Person, Role
from tests.support.product import POLICY

PERSON = Person(
    id="0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e",
    email="mitali.sen@example.org",
    name="Mitali Sen",
    role=Role.USER,
    locale="en",
    verified_at=None,
    disabled_at=None,
    created_at=0,
)


def refusal(password: str, person: Person = PERSON) -> str:
    with pytest.raises(InvalidFields) as refused:
        passwords.accept(password, person, POLICY, "here")
    assert list(refused.value.fields) == ["here"]
    return refused.value.fields["here"].detail


@given(st.text())
def test_any_text_is_accepted_or_refused(password: str) -> None:
    with suppress(InvalidFields):
        chosen = passwords.accept(password, PERSON, POLICY, "here")
        assert 8 <= len(chosen) <= 128
        assert passwords.normal(chosen) == chosen == passwords.normal(password)


@pytest.mark.parametrize(("role", "least"), [("user", 8), ("volunteer", 15), ("admin", 15)])
def test_the_least_length_is_the_roles(role: str, least: int) -> None:
    person = replace(PERSON, role=Role(role))
    password = "abcdefghjkmnpqr"[: least - 1]
    assert str(least) in refusal(password, person)
    assert passwords.accept(f"{password}!", person, POLICY, "here") == f"{password}!"


def test_counts_code_points() -> None:
    assert passwords.accept("নদীর পাড়", PERSON, POLICY, "here")
    assert "128" in refusal("abcd" * 32 + "e")


@pytest.mark.parametrize(
    "password",
    ["PASSWORD", "trustno1", "!!trustno1!!", "1234567890", "Mitali.Sen", "mitali sen 1971",
     "MitaliSen!", "Oklahomabashi-2026", "mitali.sen@example.org", "zzzzzzzz", "ababababab"],
)  # fmt: skip
def test_easy_to_guess(password: str) -> None:
    assert "easy to guess" in refusal(password)


def test_a_name_without_letters_forbids_nothing() -> None:
    person = replace(PERSON, email="1971@example.org", name="...")
    assert passwords.accept("8402917365", person, POLICY, "here")


def test_the_list_is_in_the_form_that_is_compared() -> None:
    text = (files(bashi.core.people) / "common_passwords.txt").read_text(encoding="ascii")
    words = text.splitlines()
    assert len(words) == len(set(words)) == 10_000
    assert [word for word in words if len(word) < 8 or word != word.casefold().strip()] == []
