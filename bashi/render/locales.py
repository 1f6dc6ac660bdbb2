"""Format dates, times and money in each language of emails and documents.

Times are UTC epoch milliseconds in, the event's own zone out. Bengali follows CLDR: Bengali digits,
lakh grouping, and the part of the day before a 12-hour time.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bashi.core.money import plain

LOCALES = ("en", "bn")

_BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "bn": "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার",
}
_BENGALI_DAY_PARTS = ((4, "রাত"), (6, "ভোর"), (12, "সকাল"), (15, "দুপুর"), (18, "বিকেল"), (20, "সন্ধ্যা"))
_ZONES = {
    "America/New_York": ("Eastern Time", "ইস্টার্ন সময়"),
    "America/Chicago": ("Central Time", "সেন্ট্রাল সময়"),
    "America/Denver": ("Mountain Time", "মাউন্টেন সময়"),
    "America/Los_Angeles": ("Pacific Time", "প্যাসিফিক সময়"),
    "Asia/Dhaka": ("Bangladesh Time", "বাংলাদেশ সময়"),
    "Asia/Kolkata": ("India Time", "ভারতীয় সময়"),
    "UTC": ("UTC", "ইউটিসি"),
}
_SIGNS = {"USD": "$", "CAD": "CA$", "AUD": "A$", "EUR": "€", "GBP": "£", "BDT": "৳", "INR": "₹"}
_LATE_NIGHT_HOUR = 6
"""An event that ends before this hour of the next day still belongs to its evening."""


def language(locale: str) -> str:
    """The language that we write for a person's locale; English when we lack it."""
    return locale if locale in LOCALES else "en"


def pick(locale: str, english: str, bengali: str) -> str:
    """The text in the person's language, or in the other one when it has not been written."""
    return (bengali or english) if locale == "bn" else (english or bengali)


def digits(text: str, locale: str) -> str:
    return text.translate(_BENGALI_DIGITS) if locale == "bn" else text


def money(amount_cents: int, currency: str, locale: str) -> str:
    """`money(2500, "USD", "en")` is "$25.00"; "$২৫.০০" in Bengali."""
    code = currency.upper()
    whole, point, fraction = plain(amount_cents, code).partition(".")
    sign = _SIGNS.get(code, f"{code}\N{NO-BREAK SPACE}")
    return sign + digits(_grouped(whole, locale) + point + fraction, locale)


def _grouped(whole: str, locale: str) -> str:
    if locale != "bn":
        return f"{int(whole):,}"
    head, tail = whole[:-3], whole[-3:]
    groups = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)]
    return ",".join([*reversed(groups), tail])


def local(at: int, time_zone: str) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(time_zone))


def date_words(at: int, time_zone: str, locale: str) -> str:
    """ "Saturday, December 5, 2026" or "শনিবার, ৫ ডিসেম্বর ২০২৬"."""
    moment = local(at, time_zone)
    weekday = _WEEKDAYS[locale].split()[moment.weekday()]
    month = _MONTHS[locale].split()[moment.month - 1]
    if locale == "bn":
        return digits(f"{weekday}, {moment.day} {month} {moment.year}", locale)
    return f"{weekday}, {month} {moment.day}, {moment.year}"


def time_words(at: int, time_zone: str, locale: str) -> str:
    """ "6:30 PM" or "সন্ধ্যা ৬:৩০"."""
    moment = local(at, time_zone)
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02}"
    if locale == "bn":
        part = next((word for end, word in _BENGALI_DAY_PARTS if moment.hour < end), "রাত")
        return f"{part} {digits(clock, locale)}"
    return f"{clock} {'AM' if moment.hour < 12 else 'PM'}"


def zone_words(time_zone: str, locale: str) -> str:
    """A zone as people call it: "Central Time"; unlisted ones go by their city, "Tokyo time"."""
    if names := _ZONES.get(time_zone):
        return names[locale == "bn"]
    city = time_zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city} সময়" if locale == "bn" else f"{city} time"


def span_words(starts_at: int, ends_at: int, time_zone: str, locale: str) -> tuple[str, str]:
    """Two lines: the day and its hours, or from when and till when; the second names the zone."""
    zone = zone_words(time_zone, locale)
    start_date = date_words(starts_at, time_zone, locale)
    start_time = time_words(starts_at, time_zone, locale)
    end_time = time_words(ends_at, time_zone, locale)
    if _one_evening(local(starts_at, time_zone), local(ends_at, time_zone)):
        return start_date, f"{start_time} – {end_time}, {zone}"
    end_date = date_words(ends_at, time_zone, locale)
    return f"{start_date}, {start_time} –", f"{end_date}, {end_time}, {zone}"


def _one_evening(start: datetime, end: datetime) -> bool:
    if start.date() == end.date():
        return True
    return end.date() - start.date() == timedelta(days=1) and end.hour < _LATE_NIGHT_HOUR
