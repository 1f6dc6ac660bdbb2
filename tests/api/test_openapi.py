"""The API's description as people who generate clients read it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate

from bashi.entry.describe import describe

DOCUMENT = describe()
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = [one for path in DOCUMENT["paths"].values() for one in path.values()]


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            yield from objects(child)


def test_it_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    validate(DOCUMENT)


def test_it_says_whose_it_is_and_what_each_group_is_for() -> None:
    assert DOCUMENT["info"]["license"]["identifier"] == "Apache-2.0"
    assert DOCUMENT["info"]["contact"]
    tags = {tag["name"]: tag["description"] for tag in DOCUMENT["tags"]}
    assert {tag for one in OPERATIONS for tag in one["tags"]} == set(tags)
    assert all(words.endswith(".") for words in tags.values())


def test_operations_have_short_names_of_their_own() -> None:
    names = [one["operationId"] for one in OPERATIONS]
    assert len(set(names)) == len(names)
    assert {"list_events", "get_event", "place_order", "get_order", "update_event"} <= set(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+){0,3}", name)] == []
    assert [one["operationId"] for one in OPERATIONS if not one.get("description")] == []


def test_schemas_are_called_what_they_are() -> None:
    assert {"Order", "OrderList", "OrderIn", "Ticket", "TicketList", "Problem"} <= set(SCHEMAS)
    assert [name for name in SCHEMAS if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []
    assert [name for name in SCHEMAS if name.endswith("Out")] == []
    used = {one["$ref"].rpartition("/")[2] for one in objects(DOCUMENT) if "$ref" in one}
    assert used == set(SCHEMAS)


@pytest.mark.parametrize("part", ["paths", "components"])
def test_every_choice_has_a_name(part: str) -> None:
    named = [schema for schema in SCHEMAS.values() if "enum" in schema]
    assert "OrderStatus" in SCHEMAS
    for one in objects(DOCUMENT[part]):
        assert "const" not in one
        assert "enum" not in one or not isinstance(one["enum"], list) or one in named


def test_files_have_a_schema() -> None:
    contents = [
        (kind, media)
        for one in objects(DOCUMENT["paths"])
        if isinstance(one.get("content"), dict)
        for kind, media in one["content"].items()
    ]
    assert {"application/pdf", "image/webp", "image/png", "text/csv"} <= {
        kind for kind, _ in contents
    }
    for kind, media in contents:
        assert media["schema"]
        if kind.startswith("image/") or kind == "application/pdf":
            assert media["schema"] == {"type": "string", "format": "binary"}
