"""How deep a body may go, route by route, from the OpenAPI document."""

import re
from collections.abc import Iterator

import pytest

from bashi.entry.describe import describe
from tests.support.client import faults
from tests.support.product import Product

DEPTH = 300  # below what Python's own reader takes
DEEP = b"[" * DEPTH + b"]" * DEPTH
JSON = {"content-type": "application/json"}
ID = "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"


def with_json() -> Iterator[tuple[str, str]]:
    for path, methods in describe()["paths"].items():
        for method, operation in methods.items():
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                yield method.upper(), path


@pytest.mark.parametrize(("method", "path"), sorted(with_json()))
async def test_a_body_deeper_than_any_of_ours_is_not_read(
    product: Product, method: str, path: str
) -> None:
    """At the edge Python's own reader would end the Worker with it (tests/edge)."""
    admin = await product.staff()
    url = re.sub(r"\{\w+\}", ID, path).removeprefix("/")
    answer = await admin.request(method, url, content=DEEP, headers=JSON)
    [fault] = faults(answer).values()
    assert fault["code"] == "not_json"
