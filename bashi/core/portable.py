"""Reject statements that any supported engine would refuse: D1's limits apply everywhere.

Source: https://developers.cloudflare.com/d1/platform/limits/
"""

from functools import lru_cache

from bashi.core import limits
from bashi.core.batch import Statement


class NotPortable(Exception):
    """A statement that one of the engines would refuse: a mistake in the code."""


def check(statement: Statement) -> None:
    """Raises NotPortable for a parameter that D1, SQLite or PostgreSQL would not take."""
    _check_sql(statement.query.sql)
    params = statement.params
    if len(params) > limits.SQL_PARAMS:
        raise NotPortable(f"more than {limits.SQL_PARAMS} parameters")
    for name, value in params.items():
        kind = type(value)
        if value is None:
            continue
        if kind is str:
            if "\x00" in value:  # type: ignore[operator]
                raise NotPortable(f":{name} holds a NUL, which PostgreSQL does not store")
        elif kind is int:
            if not -limits.SQL_INTEGER < value < limits.SQL_INTEGER:  # type: ignore[operator]
                raise NotPortable(f":{name} is beyond 2^53 - 2")
        elif not (kind is list and all(type(item) is str for item in value)):  # type: ignore[union-attr]
            raise NotPortable(f":{name} is a {kind.__name__}; use str, int, None or list[str]")


@lru_cache(maxsize=1024)
def _check_sql(sql: str) -> None:
    if len(sql.encode()) > limits.SQL_BYTES:
        raise NotPortable(f"SQL longer than {limits.SQL_BYTES} bytes")
    for word in ("FOR UPDATE", "INSERT OR", "CURRENT_TIMESTAMP", "RANDOM()"):
        if word in sql.upper():
            raise NotPortable(f"{word} differs between engines")
