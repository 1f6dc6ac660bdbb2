from bashi.core.people.prune import KEPT_SECONDS, prune
from tests.support.client import Client
from tests.support.product import Product

TABLES = ("session", "refresh_token", "mailed_link")


async def counts(product: Product) -> list[int]:
    found = [await product.rows(f"SELECT COUNT(*) AS n FROM {table}") for table in TABLES]
    return [rows[0]["n"] for rows in found]


async def test_forgets_what_ended_long_ago(client: Client, product: Product) -> None:
    await client.register()
    await client.post("auth/refresh")
    product.clock.advance(seconds=KEPT_SECONDS)
    await client.register("another@example.org")
    await prune(product.ports)
    assert await counts(product) == [2, 3, 2]
    product.clock.advance(hours=7 * 24 + 1)
    await prune(product.ports)
    assert await counts(product) == [1, 1, 1]
