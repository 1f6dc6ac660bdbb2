"""Convert Python values for JavaScript APIs. Only where Python runs on Pyodide."""

from typing import Any

import js
from pyodide.ffi import to_js


def record(**values: Any) -> Any:
    """A plain object, as options are given."""
    return to_js(values, dict_converter=js.Object.fromEntries)


def octets(content: bytes) -> Any:
    """A Uint8Array."""
    return to_js(content)


def words(*given: str) -> Any:
    """An Array of strings."""
    return to_js(given)
