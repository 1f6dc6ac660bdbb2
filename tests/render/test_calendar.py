from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from bashi.core.mail.emails import EventFacts
from bashi.core.text import Text
from bashi.render.calendar import event_calendar
from tests.render.facts import HOUR, ORGANIZATION, STARTS_AT, event


def entry(facts: EventFacts, locale: str = "en") -> tuple[Calendar, Any]:
    calendar = Calendar.from_ical(event_calendar(facts, locale, ORGANIZATION))
    assert isinstance(calendar, Calendar)
    return calendar, calendar.events[0]


def test_it_says_what_when_and_where() -> None:
    calendar, item = entry(event())
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(item["UID"]) == "01980000-0000-7000-8000-000000000001@example.org"
    assert item["SEQUENCE"] == 2
    assert str(item["STATUS"]) == "CONFIRMED"
    assert str(item["SUMMARY"]) == "Bengali New Year"
    assert str(item["LOCATION"]) == "Great Lawn, 300 SW 7th St, Oklahoma City"
    assert str(item["URL"]) == "https://example.org/events/new-year/"
    assert str(item["ORGANIZER"]) == "mailto:help@example.org"
    assert item["DTSTAMP"].dt == datetime.fromtimestamp(event().updated_at / 1000, UTC)


def test_times_name_the_event_s_zone_and_bring_its_rules() -> None:
    calendar, item = entry(event())
    assert item["DTSTART"].params["TZID"] == "America/Chicago"
    assert item.start.astimezone(UTC) == datetime.fromtimestamp(STARTS_AT / 1000, UTC)
    assert item.end.astimezone(UTC) == datetime.fromtimestamp(STARTS_AT / 1000 + 5 * 3600, UTC)
    assert [zone["TZID"] for zone in calendar.timezones] == ["America/Chicago"]


@pytest.mark.parametrize("day", range(0, 370, 5))
def test_its_own_zone_rules_agree_with_the_world_s(day: int) -> None:
    """What a calendar without a zone database would compute, all year round."""
    starts_at = STARTS_AT + day * 24 * HOUR
    calendar, item = entry(event(starts_at=starts_at, ends_at=starts_at + HOUR))
    zone = calendar.timezones[0].to_tz()
    naive = item["DTSTART"].dt.replace(tzinfo=None)
    assert naive.replace(tzinfo=zone).timestamp() * 1000 == starts_at


def test_a_canceled_event_takes_the_entry_out_and_outranks_what_was_sent() -> None:
    calendar, item = entry(event(canceled=True))
    assert str(calendar["METHOD"]) == "CANCEL"
    assert str(item["STATUS"]) == "CANCELLED"
    assert item["SEQUENCE"] > event().revision


def test_bengali_readers_get_their_title_and_page() -> None:
    _, item = entry(event(), "bn")
    assert str(item["SUMMARY"]) == "বাংলা নববর্ষ"
    assert str(item["URL"]) == "https://example.org/bn/events/new-year/"


def test_a_title_cannot_add_properties() -> None:
    raw = event_calendar(event(title=Text({"en": "A; b, c\r\nATTENDEE:x"})), "en", ORGANIZATION)
    assert b"\r\nATTENDEE" not in raw
    assert b"SUMMARY:A\\; b\\, c\\nATTENDEE:x\r\n" in raw


def test_lines_are_folded_at_75_bytes() -> None:
    raw = event_calendar(event(title=Text({"bn": "বাংলা নববর্ষ " * 9})), "bn", ORGANIZATION)
    assert max(map(len, raw.split(b"\r\n"))) <= 75


FALL_BACK = 1_793_518_200_000  # 2026-11-01T07:30Z: 1:30 in Chicago for the second time


@pytest.mark.parametrize("hours", [1, 6])
def test_an_end_in_the_hour_that_comes_twice_is_told_in_utc(hours: int) -> None:
    """A local time there means the first of both (RFC 5545 §3.3.5): an hour early, or no time."""
    facts = event(starts_at=FALL_BACK - hours * HOUR, ends_at=FALL_BACK)
    _, item = entry(facts)
    assert item["DTEND"].to_ical() == b"20261101T073000Z"
    assert item.start.timestamp() * 1000 == facts.starts_at
    assert item.end > item.start


def test_a_start_in_the_hour_that_comes_twice_is_told_in_utc() -> None:
    _, item = entry(event(starts_at=FALL_BACK, ends_at=FALL_BACK + HOUR))
    assert item["DTSTART"].to_ical() == b"20261101T073000Z"
    assert item.end.timestamp() * 1000 == FALL_BACK + HOUR
