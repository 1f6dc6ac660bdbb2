"""Headers survive their way over the wire, whatever Python folds them. Source: RFC 2047 §6.2."""

import base64
import quopri
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bashi.render.message import email_message
from tests.render.plain import plain

ENCODED = re.compile(r"=\?utf-8\?([bq])\?([^?]*)\?=", re.IGNORECASE)
SUBJECTS = [
    "বাতিল: পিঠা উৎসব ও নবান্ন মেলা ওকলাহোমা সিটি",
    "Your ticket: Café – “Noël” d’été à Québec, évènement spécial très très très long",
    "Your ticket: পহেলা বৈশাখ ১৪৩৩",
    "Your tickets: Bengali New Year",
    "টিকিট: a b c d e f g h ই i j k l m n o p q r s t u v w x y z",
]
ORGANIZATIONS = [
    "ওকলাহোমা বাঙালি সমিতি ও সাংস্কৃতিক পরিষদ, তুলসা এবং ওকলাহোমা সিটি",
    "Société des amis de la musique, Tulsa",
    "Bengali Association of Oklahoma, Inc.",
]


def decoded(field: str) -> str:
    """A field's value as RFC 2047 reads it: white space between encoded words is nothing."""
    unfolded = re.sub(r"\r\n(?=[ \t])", "", field)
    joined = re.sub(r"(\?=)[ \t]+(?==\?)", r"\1", unfolded)
    return ENCODED.sub(_word, joined).strip()


def _word(found: re.Match[str]) -> str:
    form, text = found.groups()
    if form.lower() == "b":
        return base64.b64decode(text).decode()
    return quopri.decodestring(text.encode(), header=True).decode()


def header(name: str, subject: str = "x", organization: str = "Us") -> str:
    sender = f'"{organization}" <tickets@example.org>'
    message = email_message(
        plain(subject), sender=sender, to="r@example.net", message_id="<1@x.org>", sent_at=0
    )
    head = message.as_bytes().partition(b"\r\n\r\n")[0].decode("ascii")
    assert max(map(len, head.split("\r\n"))) <= 78, head
    [field] = re.findall(rf"^{name}: ((?:[^\r\n]|\r\n[ \t])*)", head, re.MULTILINE)
    return decoded(field)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_keeps_its_spaces(subject: str) -> None:
    assert header("Subject", subject=subject) == subject


@pytest.mark.parametrize("name", ORGANIZATIONS)
def test_a_sender_keeps_its_name(name: str) -> None:
    shown, _, address = header("From", organization=name).rpartition(" ")
    assert (shown.strip('"'), address) == (name, "<tickets@example.org>")


WORDS = st.sampled_from(["পিঠা", "উৎসব", "ও", "Café", "in", "Tulsa", "–", "১৪৩৩"])


@given(st.lists(WORDS, min_size=1, max_size=14))
def test_any_subject_keeps_its_spaces(words: list[str]) -> None:
    subject = " ".join(words)
    assert header("Subject", subject=subject) == subject
