"""What is wrong with a field has a code and words of ours; no library's sentences reach people."""

from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from bashi.http.faults import fault
from tests.docs.test_docs import field_codes
from tests.support.client import faults, registration
from tests.support.product import Product

WORDS = "the words of the library"
LIMITS = {"ge": 1, "gt": 0, "le": 9, "lt": 10, "min_length": 2, "max_length": 8, "expected": "'a'"}


@pytest.mark.parametrize("kind", sorted(get_args(ErrorType)))
def test_every_fault_that_the_library_knows_has_words_of_ours(kind: str) -> None:
    said = fault({"type": kind, "msg": WORDS, "loc": ("body", "x"), "ctx": LIMITS})
    assert said.code in field_codes()
    assert said.detail.endswith((".", "?"))
    assert WORDS not in said.detail


@pytest.mark.parametrize(
    "email",
    ["", "nobody", "@example.org", "a@", "a b@example.org", "a@example", "a@-.org", "a@b@c.org",
     "ü@example.org", "a@example.org\x00", ".a@example.org", "a@localhost", "a@[127.0.0.1]",
     f"a@{'b' * 64}.org", "<a@example.org>", "a@example..org"],
)  # fmt: skip
async def test_an_address_that_no_email_reaches(product: Product, email: str) -> None:
    said = faults(await product.client().post("auth/register", json=registration(email)))
    assert said == {
        "email": {
            "code": "bad_email",
            "detail": "Write an email address such as name@example.org.",
        }
    }


async def test_a_fault_tells_the_limit_as_a_number(product: Product) -> None:
    form = registration(name="x" * 101)
    said = faults(await product.client().post("auth/register", json=form))
    assert said == {
        "name": {"code": "too_long", "detail": "Use at most 100 characters.", "most": 100}
    }
    said = faults(await product.client().get("events?limit=0"))
    assert (said["limit"]["code"], said["limit"]["least"]) == ("too_small", 1)
