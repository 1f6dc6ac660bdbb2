"""Form-encoded nested parameters, read strictly: Stripe refuses names that it does not know."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from bashi.sandbox.errors import StripeError, invalid

Params = dict[str, Any]
"""Values are str, nested Params, or lists; an index makes a list only when they run from 0."""


def parse(encoded: str) -> Params:
    params: Params = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        head, *rest = name.replace("]", "").split("[")
        _put(params, [head, *rest], value)
    return {name: _lists(value) for name, value in params.items()}


def _put(params: Params, path: list[str], value: str) -> None:
    head, *rest = path
    if head == "":
        head = str(len(params))
    if not rest:
        params[head] = value
        return
    inner = params.setdefault(head, {})
    if not isinstance(inner, dict):
        raise invalid("Invalid request: one name is used for a value and for a hash", head)
    _put(inner, rest, value)


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(one) for name, one in value.items()}
    if inner and list(inner) == [str(index) for index in range(len(inner))]:
        return list(inner.values())
    return inner


def only(params: Mapping[str, Any], names: Iterable[str], prefix: str = "") -> None:
    """Raises for the first parameter that is not in `names`."""
    unknown = sorted(set(params) - {*names})
    if unknown:
        param = f"{prefix}[{unknown[0]}]" if prefix else unknown[0]
        raise invalid(f"Received unknown parameter: {param}", param, "parameter_unknown")


def required(params: Mapping[str, Any], name: str, prefix: str = "") -> Any:
    if params.get(name) in (None, ""):
        param = f"{prefix}[{name}]" if prefix else name
        raise invalid(f"Missing required param: {param}.", param, "parameter_missing")
    return params[name]


def integer(params: Mapping[str, Any], name: str, prefix: str = "") -> int:
    value = required(params, name, prefix)
    try:
        return int(value)
    except (TypeError, ValueError):
        param = f"{prefix}[{name}]" if prefix else name
        raise invalid(f"Invalid integer: {value}", param, "parameter_invalid_integer") from None


def flag(params: Mapping[str, Any], name: str) -> bool:
    value = params.get(name, "false")
    if value not in ("true", "false"):
        raise invalid(f"Invalid boolean: {value}", name)
    return bool(value == "true")


def nested(params: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = params.get(name) or {}
    if not isinstance(value, dict):
        raise invalid("Invalid hash", name)
    return value


def metadata(params: Mapping[str, Any], name: str = "metadata") -> dict[str, str]:
    """At most 50 keys of 40 characters with values of 500: https://docs.stripe.com/api/metadata"""
    values = nested(params, name)
    if len(values) > 50 or any(len(key) > 40 for key in values):
        raise invalid("You can specify up to 50 keys of up to 40 characters.", name)
    for key, value in values.items():
        if not isinstance(value, str) or len(value) > 500:
            raise StripeError(400, "Metadata values must be strings up to 500 long.", param=key)
    return dict(values)
