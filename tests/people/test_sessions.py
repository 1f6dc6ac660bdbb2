from tests.support.client import Client
from tests.support.product import Product


async def test_register(client: Client, product: Product) -> None:
    person = await client.register()
    assert person["role"] == "user"
    me = await client.get("me")
    assert me.json() == person
    answer = await client.post("auth/refresh")
    assert answer.status_code == 200
    client.take(answer)
    print(await product.deliver())
