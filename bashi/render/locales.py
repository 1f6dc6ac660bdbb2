"""Write dates, times and money as a language does, by CLDR as `tools/cldr.py` cut it.

Times are UTC epoch milliseconds in, the event's own zone out. A locale is one of `LANGUAGES`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bashi.core.money import plain

_FIELD = re.compile(r"'([^']*)'|EEEE|MMMM|mm|[dyhaB]")
"""Of CLDR's date patterns (UTS #35, part 4); what stands between quotes is literal."""
_UTC = ("UTC", "Etc/UTC")
_LATE_NIGHT_HOUR = 6
"""An event that ends before this hour of the next day still belongs to its evening."""


@dataclass(frozen=True, slots=True)
class _Locale:
    months: Sequence[str]
    weekdays: Sequence[str]
    """From Monday."""
    date: str
    time: str
    day_parts: Sequence[tuple[int, str]]
    """From which hour on, and what it is called."""
    grouping: tuple[int, int]
    """Digits of the last group, and of those before it."""
    money: str
    digits: str
    city_zone: str
    utc: str
    zone_names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Cldr:
    zones: Mapping[str, str]
    signs: Mapping[str, str]
    languages: Mapping[str, _Locale]


@cache
def _cldr() -> _Cldr:
    cut = json.loads(files("bashi.render").joinpath("cldr.json").read_text("utf-8"))
    languages = {tag: _Locale(**facts) for tag, facts in cut["languages"].items()}
    return _Cldr(cut["zones"], cut["signs"], languages)


def digits(text: str, locale: str) -> str:
    """ASCII digits as the language writes them."""
    return text.translate(dict(zip(range(ord("0"), ord("9") + 1), _of(locale).digits, strict=True)))


def money(amount_cents: int, currency: str, locale: str) -> str:
    """`money(2500, "USD", "en")` is "$25.00"; "$২৫.০০" in Bangla."""
    code, facts = currency.upper(), _of(locale)
    whole, point, fraction = plain(amount_cents, code).partition(".")
    sign = _cldr().signs.get(code, f"{code}\N{NO-BREAK SPACE}")
    return facts.money.format(
        sign, digits(_grouped(whole, *facts.grouping) + point + fraction, locale)
    )


def _grouped(whole: str, last: int, others: int) -> str:
    head, tail = whole[:-last], whole[-last:]
    groups = [head[max(end - others, 0) : end] for end in range(len(head), 0, -others)]
    return ",".join([*reversed(groups), tail])


def local(at: int, time_zone: str) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(time_zone))


def date_words(at: int, time_zone: str, locale: str) -> str:
    """ "Saturday, December 5, 2026" or "শনিবার, ৫ ডিসেম্বর, ২০২৬"."""
    return _written(_of(locale).date, local(at, time_zone), locale)


def time_words(at: int, time_zone: str, locale: str) -> str:
    """ "6:30 PM" or "সন্ধ্যা ৬:৩০"."""
    return _written(_of(locale).time, local(at, time_zone), locale)


def _written(pattern: str, moment: datetime, locale: str) -> str:
    facts = _of(locale)
    values = {
        "EEEE": facts.weekdays[moment.weekday()],
        "MMMM": facts.months[moment.month - 1],
        "d": str(moment.day),
        "y": str(moment.year),
        "h": str(moment.hour % 12 or 12),
        "mm": f"{moment.minute:02}",
    }
    part = [words for hour, words in facts.day_parts if hour <= moment.hour][-1]
    values |= {"a": part, "B": part}
    filled = _FIELD.sub(lambda found: values.get(found[0], found[1]), pattern)
    return digits(filled, locale)


def zone_words(time_zone: str, locale: str) -> str:
    """A zone as people call it: "Central Time"; one without a name goes by its city."""
    facts = _of(locale)
    if time_zone in _UTC:
        return facts.utc
    city = time_zone.rsplit("/", 1)[-1].replace("_", " ")
    named = facts.zone_names.get(_cldr().zones.get(time_zone, ""))
    return named or facts.city_zone.format(city)


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


def _of(locale: str) -> _Locale:
    return _cldr().languages[locale]


def _one_evening(start: datetime, end: datetime) -> bool:
    if start.date() == end.date():
        return True
    return end.date() - start.date() == timedelta(days=1) and end.hour < _LATE_NIGHT_HOUR
