"""Column lists and row mappers, derived from the fields of a dataclass.

A field is a column of its own name. A field that is a dataclass itself stands for its fields.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_type_hints

from bashi.core.batch import Param, Row
from bashi.core.text import Text

T = TypeVar("T")


@cache
def columns(kind: Any) -> tuple[str, ...]:
    hints = get_type_hints(kind)
    found: list[str] = []
    for field in fields(kind):
        own = hints[field.name]
        found += columns(own) if _nested(own) else (field.name,)
    return tuple(found)


def select(kind: type) -> str:
    """`a, b, c`"""
    return ", ".join(columns(kind))


def values(kind: type) -> str:
    """`:a, :b, :c`"""
    return ", ".join(f":{name}" for name in columns(kind))


def assignments(kind: type) -> str:
    """`a = :a, b = :b, c = :c`"""
    return ", ".join(f"{name} = :{name}" for name in columns(kind))


def params(content: object) -> dict[str, Param]:
    """What `values` and `assignments` bind, from an instance without nested dataclasses."""
    kind: Any = type(content)
    return {name: _param(getattr(content, name)) for name in columns(kind)}


def read(kind: Callable[..., T], row: Row) -> T:
    """An instance of a dataclass from a row that has all of its columns."""
    return kind(**{name: convert(row) for name, convert in _readers(kind)})


@cache
def _readers(kind: Any) -> tuple[tuple[str, Callable[[Row], object]], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _reader(field.name, hints[field.name])) for field in fields(kind))


def _reader(name: str, kind: Any) -> Callable[[Row], object]:
    if _nested(kind):
        return lambda row: read(kind, row)
    if kind is Text:
        return lambda row: Text.read(row[name])
    if isinstance(kind, type) and issubclass(kind, bool | Enum):
        return lambda row: kind(row[name])
    return lambda row: row[name]


def _param(value: Text | bool | Param) -> Param:
    if isinstance(value, Text):
        return value.column()
    return int(value) if isinstance(value, bool) else value


def _nested(kind: Any) -> bool:
    return is_dataclass(kind) and kind is not Text
