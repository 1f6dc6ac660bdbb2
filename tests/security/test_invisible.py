"""PostgreSQL stores no NUL: whoever sends one is told so, on every engine, wherever it is read."""

from typing import Any

import pytest

from tests.support.client import faults
from tests.support.product import Product

NUL = "\x00"
ID = "019b3c5e-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("events", "q"),
        ("admin/events", "q"),
        ("admin/orders", "q"),
        ("admin/people", "q"),
        ("admin/tickets", "q"),
        ("admin/tickets", "cursor"),
    ],
)
async def test_in_a_search(product: Product, path: str, name: str) -> None:
    admin = await product.staff()
    assert name in faults(await admin.get(path, params={name: NUL}))


@pytest.mark.parametrize("code", [{"code": NUL}, {"typed_code": "7KQ2M9XW4" + NUL}])
async def test_in_a_code_at_the_door(product: Product, code: dict[str, Any]) -> None:
    staff = await product.staff()
    scan = {"scan_id": ID, "gate": "A", "scanned_at": "2026-12-05T23:30:00Z", **code}
    [name] = code
    assert name in faults(await staff.post(f"door/{ID}/scans", json=scan))
