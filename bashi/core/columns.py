"""Column lists and row mappers, derived from the fields of a dataclass.

A field is a column of its own name. A field that is a dataclass itself stands for its fields. One
made by `beside()` is no column: whoever reads the row gives its value.
"""

from collections.abc import Callable
from dataclasses import Field, field, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar, get_type_hints

from bashi.core.batch import Param, Row
from bashi.core.text import Text

T = TypeVar("T")


def beside() -> Any:
    return field(metadata={"beside": True})


@cache
def columns(kind: Any) -> tuple[str, ...]:
    hints = get_type_hints(kind)
    found: list[str] = []
    for each in _stored(kind):
        own = hints[each.name]
        found += columns(own) if _nested(own) else (each.name,)
    return tuple(found)


def select(kind: type, table: str = "") -> str:
    """`a, b, c`, or `t.a, t.b, t.c`"""
    return ", ".join(f"{table}.{name}" if table else name for name in columns(kind))


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


def read(kind: Callable[..., T], row: Row, **beside: Any) -> T:
    """An instance of a dataclass from a row with all of its columns, and from what is beside."""
    found: T = _reader(kind)(row, **beside)
    return found


def reader(kind: Callable[..., T]) -> Callable[[Row], T]:
    """`read` of one kind."""
    found: Callable[[Row], T] = _reader(kind)
    return found


@cache
def _reader(kind: Any) -> Callable[..., Any]:
    """Gets a value a field, in one call, as fast as by hand; converts some of them. In the place of
    a nested dataclass a column of its own stands in."""
    hints = get_type_hints(kind)
    stored = _stored(kind)
    kinds = [hints[each.name] for each in stored]
    names = [
        columns(own)[0] if _nested(own) else each.name
        for each, own in zip(stored, kinds, strict=True)
    ]
    assert len(names) > 1, "itemgetter gives no tuple of one"
    get = itemgetter(*names)
    converts = [
        (index, Text.read if own is Text else own)
        for index, own in enumerate(kinds)
        if _converts(own)
    ]
    nested = [(index, _reader(own)) for index, own in enumerate(kinds) if _nested(own)]

    def build(row: Row, **beside: Any) -> Any:
        found = [*get(row)]
        for index, convert in converts:
            found[index] = convert(found[index])
        for index, own in nested:
            found[index] = own(row)
        return kind(*found, **beside)

    return build


def _stored(kind: Any) -> list[Field[Any]]:
    """Columns come first, what is beside them last."""
    return [each for each in fields(kind) if not each.metadata.get("beside")]


def _converts(kind: Any) -> bool:
    return kind is Text or (isinstance(kind, type) and issubclass(kind, bool | Enum))


def _param(value: Text | bool | Param) -> Param:
    if isinstance(value, Text):
        return value.column()
    return int(value) if isinstance(value, bool) else value


def _nested(kind: Any) -> bool:
    return is_dataclass(kind) and kind is not Text
