"""Lists, newest first, with Stripe's filters and cursors: https://docs.stripe.com/api/pagination"""

from collections.abc import Mapping
from dataclasses import dataclass

from bashi.sandbox import form, shapes
from bashi.sandbox.books import Books
from bashi.sandbox.errors import invalid
from bashi.sandbox.form import Params
from bashi.sandbox.store import Document

LIMIT_MAX = 100
LIMIT_DEFAULT = 10
TYPES_MAX = 20


@dataclass(frozen=True, slots=True)
class ListKind:
    """`label` names the parameter that filters by label; `parents` those that filter by parent."""

    name: str
    label: str | None = None
    parents: tuple[str, ...] = ()


KINDS: Mapping[str, ListKind] = {
    "checkout/sessions": ListKind("checkout.session", "status", ("payment_intent",)),
    "payment_intents": ListKind("payment_intent"),
    "charges": ListKind("charge", None, ("payment_intent",)),
    "refunds": ListKind("refund", None, ("payment_intent", "charge")),
    "disputes": ListKind("dispute", None, ("payment_intent", "charge")),
    "balance_transactions": ListKind("balance_transaction", "type", ("source",)),
    "events": ListKind("event", "type"),
}


def page(books: Books, path: str, params: Params) -> Document:
    kind = KINDS[path]
    names = {"created", "limit", "starting_after", *kind.parents}
    if kind.label is not None:
        names.add(kind.label)
    if path == "events":
        names.add("types")
    form.only(params, names)
    limit = _limit(params)
    after = params.get("starting_after")
    if after is not None:
        books.find(kind.name, after, "starting_after")
    found = books.store.newest(
        kind.name,
        limit + 1,
        after=after,
        created=_created(params),
        labels=_labels(params, kind),
        parent=_parent(books, params, kind),
    )
    return shapes.page(f"/v1/{path}", found[:limit], more=len(found) > limit)


def _limit(params: Params) -> int:
    limit = form.integer(params, "limit") if "limit" in params else LIMIT_DEFAULT
    if not 1 <= limit <= LIMIT_MAX:
        raise invalid(f"Limit must be between 1 and {LIMIT_MAX}.", "limit")
    return limit


def _created(params: Params) -> dict[str, int]:
    if isinstance(params.get("created"), str):
        exact = form.integer(params, "created")
        return {"gte": exact, "lte": exact}
    created = form.nested(params, "created")
    form.only(created, ("gt", "gte", "lt", "lte"), "created")
    return {name: form.integer(created, name, "created") for name in created}


def _labels(params: Params, kind: ListKind) -> tuple[str, ...]:
    if "types" in params:
        types = params["types"]
        if not isinstance(types, list) or len(types) > TYPES_MAX or "type" in params:
            raise invalid("`types` is an array of up to 20 strings, without `type`.", "types")
        return tuple(types)
    label = kind.label and params.get(kind.label)
    return (label,) if label else ()


def _parent(books: Books, params: Params, kind: ListKind) -> str | None:
    """What hangs on a charge is kept under its payment intent, since each has one good charge."""
    if "charge" in kind.parents and "charge" in params:
        return str(books.find("charge", params["charge"], "charge")["payment_intent"])
    return next((params[name] for name in kind.parents if name in params), None)
