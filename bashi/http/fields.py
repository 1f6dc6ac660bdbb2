"""Field types of the API: timestamps, ids, and text that every database can store."""

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from bashi.core.one_line import one_line, without_invisible

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)

MOMENTS_REMEMBERED = 2_000  # starts and ends of events stand in most answers
_WEB_ADDRESS = re.compile(r"://|www\.|[\w-]\.[a-z]{2,}/", re.IGNORECASE)
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
        raise ValueError("Please remove the invisible characters.")
    return unicodedata.normalize("NFC", text)


def _line_or_nothing(text: str) -> str:
    return one_line(text) if text.strip() else ""


def no_web_address(text: str) -> str:
    """Strangers type names, and our emails carry them to others. Raises ValueError."""
    if _WEB_ADDRESS.search(text):
        raise ValueError("Please leave web addresses out of names.")
    return text


def _shown(moment: datetime) -> datetime:
    """Whatever gets in must get out again as RFC 3339, in any zone."""
    if not EPOCH <= moment < END:
        raise ValueError("This date cannot be right.")
    return moment


Moment = Annotated[int, PlainSerializer(rfc3339, return_type=str), WithJsonSchema(_MOMENT)]
"""Out: epoch milliseconds, written as RFC 3339."""

MomentIn = Annotated[AwareDatetime, AfterValidator(_shown), WithJsonSchema(_MOMENT)]
"""In: RFC 3339 with its offset; `epoch_ms` turns it into what we store."""

Storable = Annotated[str, AfterValidator(_storable)]
"""In: composed as one (NFC), since keyboards write য় in two ways; PostgreSQL takes no NUL."""

Text = Annotated[
    Storable, AfterValidator(without_invisible), StringConstraints(strip_whitespace=True)
]
"""In: trimmed, of any number of lines, without what nobody sees."""

OptionalLine = Annotated[str, AfterValidator(_line_or_nothing)]
"""In: a line, or none."""

Line = Annotated[str, AfterValidator(one_line)]
"""In: one line of visible characters, which emails, lists and tickets put among words of ours."""

Id = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    ),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
"""A UUID in canonical lower case, which clients may make themselves."""
