"""Validation errors of pydantic as faults of fields: a stable code, and words of ours."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ErrorType

from bashi.core.errors import Fault

_TYPES = {
    "bool": "true or false", "bytes": "text", "dict": "an object", "float": "a number",
    "int": "a whole number", "list": "a list", "mapping": "an object", "model": "an object",
    "model_attributes": "an object", "string": "text",
}  # fmt: skip
_TIMES = ("date", "datetime", "time", "timezone")
_CHOICES = ("literal_error", "enum")
_LEAST = {"greater_than": ("gt", 1), "greater_than_equal": ("ge", 0)}
_MOST = {"less_than": ("lt", -1), "less_than_equal": ("le", 0)}
_LIBRARYS = frozenset(get_args(ErrorType))
_INVALID = Fault("invalid", "This value can't be used. Please check it.")


def faults(errors: Sequence[Mapping[str, Any]]) -> dict[str, Fault]:
    """By the field's path. The input stays out of it: it may hold a password."""
    return {
        ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0]): fault(error)
        for error in errors
    }


def field_error(code: str, words: str) -> PydanticCustomError:
    """For validators of ours to raise; `code` stands in docs/errors.md."""
    return PydanticCustomError(code, words)


def fault(error: Mapping[str, Any]) -> Fault:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "sequence_str":  # of pydantic too, but not among its named types
        return Fault("wrong_type", f"Send {_TYPES['list']}.")
    if kind not in _LIBRARYS:
        return Fault(kind, error["msg"])
    if kind.startswith("json"):
        return Fault("not_json", "Send JSON.")
    return _shape(kind, context) or _bounds(kind, context) or _INVALID


def _shape(kind: str, context: Mapping[str, Any]) -> Fault | None:
    stem, _, what = kind.rpartition("_")
    if kind == "missing":
        return Fault("missing", "Fill in this field.")
    if kind == "extra_forbidden":
        return Fault("unknown_field", "This field is not known. Leave it out.")
    if kind in _CHOICES:
        return Fault("not_a_choice", f"Choose {context['expected']}.")
    if kind.startswith(_TIMES):
        words = "Write a date and time with its offset, such as 2026-12-05T23:30:00Z."
        return Fault("bad_time", words)
    if kind == "string_pattern_mismatch":
        return Fault("bad_format", "Write this in the form that the API's description names.")
    if what in ("type", "parsing", "size") or kind == "int_from_float":
        sent = _TYPES.get("int" if kind == "int_from_float" else stem, "a value of the right type")
        return Fault("wrong_type", f"Send {sent}.")
    return None


def _bounds(kind: str, context: Mapping[str, Any]) -> Fault | None:
    if kind in _LEAST:
        name, step = _LEAST[kind]
        least = context[name] + step
        return Fault("too_small", f"Send at least {least}.", least=least)
    if kind in _MOST:
        name, step = _MOST[kind]
        most = context[name] + step
        return Fault("too_large", f"Send at most {most}.", most=most)
    many = kind in ("too_short", "too_long") and context.get("field_type") == "List"
    if kind in ("string_too_short", "bytes_too_short", "too_short"):
        least = context["min_length"]
        if many:
            return Fault("too_few", f"Send at least {least} of them.", least=least)
        if least == 1:
            return Fault("missing", "Fill in this field.")
        return Fault("too_short", f"Use at least {least} characters.", least=least)
    if kind in ("string_too_long", "bytes_too_long", "too_long"):
        most = context["max_length"]
        if many:
            return Fault("too_many", f"Send at most {most} of them.", most=most)
        return Fault("too_long", f"Use at most {most} characters.", most=most)
    return None
