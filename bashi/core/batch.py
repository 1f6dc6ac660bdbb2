"""Statements, guards and refusals: what a use case and a database say to each other.

A batch is all or nothing. A statement may carry a guard: `expect_rows=1,
refused="order_is_pending"` means "this many rows, or roll the whole batch back and raise
`Refused("order_is_pending")`".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Param = str | int | Sequence[str] | None
Params = Mapping[str, Param]


class Row(Protocol):
    """A row by column name. Values are str, int or None."""

    def __getitem__(self, name: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Query:
    """SQL text with `:name` parameters, made once at import and bound per call.

    `name IN :ids[]` takes a list of strings. `long` marks a statement that may read many rows:
    engines keep it away from the event loop. `stale_ok` marks one whose answer may be some seconds
    old, because nothing is decided by it: a read replica may give it. `leaves_work` marks one whose
    row the background carries on: an engine without a loop of its own calls for that.
    """

    sql: str
    long: bool = False
    stale_ok: bool = False
    leaves_work: bool = False

    def __call__(
        self, expect_rows: int | None = None, refused: str | None = None, /, **params: Param
    ) -> "Statement":
        return Statement(self, params, expect_rows, refused)


@dataclass(frozen=True, slots=True)
class Statement:
    """A query with its values and, for a batch, the number of rows it must touch."""

    query: Query
    params: Params
    expect_rows: int | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one statement of a batch did: rows returned, and rows changed by a write."""

    rows: Sequence[Row] = ()
    changed: int = 0


class Refused(Exception):
    """A named constraint or guard said no; nothing of the batch was written."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Indefinite(Exception):
    """The connection was lost during COMMIT: the batch may or may not have happened.

    Every batch claims an id made by the caller, so repeating the command settles it.
    """


class Unavailable(Exception):
    """The database did not answer; nothing was written. Trying again later is safe."""
