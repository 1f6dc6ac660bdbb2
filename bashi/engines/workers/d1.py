"""D1 as a Database: a fetch is one query, a batch is one `batch()`, which is all or nothing.

D1 tells errors in words only. An UPDATE that matches nothing does not stop its batch, so a guard is
a statement of its own behind it, which fails with the guard's name in its words.
"""

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from pyodide.ffi import JsException

from bashi.core.batch import Indefinite, Param, Refused, Result, Row, Statement, Unavailable
from bashi.core.portable import check

_PLACE = re.compile(r"IN :(?P<list>\w+)\[\]|(?<![:\w]):(?P<one>\w+)|'[^']*'")
_REFUSAL = re.compile(
    r"(?:UNIQUE|CHECK) constraint failed: (?P<constraint>[\w.]+)"
    r"|(?:bad JSON path: |JSON path error near )'(?P<guard>\w+)'"
)
_NOT_DONE = re.compile(
    "overloaded|too many requests queued|D1 is down|cannot resolve D1", re.IGNORECASE
)
_UNKNOWN = re.compile(
    "connection lost|disconnected|object to be reset|was reset|DB reset|timed? ?out|internal error",
    re.IGNORECASE,
)
"""Source: https://developers.cloudflare.com/d1/observability/debug-d1/#error-list"""


class D1Database:
    """`wake` is called when a batch has left work for the background."""

    def __init__(self, binding: Any, wake: Callable[[], None]) -> None:
        self._binding = binding
        self._wake = wake

    async def fetch(self, statement: Statement) -> list[Row]:
        check(statement)
        try:
            answer = await self._prepare(statement).all()
        except JsException as error:
            if _NOT_DONE.search(str(error)) or _UNKNOWN.search(str(error)):
                raise Unavailable(str(error)) from error
            raise
        rows: list[Row] = answer["results"]
        return rows

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        prepared: list[Any] = []
        places: list[int] = []
        for statement in statements:
            check(statement)
            places.append(len(prepared))
            prepared.append(self._prepare(statement))
            if statement.expect_rows is not None:
                prepared.append(self._binding.prepare(guard(statement)))
        try:
            answers = await self._binding.batch(prepared)
        except JsException as error:
            raise _translate(error) from error
        if any(statement.query.leaves_work for statement in statements):
            self._wake()
        return [_result(answers[place]) for place in places]

    def _prepare(self, statement: Statement) -> Any:
        sql, names = dialect(statement.query.sql)
        values = [_value(statement.params[name]) for name in names]
        prepared = self._binding.prepare(sql)
        return prepared.bind(*values) if values else prepared


@lru_cache(maxsize=1024)
def dialect(sql: str) -> tuple[str, tuple[str, ...]]:
    """The same SQL with numbered parameters, and their names in that order."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        name = found["list"] or found["one"]
        if name is None:
            return found[0]
        if name not in names:
            names.append(name)
        place = f"?{names.index(name) + 1}"
        # `place` is a question mark and a number of ours.
        return f"IN (SELECT value FROM json_each({place}))" if found["list"] else place  # noqa: S608

    return _PLACE.sub(number, sql), tuple(names)


def guard(statement: Statement) -> str:
    """Fails, with the name in its words, unless the statement before changed that many rows."""
    name, rows = statement.refused, statement.expect_rows
    assert name is not None
    assert re.fullmatch(r"\w+", name)
    # Both are written in the code, as letters and digits.
    return f"SELECT CASE WHEN changes() = {rows} THEN 1 ELSE json_extract('{{}}', '{name}') END"


def _value(value: Param) -> str | int | None:
    return json.dumps(value) if isinstance(value, list) else value  # type: ignore[return-value]


def _result(answer: Any) -> Result:
    return Result(answer["results"], answer["meta"]["changes"])


def _translate(error: JsException) -> Exception:
    words = str(error)
    refusal = _REFUSAL.search(words)
    if refusal is not None:
        return Refused(refusal["constraint"] or refusal["guard"])
    if _NOT_DONE.search(words):
        return Unavailable(words)
    return Indefinite(words) if _UNKNOWN.search(words) else error
