import pytest

from bashi.core.text import Text
from bashi.render.locales import money, span_words, zone_words
from tests.render.facts import HOUR, STARTS_AT

CHICAGO = "America/Chicago"


@pytest.mark.parametrize(
    ("cents", "currency", "locale", "words"),
    [
        (2500, "USD", "en", "$25.00"),
        (5, "usd", "en", "$0.05"),
        (123_456_789, "USD", "en", "$1,234,567.89"),
        (2500, "USD", "bn", "$২৫.০০"),
        (1_234_567_800, "BDT", "bn", "৳১,২৩,৪৫,৬৭৮.০০"),
        (500, "JPY", "en", "¥500"),
        (500, "CHF", "en", "CHF\N{NO-BREAK SPACE}5.00"),
    ],
)
def test_money_reads_as_the_locale_writes_it(
    cents: int, currency: str, locale: str, words: str
) -> None:
    assert money(cents, currency, locale) == words


def test_an_event_is_told_in_its_own_zone_and_the_zone_is_named() -> None:
    assert span_words(STARTS_AT, STARTS_AT + 5 * HOUR, CHICAGO, "en") == (
        "Saturday, December 5, 2026",
        "5:30 PM – 10:30 PM, Central Time",
    )
    assert span_words(STARTS_AT, STARTS_AT + 5 * HOUR, CHICAGO, "bn") == (
        "শনিবার, ৫ ডিসেম্বর, ২০২৬",
        "বিকাল ৫:৩০ – রাত ১০:৩০, কেন্দ্রীয় সময়",
    )


def test_the_zone_decides_the_day() -> None:
    assert span_words(STARTS_AT, STARTS_AT + HOUR, "Asia/Dhaka", "en") == (
        "Sunday, December 6, 2026",
        "5:30 AM – 6:30 AM, Bangladesh Time",
    )


def test_a_party_past_midnight_keeps_its_day() -> None:
    day, hours = span_words(STARTS_AT, STARTS_AT + 8 * HOUR, CHICAGO, "en")
    assert day == "Saturday, December 5, 2026"
    assert hours == "5:30 PM – 1:30 AM, Central Time"


def test_an_event_of_several_days_says_from_when_till_when() -> None:
    assert span_words(STARTS_AT, STARTS_AT + 48 * HOUR, CHICAGO, "en") == (
        "Saturday, December 5, 2026, 5:30 PM –",
        "Monday, December 7, 2026, 5:30 PM, Central Time",
    )


@pytest.mark.parametrize(
    ("hours_later", "words"),
    [(0, "বিকাল ৫:৩০"), (1, "সন্ধ্যা ৬:৩০"), (6, "রাত ১১:৩০"), (7, "রাত ১২:৩০"), (11, "ভোর ৪:৩০")],
)
def test_bengali_names_the_part_of_the_day(hours_later: int, words: str) -> None:
    at = STARTS_AT + hours_later * HOUR
    assert span_words(at, at + HOUR // 4, CHICAGO, "bn")[1].startswith(words)


@pytest.mark.parametrize(
    ("zone", "english", "bangla"),
    [
        ("America/Argentina/Buenos_Aires", "Argentina Time", "আর্জেন্টিনা সময়"),
        ("US/Central", "Central Time", "কেন্দ্রীয় সময়"),
        ("Asia/Dhaka", "Bangladesh Time", "বাংলাদেশ সময়"),
        ("Asia/Calcutta", "India Standard Time", "ভারতীয় মানক সময়"),
        ("UTC", "UTC", "ইউটিসি"),
        ("Etc/GMT+5", "GMT+5 Time", "GMT+5 সময়"),
    ],
)
def test_a_zone_is_called_as_people_call_it(zone: str, english: str, bangla: str) -> None:
    assert (zone_words(zone, "en"), zone_words(zone, "bn")) == (english, bangla)


def test_a_text_that_lacks_one_language_is_shown_in_the_main_one() -> None:
    assert Text({"en": "Adult"}).pick("bn") == "Adult"
    assert Text({"en": "Adult"}).language("bn") == "en"
    assert Text({"bn": "প্রাপ্তবয়স্ক", "en": "Adult"}).pick("fr") == "প্রাপ্তবয়স্ক"
