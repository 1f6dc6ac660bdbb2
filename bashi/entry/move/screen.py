"""Progress display of `bashi move`, and the next steps."""

import sqlite3

import psycopg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bashi.engines.system import SystemClock
from bashi.entry.move.move import SQLITE, Moved, move, side
from bashi.entry.move.sides import NotMoved
from bashi.entry.settings import Settings


def move_with_bar(settings: Settings, to: str, console: Console) -> str:
    """The words to end with. Raises NotMoved."""
    source = settings.database.url.get_secret_value() or f"{SQLITE}{settings.server.database_path}"
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        bars: dict[str, TaskID] = {}

        def tell(table: str, done: int, total: int) -> None:
            if table not in bars:
                bars[table] = progress.add_task(table, total=total)
            progress.update(bars[table], completed=done)

        try:
            moved = move(side(source), side(to), SystemClock().now, tell)
        except (sqlite3.Error, psycopg.Error) as error:
            raise NotMoved(str(error).strip()) from error
    return _words(moved, to)


def _words(moved: Moved, to: str) -> str:
    where = (
        f"unset BASHI_DATABASE_URL, and have {to.removeprefix(SQLITE)} as bashi.sqlite in"
        " BASHI_DATA_DIR"
        if to.startswith(SQLITE)
        else "set BASHI_DATABASE_URL to it"
    )
    return (
        f"{moved.rows} rows in {moved.tables} tables are there, and the ledger's"
        f" {len(moved.ledger_cents)} accounts agree. Now {where}, and start again."
        " The old database is as it was; pictures stay where they are."
    )
