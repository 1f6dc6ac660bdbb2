"""Moments that no answer could show must not get in: one would make its order unreadable."""

import pytest

from bashi.core.people.rules import Role
from tests.events.organizer import type_in
from tests.support.client import Client, faults
from tests.support.shop import Shop

BEYOND = ["0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00"]


@pytest.mark.parametrize("moment", BEYOND)
async def test_a_scan(shop: Shop, buyer: Client, moment: str) -> None:
    event = await shop.event({"price_cents": 0})
    order = await shop.hold(buyer, event)
    volunteer = await shop.product.staff(Role.VOLUNTEER)
    scan = {
        "scan_id": shop.new_id(),
        "code": order["tickets"][0]["link"],
        "gate": "A",
        "scanned_at": moment,
    }
    answer = await volunteer.post(f"door/{event['id']}/scans", json=scan)
    assert list(faults(answer)) == ["scanned_at"]
    await shop.read(buyer, order)


@pytest.mark.parametrize("moment", BEYOND)
async def test_a_sale(shop: Shop, moment: str) -> None:
    event = await shop.event()
    path = f"/{event['id']}/ticket-types/{shop.new_id()}"
    answer = await shop.organizer.call("PUT", path, type_in(sale_starts_at=moment))
    assert list(faults(answer)) == ["sale_starts_at"]
    await shop.organizer.read(event)
