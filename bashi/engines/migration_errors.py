"""Error reporting shared by the migration runners."""

from collections.abc import Iterator
from contextlib import contextmanager


class MigrationFailed(Exception):
    """The database is as the migration before left it. The words say which one, and why."""


@contextmanager
def named(name: str, errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        words = str(error).strip()
        raise MigrationFailed(
            f"migration {name} failed: {words}. It is tried again at the next start."
        ) from error
