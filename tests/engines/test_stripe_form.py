"""Form encoding, held to the sandbox's reader and to the official library's writer."""

from typing import Any
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from stripe._encode import _api_encode

from bashi.engines.stripe.form import Value, encode
from bashi.sandbox.form import parse

names = st.text("abcxyz_", min_size=1, max_size=8)
texts = st.text("aZ0 é\n&=%+[];টি🎫", max_size=20)
values: st.SearchStrategy[Any] = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(names, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(names, values, max_size=4))
def test_what_is_encoded_is_what_is_read(params: dict[str, Value]) -> None:
    assert parse(encode(params)) == params


@given(st.dictionaries(names, values | st.booleans() | st.integers() | st.none(), max_size=4))
def test_names_and_values_are_those_of_the_official_library(params: dict[str, Value]) -> None:
    theirs = [
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in _api_encode(params)
    ]
    ours = [pair.split("=") for pair in encode(params).replace("+", "%20").split("&") if pair]
    assert [(unquote(name), unquote(value)) for name, value in ours] == theirs
