"""A wrong method is answered with all that the path takes (RFC 9110 §15.5.6)."""

import re

from bashi.entry.describe import describe
from tests.support.client import problem
from tests.support.product import Product

ID = "0199f3a2-7c1e-7b52-9c07-3f1a2b4c5d6e"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"))


def documented() -> dict[str, set[str]]:
    found = {}
    for path, operations in describe()["paths"].items():
        methods = {method.upper() for method in operations}
        found[path] = methods | ({"HEAD"} if "GET" in methods else set())
    return found


async def test_allow_names_every_method_of_the_path(product: Product) -> None:
    client = product.client()
    for path, methods in documented().items():
        url = re.sub(r"\{\w+\}", ID, path).removeprefix("/")
        for method in (*METHODS - methods, "OPTIONS"):
            answer = await client.request(method, url)
            if method != "HEAD":
                problem(answer, 405, "method_not_allowed")
            allowed = answer.headers["allow"].split(", ")
            assert (path, set(allowed)) == (path, methods)
            assert allowed == sorted(allowed)


async def test_allow_stays_with_a_query(product: Product) -> None:
    answer = await product.client().delete("events", params={"q": "x"})
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD"
