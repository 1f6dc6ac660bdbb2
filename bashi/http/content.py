"""What an organizer writes of events and ticket types, between JSON and core's dataclasses.

A field of `Content` or `TypeContent` is a field of the same name in the schemas.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import Field

from bashi.core import limits
from bashi.core.events.rules import Content, TypeContent
from bashi.core.text import Text
from bashi.http.fields import Whole, epoch_ms
from bashi.http.responses import Schema

Written = TypeVar("Written", Content, TypeContent)

LanguageTag = Annotated[str, Field(max_length=35, description="One of /site's locales")]
Version = Annotated[Whole, Field(ge=1, lt=limits.SQL_INTEGER, description="As last read")]
StillRight = Annotated[
    list[Annotated[str, Field(max_length=60)]],
    Field(
        max_length=50,
        description="Translations that were read again since the main language changed; "
        "those that change with this request need not be named",
        examples=[["title.bn"]],
    ),
]
Outdated = Annotated[
    Sequence[str],
    Field(
        description="Translations that are older than the main language's text",
        examples=[["title.bn"]],
    ),
]


def content_in(kind: type[Written], schema: Schema, main: str) -> Written:
    """`main`: the language that the others are translated from."""
    values: dict[str, Any] = {name: _stored(getattr(schema, name), main) for name in kind.__slots__}
    return kind(**values)


def content_out(content: Content | TypeContent, schema: type[Schema]) -> dict[str, object]:
    """The fields that `schema` shows."""
    shown = schema.model_fields
    values = ((name, getattr(content, name)) for name in content.__slots__ if name in shown)
    return {name: value.words if isinstance(value, Text) else value for name, value in values}


def _stored(value: object, main: str) -> object:
    if isinstance(value, datetime):
        return epoch_ms(value)
    return Text.of(value, main) if isinstance(value, Mapping) else value
