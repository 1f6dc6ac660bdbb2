"""The OpenAPI document, with the names, tags and enums that generated clients show."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from bashi.http import (
    door,
    event_schemas,
    order_schemas,
    orders_admin,
    problems,
    ticket_type_schemas,
)
from bashi.http.fields import Words
from bashi.http.responses import ProblemOut

TAGS: Mapping[str, str] = {
    "accounts": "Register, sign in, and one's own account.",
    "admin": "The console: figures, alarms, people and the audit trail.",
    "admin: orders": "Orders and tickets: search, refund, resend, complimentary tickets.",
    "door": "Check tickets and admit their holders.",
    "events": "Published events, for everybody.",
    "events: organizers": "Events as organizers write them: drafts, ticket types, covers.",
    "operations": "For monitoring: is it alive, is it ready, in figures.",
    "orders": "Hold seats, pay, cancel, and find one's tickets again.",
    "site": "What a client needs to know of this installation.",
    "webhooks": "For the payment service.",
}
ABOUT = """Errors are problem documents (RFC 9457) with a stable `code`; `cursor` pages lists.

Money is in minor units (`_cents`, as Stripe counts them), times are RFC 3339, ids are UUIDs.
Integers are JSON integers without a fraction, and unknown fields are refused. Commands carry an
id that the client makes: sent again, they change nothing."""
LICENSE = {"name": "Apache License 2.0", "identifier": "Apache-2.0"}
CONTACT = {"name": "Who runs this installation: `support_email` of GET /site"}
ENUMS: Mapping[str, Sequence[str]] = {
    "AttemptStatus": get_args(orders_admin.AttemptState),
    "CodeState": get_args(door.CodeStateName),
    "DisputeState": get_args(order_schemas.DisputeState),
    "EventAvailability": get_args(event_schemas.EventAvailability),
    "OrderKind": get_args(order_schemas.OrderKind),
    "OrderStatus": get_args(order_schemas.OrderStatus),
    "PaymentStatus": get_args(order_schemas.PaymentStatus),
    "PublicEventStatus": get_args(event_schemas.PublicEventStatus),
    "RefundStatus": get_args(orders_admin.RefundState),
    "TicketStatus": get_args(order_schemas.TicketStatus),
    "TicketTypeAvailability": get_args(ticket_type_schemas.TypeAvailability),
    "Verdict": get_args(door.VerdictName),
}

_REF = "#/components/schemas/"
_STRING = {"type": "string"}
_UNUSED = ("HTTPValidationError", "ValidationError")
_LIST = re.compile(r"ListOut_(\w+?)(?:Out)?_")


def install(app: FastAPI) -> None:
    make = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(make(), app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def describe(document: dict[str, Any], app: FastAPI) -> dict[str, Any]:
    """The framework's document, made fit for generators. Takes it over."""
    document["info"] |= {"description": ABOUT, "contact": CONTACT, "license": LICENSE}
    document["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    for route in app.routes:
        if isinstance(route, APIRoute):
            for method in route.methods or ():
                document["paths"][route.path_format][method.lower()]["operationId"] = route.name
    _add_problems(document)
    _name_enums(document)
    _name_texts(document)
    return _named(document)


def _add_problems(document: dict[str, Any]) -> None:
    """Problems are written by the exception handlers, so no route brings their shape along, and
    FastAPI would document a shape of validation errors that we never send."""
    schemas = document["components"]["schemas"]
    for unused in _UNUSED:
        schemas.pop(unused, None)
    problem = ProblemOut.model_json_schema(ref_template=_REF + "{model}")
    schemas |= problem.pop("$defs") | {"ProblemOut": problem}
    for path in document["paths"].values():
        for operation in path.values():
            body = (400, 413) if "requestBody" in operation else (400,)
            operation["responses"].update(problems.documented(*body, 422, 429, 500, 503))


def _name_enums(document: dict[str, Any]) -> None:
    """Values that stand in several places become one type with a name."""
    names = {tuple(values): name for name, values in ENUMS.items()}
    for schema in list(_objects(document["paths"])) + list(_objects(document["components"])):
        name = names.get(tuple(schema["enum"])) if isinstance(schema.get("enum"), list) else None
        if name is not None:
            for key in ("enum", "type", "title"):
                schema.pop(key, None)
            schema["$ref"] = _REF + name
    document["components"]["schemas"] |= {
        name: {"type": "string", "enum": list(values), "title": name}
        for name, values in ENUMS.items()
    }


def _name_texts(document: dict[str, Any]) -> None:
    """A text in several languages is one type, not one for each field that holds one."""
    for schema in list(_objects(document["components"]["schemas"])):
        if schema.get("type") == "object" and schema.get("additionalProperties") == _STRING:
            for key in ("type", "additionalProperties", "title", "examples"):
                schema.pop(key, None)
            schema["$ref"] = _REF + "Text"
    document["components"]["schemas"]["Text"] = TypeAdapter(Words).json_schema()


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            yield from _objects(child)


def _named(document: dict[str, Any]) -> dict[str, Any]:
    """`OrderList` for ListOut[OrderOut], `Order` for OrderOut: what goes in keeps its -In."""
    schemas = document["components"]["schemas"]
    text = json.dumps(document)
    new = {name: _LIST.sub(r"\1List", name).removesuffix("Out") for name in schemas}
    assert len(set(new.values())) == len(new), "two schemas of one name"
    for name, better in new.items():
        text = text.replace(f'"{_REF}{name}"', f'"{_REF}{better}"')
    named: dict[str, Any] = json.loads(text)
    named["components"]["schemas"] = {
        better: {**named["components"]["schemas"][name], "title": better}
        for name, better in sorted(new.items(), key=lambda pair: pair[1])
    }
    return named
