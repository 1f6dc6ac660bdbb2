"""Cut dates, numbers and zone names of our languages out of CLDR: `python -m tools.cldr`.

Babel carries CLDR and stays on the developer's machine; the product reads the cut, which is
checked in and the same on every engine. Run it after a line was added to `bashi.core.languages`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from bashi.core.languages import LANGUAGES, Language

CUT = Path("bashi/render/cldr.json")
SIGNS_FIRST_FROM = "en"
"""Of two signs for a currency the one that English has: $ rather than US$, as people in the US
write it in Bangla too. What has no sign there (BDT) has its own language's, ৳."""
OVERRIDES: Mapping[str, Mapping[str, str]] = {"bn": {"night1": "রাত"}}
"""Parts of the day that CLDR words otherwise than people say them; its রাত্রি is a poet's."""


def cut() -> Mapping[str, Any]:
    locales = {language.tag: Locale.parse(language.cldr) for language in LANGUAGES.values()}
    metazones = {
        zone: metazone
        for zone, metazone in sorted(_metazones().items())
        if any(_zone_name(locale, metazone) for locale in locales.values())
    }
    return {
        "zones": metazones,
        "signs": _signs(list(locales.values())),
        "languages": {
            tag: _language(LANGUAGES[tag], locale, set(metazones.values()))
            for tag, locale in locales.items()
        },
    }


def as_text() -> str:
    return json.dumps(cut(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _language(language: Language, locale: Locale, metazones: set[str]) -> Mapping[str, Any]:
    return {
        "months": [locale.months["format"]["wide"][month] for month in range(1, 13)],
        "weekdays": [locale.days["format"]["wide"][day] for day in range(7)],
        "date": locale.date_formats["full"].pattern,
        "time": _time(locale),
        "day_parts": _day_parts(language, locale),
        "grouping": list(locale.currency_formats["standard"].grouping),
        "money": _money(locale),
        "digits": _digits(language.digits),
        "city_zone": locale.zone_formats["region"].replace("%s", "{0}"),
        "utc": locale.zone_formats["gmt_utc"].replace("%s", ""),
        "zone_names": {
            name: words for name in sorted(metazones) if (words := _zone_name(locale, name))
        },
    }


def _time(locale: Locale) -> str:
    """With the part of the day where people say one: `B` as the language orders it."""
    if "morning2" not in _words(locale):
        return str(locale.datetime_skeletons["hm"].pattern)
    return "B h:mm" if "B h" in locale.datetime_skeletons["EBh"].pattern else "h:mm B"


def _words(locale: Locale) -> Mapping[str, str]:
    found = locale.day_periods["format"]["abbreviated"]
    return {name: found[name] for name in found}


def _day_parts(language: Language, locale: Locale) -> list[list[Any]]:
    """[from hour, words], the night before the first one first; two halves where none are said."""
    words = {**_words(locale), **OVERRIDES.get(language.tag, {})}
    if "morning2" not in words:
        return [[0, words["am"]], [12, words["pm"]]]
    rules = locale.day_period_rules["selection"]
    starts = sorted((rule[0]["from"] // 3600, name) for name, rule in rules.items())
    return [[0, words[starts[-1][1]]], *([hour, words[name]] for hour, name in starts)]


def _money(locale: Locale) -> str:
    """`{0}` the sign, `{1}` the number."""
    pattern = locale.currency_formats["standard"].pattern.partition(";")[0]
    number = "".join(sign for sign in pattern if sign in "#0,.")
    return str(pattern).replace(number, "{1}").replace("¤", "{0}")


def _digits(system: str) -> str:
    zero = {"latn": "0", "beng": "০", "deva": "०", "arab": "٠", "arabext": "۰"}[system]
    return "".join(chr(ord(zero) + digit) for digit in range(10))


def _signs(locales: list[Locale]) -> Mapping[str, str]:
    first = Locale.parse(SIGNS_FIRST_FROM)
    return {
        code: sign
        for locale in [*locales, first]
        for code, sign in locale.currency_symbols.items()
        if sign != code
    }


def _metazones() -> Mapping[str, str]:
    """Zone → metazone, aliases too."""
    zones = dict(get_global("meta_zones"))
    for alias, zone in get_global("zone_aliases").items():
        if zone in zones:
            zones[alias] = zones[zone]
    return zones


def _zone_name(locale: Locale, metazone: str) -> str | None:
    names = locale.meta_zones.get(metazone, {}).get("long", {})
    name: str | None = names.get("generic") or names.get("standard")
    return name


if __name__ == "__main__":
    CUT.write_text(as_text(), "utf-8")
