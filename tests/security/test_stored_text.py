"""Text that an engine cannot hold (a NUL, half a sign) is the caller's mistake, not ours."""

import base64
import json

import pytest

from bashi.core.people.rules import Role
from tests.support.client import Client, faults
from tests.support.shop import Shop

NUL = "\x00"
LISTS = ["events", "me/orders", "me/tickets", "admin/orders", "admin/events", "admin/audit"]
FORGED = [[1, "\ud800"], [1, NUL], [True, "x"]]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("key", FORGED)
async def test_a_cursor(shop: Shop, path: str, key: list[object]) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(key).encode()).decode()
    answer = await shop.admin.get(path, params={"cursor": cursor})
    assert list(faults(answer)) == ["cursor"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("admin/people", "q"),
        ("admin/orders", "q"),
        ("admin/tickets", "q"),
        ("admin/tickets", "cursor"),
        ("admin/events", "q"),
        ("events", "q"),
    ],
)
async def test_what_is_looked_for(shop: Shop, path: str, field: str) -> None:
    assert list(faults(await shop.admin.get(path, params={field: f"a{NUL}"}))) == [field]


async def test_a_code_that_is_typed(shop: Shop, buyer: Client) -> None:
    event = await shop.event({"price_cents": 0})
    await shop.hold(buyer, event)
    volunteer = await shop.product.staff(Role.VOLUNTEER)
    scan = {
        "scan_id": shop.new_id(),
        "typed_code": 10 * NUL,
        "gate": "A",
        "scanned_at": "2026-12-01T00:00:00Z",
    }
    answer = await volunteer.post(f"door/{event['id']}/scans", json=scan)
    assert list(faults(answer)) == ["typed_code"]
