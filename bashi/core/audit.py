"""The audit trail: who changed what, one row in the same batch as the change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bashi.core.batch import Query, Statement
from bashi.core.columns import columns
from bashi.core.text import Text

Value = str | int | bool | None | Mapping[str, str]
"""As JSON holds it; a text is its words by language."""

_INSERT = Query(
    "INSERT INTO audit (id, at, person_id, action, subject_id, detail, before, after)"
    " VALUES (:id, :at, :person, :action, :subject, :detail, :before, :after)"
)


@dataclass(frozen=True, slots=True)
class Changes:
    """JSON objects of the same fields: those that differ."""

    before: str | None
    after: str | None


NONE_TOLD = Changes(None, None)


def audit(
    *,
    entry_id: str,
    at: int,
    person: str | None,
    action: str,
    subject: str,
    detail: str = "",
    changes: Changes = NONE_TOLD,
) -> Statement:
    """`action` is noun.verb ("event.publish"); `detail` is short text without secrets."""
    return _INSERT(
        id=entry_id,
        at=at,
        person=person,
        action=action,
        subject=subject,
        detail=detail,
        before=changes.before,
        after=changes.after,
    )


def changes(before: Mapping[str, Value], after: Mapping[str, Value]) -> Changes:
    """Of two states with the same fields."""
    names = [name for name in before if before[name] != after[name]]
    if not names:
        return NONE_TOLD
    first, second = ({name: each[name] for name in names} for each in (before, after))
    return Changes(json.dumps(first, ensure_ascii=False), json.dumps(second, ensure_ascii=False))


def values_of(content: object) -> dict[str, Value]:
    """The fields of a dataclass that are columns; never give it one with a secret."""
    kind: Any = type(content)
    values = {name: getattr(content, name) for name in columns(kind)}
    return {
        name: dict(value.words) if isinstance(value, Text) else value
        for name, value in values.items()
    }
