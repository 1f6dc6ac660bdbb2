"""A value of another type is refused, never taken for what it might mean: the types of JSON are
those of the document, in every field of every body."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from bashi.entry.describe import describe
from tests.support.client import problem
from tests.support.product import Product

ID = "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"
DOCUMENT = describe()
WRONG: Mapping[str, tuple[object, ...]] = {
    "integer": ("1", True, 1.0, 1.5, [1]),
    "boolean": ("yes", "true", 1, 0),
    "string": (1, True, 1.0, ["a"]),
    "date-time": (1_700_000_000, "1700000000", "2026-12-05", "2026-12-05T23:30:00"),
    "enum": (1, True, "", "no such", ["a"]),
    "array": ("a", {"0": "a"}, 1),
    "object": ("a", [], 1),
}


class Field(NamedTuple):
    method: str
    path: str
    place: tuple[str, ...]
    type: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} {'.'.join(self.place)} {self.type}"


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in schema:
        return resolved(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    return schema


def below(
    schema: Mapping[str, Any], place: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    found = resolved(schema)
    options = [resolved(one) for one in found.get("anyOf", [found])]
    [found] = [one for one in options if one.get("type") != "null"]
    kind = "enum" if "enum" in found else found["type"]
    kind = "date-time" if found.get("format") == "date-time" else kind
    if place:
        yield place, kind
    for name, inner in found.get("properties", {}).items():
        yield from below(inner, (*place, name))
    if "items" in found:
        yield from below(found["items"], (*place, "0"))


def fields() -> Iterator[Field]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                for place, kind in below(content["application/json"]["schema"], ()):
                    yield Field(method.upper(), path, place, kind)


FIELDS = sorted(fields())


def body_with(place: tuple[str, ...], value: object) -> Any:
    for name in reversed(place):
        value = [value] if name == "0" else {name: value}
    return value


def test_the_walk_sees_what_it_is_for() -> None:
    assert {field.type for field in FIELDS} == set(WRONG)
    assert any(field.place == ("lines", "0", "quantity") for field in FIELDS)


@pytest.mark.parametrize("field", FIELDS, ids=str)
async def test_another_type_is_refused(product: Product, field: Field) -> None:
    admin = await product.staff()
    url = re.sub(r"\{\w+\}", ID, field.path).removeprefix("/")
    for value in WRONG[field.type]:
        answer = await admin.request(field.method, url, json=body_with(field.place, value))
        said = problem(answer, 422, "invalid_fields")["fields"].get(".".join(field.place))
        wanted = {"date-time": "bad_time", "enum": "not_a_choice"}.get(field.type, "wrong_type")
        if field.type == "date-time" and type(value) is not str:
            wanted = "wrong_type"
        assert said, (value, answer.text)
        assert said["code"] == wanted, (value, answer.text)
