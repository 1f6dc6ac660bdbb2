"""SQL, values and errors translated for PostgreSQL and psycopg."""

import re
from functools import lru_cache

import psycopg
from psycopg.adapt import Buffer, Dumper, Loader
from psycopg.rows import DictRow, dict_row

from bashi.core.batch import Refused


class Connection(psycopg.AsyncConnection[DictRow]):
    """`per_transaction`: settings (a JSON object) to make anew in each, where a pooler such as
    PgBouncer deals our transactions out to sessions of its own; None where the session is ours."""

    per_transaction: str | None = None


_MARK = re.compile(r"'(?:[^']|'')*'|(NOT )?IN :(\w+)\[\]|:(\w+)|%")
_TEXT = re.compile(r"\bTEXT\b")


@lru_cache(maxsize=1024)
def dialect(sql: str) -> str:
    """The same SQL with parameters and lists as the driver marks them."""
    return _MARK.sub(_spell, sql)


def _spell(found: re.Match[str]) -> str:
    negated, ids, name = found.groups()
    if ids:
        return f"{'<> ALL' if negated else '= ANY'}(%({ids})s)"
    if name:
        return f"%({name})s"
    return found[0].replace("%", "%%")


def schema(sql: str) -> str:
    """Text is compared byte by byte, as SQLite and D1 do, whatever language the server speaks."""
    return _TEXT.sub('TEXT COLLATE "C"', sql)


def refusal(error: psycopg.Error) -> Refused | None:
    """None for an error that is no refusal but a mistake of ours."""
    refusing = (psycopg.errors.UniqueViolation, psycopg.errors.CheckViolation)
    if not isinstance(error, refusing):
        return None
    name = error.diag.constraint_name
    assert name is not None
    return Refused(name)


async def prepare(connection: Connection) -> None:
    """Every statement is prepared once a connection, with types that the server infers: one plan
    for it, and the one that the tests look at. Behind a pooler none is: the next session that it
    gives us may know it already, or not yet."""
    await connection.set_autocommit(True)
    connection.prepare_threshold = 0
    connection.prepared_max = None
    connection.row_factory = dict_row
    connection.adapters.register_dumper(int, _UntypedInteger)
    connection.adapters.register_loader("numeric", _WholeNumber)
    connection.adapters.register_loader("bool", _Flag)


class _UntypedInteger(Dumper):
    def dump(self, obj: int) -> Buffer:
        return b"%d" % obj


class _WholeNumber(Loader):
    """The sum of BIGINTs; there are no fractions in our data."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


class _Flag(Loader):
    """0 or 1, as everywhere else."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")
