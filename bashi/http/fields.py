"""Field types of the API: timestamps, ids, and text that every database can store."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    PlainSerializer,
    Strict,
    StringConstraints,
    WithJsonSchema,
)

from bashi.core.one_line import Unreadable, one_line, without_invisible
from bashi.http.faults import field_error

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)

MOMENTS_REMEMBERED = 2_000  # starts and ends of events stand in most answers
_WEB_ADDRESS = re.compile(r"://|www\.|[\w-]\.[a-z]{2,}/", re.IGNORECASE)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
_MOMENT = {"type": "string", "format": "date-time", "examples": ["2026-12-05T23:30:00Z"]}


@lru_cache(MOMENTS_REMEMBERED)
def rfc3339(at: int) -> str:
    """Epoch milliseconds as UTC; milliseconds only when there are some."""
    seconds, milliseconds = divmod(at, 1000)
    text = datetime.fromtimestamp(seconds, UTC).isoformat()[:19]
    return f"{text}.{milliseconds:03}Z" if milliseconds else f"{text}Z"


def epoch_ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _storable(text: str) -> str:
    if "\x00" in text:
        raise field_error("invisible_characters", "Please remove the invisible characters.")
    return unicodedata.normalize("NFC", text)


def _line(text: str) -> str:
    try:
        return one_line(text)
    except Unreadable as error:
        raise field_error(error.code, str(error)) from error


def _line_or_nothing(text: str) -> str:
    return _line(text) if text.strip() else ""


def no_web_address(text: str) -> str:
    """Strangers type names, and our emails carry them to others."""
    if _WEB_ADDRESS.search(text):
        raise field_error("web_address", "Please leave web addresses out of names.")
    return text


def _shown(moment: datetime) -> datetime:
    """Whatever gets in must get out again as RFC 3339, in any zone."""
    if not EPOCH <= moment < END:
        raise field_error("bad_date", "This date cannot be right. Check its year.")
    return moment


def _rfc3339_text(value: object) -> object:
    """Pydantic would take numbers, days and moments without an offset as well."""
    if not isinstance(value, str):
        raise field_error("wrong_type", "Send text.")
    if not _RFC_3339.fullmatch(value):
        words = "Write a date and time with its offset, such as 2026-12-05T23:30:00Z."
        raise field_error("bad_time", words)
    return value


Moment = Annotated[int, PlainSerializer(rfc3339, return_type=str), WithJsonSchema(_MOMENT)]
"""Out: epoch milliseconds, written as RFC 3339."""

MomentIn = Annotated[
    AwareDatetime,
    BeforeValidator(_rfc3339_text),
    AfterValidator(_shown),
    WithJsonSchema(_MOMENT),
]
"""In: RFC 3339 with its offset; `epoch_ms` turns it into what we store."""

Whole = Annotated[int, Strict()]
"""In: a whole number of JSON; "1", 1.0 and true are none."""

Flag = Annotated[bool, Strict()]
"""In: true or false; "yes" and 1 are neither."""

Storable = Annotated[str, AfterValidator(_storable)]
"""In: composed as one (NFC), since keyboards write য় in two ways; PostgreSQL takes no NUL."""

Words = Annotated[
    Mapping[str, str],
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "By language, the main one first; a missing translation is left out",
            "examples": [{"en": "Durga Pujo 2026", "bn": "দুর্গাপূজা ২০২৬"}],
        }
    ),
]
"""Out: `core.text.Text.words`."""

Lines = Annotated[
    Storable, AfterValidator(without_invisible), StringConstraints(strip_whitespace=True)
]
"""In: trimmed, of any number of lines, without what nobody sees."""

OptionalLine = Annotated[str, AfterValidator(_line_or_nothing)]
"""In: a line, or none."""

Line = Annotated[str, AfterValidator(_line)]
"""In: one line of visible characters, which emails, lists and tickets put among words of ours."""

Id = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    ),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
"""A UUID in canonical lower case, which clients may make themselves."""

IdOut = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
"""Out: one of ours, which nobody needs to check again."""
