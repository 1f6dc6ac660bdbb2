"""Error reporting shared by the migration runners."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from bashi.migrations import Migration, problem


class MigrationFailed(Exception):
    """The database is as the migration before left it. The words say which one, and why."""


class SchemaDiffers(MigrationFailed):
    """This version must not work on that database."""


def refuse_another(applied: Mapping[str, str | None], known: Sequence[Migration]) -> None:
    """Raises SchemaDiffers."""
    words = problem(applied, known)
    if words is not None:
        raise SchemaDiffers(words)


@contextmanager
def named(name: str, errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        words = str(error).strip()
        raise MigrationFailed(
            f"migration {name} failed: {words}. It is tried again at the next start."
        ) from error
