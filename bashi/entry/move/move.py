"""`bashi move`: copy all rows of one database into another, empty one, across engines.

Refused while a server uses the source: what it sold meanwhile would be left behind. The source
stays as it was. Both sides are counted and their books summed before the target is committed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bashi.entry.move.sides import LEDGER, UNBALANCED, NotMoved, PostgresSide, Side, SqliteSide
from bashi.migrations import load

SQLITE = "sqlite:"
BATCH_ROWS = 2_000

Tell = Callable[[str, int, int], None]
"""Called with a table, its rows copied so far, and its rows in all."""


@dataclass(frozen=True, slots=True)
class Moved:
    tables: int
    rows: int
    ledger_cents: dict[str, int]
    """By account, equal on both sides."""


def side(place: str) -> Side:
    """`sqlite:path` or a postgresql:// URL. Raises NotMoved for anything else."""
    if place.startswith(SQLITE):
        return SqliteSide(Path(place.removeprefix(SQLITE)).absolute())
    if place.startswith(("postgresql://", "postgres://")):
        return PostgresSide(place)
    raise NotMoved("Give postgresql://user:password@host/name, or sqlite:path.")


def move(source: Side, target: Side, now: Callable[[], int], tell: Tell) -> Moved:
    """Raises NotMoved, or the error of an engine that does not answer."""
    if source == target:
        raise NotMoved("That is the database that is in use now.")
    with source.opened():
        _expect_present_schema(source)
        with source.frozen():
            target.migrate(now)
            with target.opened(), target.filling():
                return _copy(source, target, tell)


def _expect_present_schema(source: Side) -> None:
    done = {name for (name,) in source.query("SELECT name FROM schema_migration")}
    missing = sorted({name for name, _ in load()} - done)
    if missing:
        raise NotMoved(f"{', '.join(missing)} missing: run `bashi migrate` first.")


def _copy(source: Side, target: Side, tell: Tell) -> Moved:
    tables = source.tables()
    if tables != target.tables():
        raise NotMoved("The two have different tables: another version of bashi made one of them.")
    taken = [table for table in tables if _count(target, table)]
    if taken:
        raise NotMoved(f"The target is not empty: there are rows in {', '.join(taken)}.")
    for table in tables:
        _copy_table(source, target, table, tell)
    return _checked(source, target, tables)


def _copy_table(source: Side, target: Side, table: str, tell: Tell) -> None:
    columns = source.columns(table)
    done, total = 0, _count(source, table)
    tell(table, done, total)
    for rows in source.read(table, columns, BATCH_ROWS):
        target.write(table, columns, rows)
        done += len(rows)
        tell(table, done, total)


def _checked(source: Side, target: Side, tables: Sequence[str]) -> Moved:
    counts = {table: _count(source, table) for table in tables}
    wrong = [table for table, count in counts.items() if _count(target, table) != count]
    if wrong:
        raise NotMoved(f"The number of rows differs in {', '.join(wrong)}.")
    books = _books(source)
    if _books(target) != books or target.query(UNBALANCED) != [(0,)]:
        raise NotMoved("The ledger's sums differ, or a movement does not sum to zero.")
    return Moved(len(tables), sum(counts.values()), books)


def _count(of: Side, table: str) -> int:
    ((count,),) = of.query(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - a name of our schema
    return int(count)


def _books(of: Side) -> dict[str, int]:
    return {account: int(cents) for account, cents in of.query(LEDGER)}
