import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """Schemathesis gives its tests names of their own and all of them one id, by which processes
    that share the suite know them."""
    _, bracket, params = item.name.partition("[")
    if bracket and item.id.params is None:
        item._id = item.id.with_params(params.removesuffix("]"))
