import io
import re
from html.parser import HTMLParser

import pypdfium2
import pytest
from icalendar import Calendar

from bashi.core.mail.emails import Email, OrderRefunded, VerifyEmail, Welcome
from bashi.core.text import Text
from bashi.render.emails import render_email
from tests.render.facts import (
    ORDER_URL,
    ORGANIZATION,
    event,
    event_canceled,
    event_moved,
    one_of_each,
    ticket,
    tickets_ready,
)

EACH = [
    pytest.param(email, locale, id=f"{type(email).__name__}-{locale}")
    for email in one_of_each()
    for locale in ("en", "bn")
]
BENGALI = re.compile(r"[\u0980-\u09ff]")
VOID = {"meta", "br"}


class Outline(HTMLParser):
    """Fails on markup that does not nest; collects tags, links and visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.language: str | None = None
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        if tag == "a":
            self.links.append(values["href"] or "")
        if tag == "html":
            self.language = values["lang"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(("email", "locale"), EACH)
def test_each_kind_is_whole_in_each_language(email: Email, locale: str) -> None:
    rendered = render_email(email, locale, ORGANIZATION)
    outline = Outline(rendered.html)
    assert outline.language == locale
    assert not outline.tags & {"table", "script", "img", "link", "iframe", "form"}
    assert bool(BENGALI.search(rendered.subject)) == (locale == "bn")
    assert 5 < len(rendered.subject) <= 90
    assert rendered.text.endswith("\n")
    assert "<" not in rendered.text
    assert "&amp;" not in rendered.text
    assert "&lt;" not in rendered.html
    for form in (rendered.text, outline.text):
        assert "Rina" in form
        assert "help@example.org" in form
        assert "Undefined" not in form
        assert "{{" not in form
    words = re.sub(r"https?://\S+|\S+@\S+", "", rendered.text)
    assert len(BENGALI.findall(words)) > 60 if locale == "bn" else len(words) > 100


@pytest.mark.parametrize(("email", "locale"), EACH)
def test_text_and_html_say_the_same(email: Email, locale: str) -> None:
    """Every sentence of one stands in the other, apart from the frame."""
    rendered = render_email(email, locale, ORGANIZATION)
    outline = Outline(rendered.html)
    html = " ".join(outline.text.split())
    for line in rendered.text.split("\n-- \n")[0].splitlines():
        part = re.sub(r"^[0-9০-৯]+\. |:$|: https\S+$", "", line.strip())
        if part.startswith("https://"):
            assert part in outline.links
        else:
            assert part in html
    assert set(re.findall(r"https://\S+", rendered.text)) == set(outline.links)


def test_tickets_come_with_the_pdf_and_the_calendar() -> None:
    rendered = render_email(tickets_ready(), "en", ORGANIZATION)
    pdf, calendar = rendered.attachments
    assert (pdf.filename, pdf.content_type) == ("tickets-OB-7K2M9.pdf", "application/pdf")
    assert len(pypdfium2.PdfDocument(io.BytesIO(pdf.content))) == 2
    assert calendar.filename == "event.ics"
    assert calendar.content_type == "text/calendar; charset=utf-8; method=PUBLISH"
    assert "paid $50.00" in rendered.text
    assert "Full refund until 7 days before." in rendered.text
    assert rendered.subject == "Your tickets: Bengali New Year"
    assert ticket(1).link in rendered.text
    assert ORDER_URL in rendered.text


def test_one_free_ticket_is_one_and_costs_nothing() -> None:
    email = tickets_ready(
        tickets=[ticket()],
        total_cents=0,
        refund_policy=Text({"bn": "৭ দিন আগে পর্যন্ত পুরো টাকা ফেরত।"}),
    )
    rendered = render_email(email, "en", ORGANIZATION)
    assert rendered.subject == "Your ticket: Bengali New Year"
    assert "$" not in rendered.text
    # The policy exists in Bengali only, and is better read there than not at all.
    assert "পুরো টাকা ফেরত" in rendered.text


def test_a_moved_event_shows_now_and_before_and_updates_the_calendar() -> None:
    rendered = render_email(event_moved(), "en", ORGANIZATION)
    now, before = rendered.text.split("No longer:")
    assert "Saturday, December 5, 2026" in now
    assert "New Hall" in now
    assert "Friday, December 4, 2026" in before
    assert "Great Lawn" in before
    item = Calendar.from_ical(rendered.attachments[0].content)
    assert b"SEQUENCE:3" in item.to_ical()


def test_only_what_changed_is_called_old() -> None:
    same_time = event_moved(previous_starts_at=event().starts_at, previous_ends_at=event().ends_at)
    rendered = render_email(same_time, "en", ORGANIZATION)
    assert rendered.text.count("December 5") == 1
    assert rendered.text.count("Great Lawn") == 1


def test_a_canceled_event_leaves_the_calendar_and_tells_of_the_money() -> None:
    rendered = render_email(event_canceled(), "en", ORGANIZATION)
    assert "all of the $50.00" in rendered.text
    assert rendered.attachments[0].content_type.endswith("method=CANCEL")
    assert b"STATUS:CANCELLED" in rendered.attachments[0].content


def test_a_canceled_free_event_speaks_of_no_money() -> None:
    rendered = render_email(event_canceled(refund_cents=0), "en", ORGANIZATION)
    assert "$" not in rendered.text
    assert "no longer valid" in rendered.text


def test_a_refund_names_the_void_tickets() -> None:
    email = OrderRefunded("Rina", "OB-1", ORDER_URL, event(), 2500, "USD", ["Asha", "Bina"])
    text = render_email(email, "en", ORGANIZATION).text
    assert "We have sent $25.00" in text
    assert "Asha" in text
    partial = OrderRefunded("Rina", "OB-1", ORDER_URL, event(), 2500, "USD", [])
    assert "no longer valid" not in render_email(partial, "en", ORGANIZATION).text


def test_what_people_typed_is_text_in_html() -> None:
    hostile = '<img src=x onerror="alert(1)">'
    email = tickets_ready(
        tickets=[ticket(attendee=hostile)], event=event(title=Text({"en": hostile}), venue=hostile)
    )
    html = render_email(email, "en", ORGANIZATION).html
    assert "<img" not in html
    assert "&lt;img" in html


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\x0b", "\u2028"])
def test_a_title_cannot_add_headers(break_: str) -> None:
    email = tickets_ready(event=event(title=Text({"en": f"Party{break_}Bcc: all@example.org"})))
    subject = render_email(email, "en", ORGANIZATION).subject
    assert subject == "Your tickets: Party Bcc: all@example.org"


def test_a_long_title_keeps_the_subject_short() -> None:
    subject = render_email(
        tickets_ready(event=event(title=Text({"en": "Celebration " * 10}))), "en", ORGANIZATION
    ).subject
    assert len(subject) <= 90
    assert subject.endswith("…")


@pytest.mark.parametrize(
    "name", ["http://evil.org", "win at evil.org", "me@evil.org", "evil.org/x", "<b>x</b>"]
)
def test_a_name_that_mail_programs_would_link_is_not_greeted(name: str) -> None:
    rendered = render_email(VerifyEmail(name, "https://example.org/verify/#T"), "en", ORGANIZATION)
    assert rendered.text.startswith("Hello,\n")
    assert "evil" not in rendered.html


@pytest.mark.parametrize(
    "name", ["M. K. Rahman", "Dr. Anne-Marie O’Neil", "সুমিত্রা দেবী", "J.R. Roy"]
)
def test_ordinary_names_are_greeted(name: str) -> None:
    rendered = render_email(Welcome(name, "https://example.org/verify/#T"), "en", ORGANIZATION)
    assert rendered.text.startswith(f"Hello {name},\n")


def test_a_language_that_we_do_not_write_reads_english() -> None:
    email = Welcome("Rina", "https://example.org/verify/#T")
    assert render_email(email, "fr", ORGANIZATION) == render_email(email, "en", ORGANIZATION)
