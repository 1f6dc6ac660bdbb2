"""What the tests of refunds share."""

from typing import Any

from tests.support.shop import Shop


async def refunds_of(shop: Shop, order: Any) -> list[tuple[str, int]]:
    found = (await shop.admin.get(f"admin/orders/{order['id']}")).json()["refunds"]
    return [(one["status"], one["amount_cents"]) for one in found]


async def use(shop: Shop, ticket: Any) -> None:
    command = {"scan_id": shop.new_id(), "gate": "A"}
    answer = await shop.admin.post(f"tickets/{ticket['id']}/use", json=command)
    assert answer.json()["verdict"] == "admitted", answer.text
