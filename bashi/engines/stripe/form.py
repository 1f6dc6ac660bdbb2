"""Stripe's form encoding of nested parameters: `line_items[0][price_data][currency]=usd`."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

Value = str | int | bool | None | Mapping[str, "Value"] | Sequence["Value"]


def encode(params: Mapping[str, Value]) -> str:
    """Pairs in the order given; None is left out; booleans are `true` and `false`."""
    return urlencode([pair for name, value in params.items() for pair in _pairs(name, value)])


def _pairs(name: str, value: Value) -> Iterator[tuple[str, str]]:
    match value:
        case None:
            return
        case bool():
            yield name, "true" if value else "false"
        case str() | int():
            yield name, str(value)
        case Mapping():
            for key, inner in value.items():
                yield from _pairs(f"{name}[{key}]", inner)
        case _:
            for index, inner in enumerate(value):
                yield from _pairs(f"{name}[{index}]", inner)
