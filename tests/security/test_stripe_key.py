"""A wrong Stripe key is the operator's mistake: no refund may be given up for it."""

import pytest

from tests.support.client import Client
from tests.support.shop import Shop


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refund_waits_until_the_key_is_right_again(
    shop: Shop, buyer: Client, status: int
) -> None:
    order = await shop.buy(buyer, await shop.event())
    shop.stripe.faults(api_fail_next=1, api_fail_status=status)
    assert (await shop.refund(order)).status_code == 202
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunding"
    shop.product.clock.advance(seconds=60)
    await shop.work()
    assert (await shop.read(buyer, order))["status"] == "refunded"
    assert (await shop.overview())["alarms"] == []
