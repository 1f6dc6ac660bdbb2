"""Stripe's published API description, read as JSON Schema. It is not part of the repository."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

FILE = Path(__file__).parents[3] / "shared" / "stripe-openapi" / "spec3.2023-08-16.reduced.json"
needed = pytest.mark.skipif(
    not FILE.exists(), reason=f"Stripe's API description is not at {FILE.parent}"
)


def check_answer(method: str, path: str, content: Any) -> None:
    """`path` as the description writes it: /v1/refunds/{refund}."""
    operation = _description()["paths"][path][method]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    _validate(content, schema)


def check_object(name: str, content: Any) -> None:
    _validate(content, {"$ref": f"#/components/schemas/{name}"})


def check_error(content: Any) -> None:
    check_object("error", content)


def check_request(path: str, params: Any) -> None:
    """Every name must be known, at every depth."""
    body = _description()["paths"][path]["post"]["requestBody"]["content"]
    _validate(params, _closed(body["application/x-www-form-urlencoded"]["schema"]))


def query_names(path: str) -> set[str]:
    return {one["name"] for one in _description()["paths"][path]["get"]["parameters"]}


@cache
def _description() -> Any:
    return _with_nulls(json.loads(FILE.read_text()))


def _validate(content: Any, schema: Any) -> None:
    whole = {**schema, "components": _description()["components"]}
    jsonschema.Draft202012Validator(whole).validate(content)


def _with_nulls(node: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema says "or null"."""
    if isinstance(node, list):
        return [_with_nulls(one) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {name: _with_nulls(one) for name, one in node.items()}
    if plain.get("nullable") is True and ("type" in plain or "anyOf" in plain):
        del plain["nullable"]
        return {"anyOf": [plain, {"type": "null"}]}
    return plain


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    closed = {name: _closed(one) for name, one in node.items()}
    if isinstance(closed.get("properties"), dict):
        closed.setdefault("additionalProperties", False)
    return closed
