"""The schema, as forward-only SQL files that every engine applies in order of their names."""

from importlib.resources import files


def load() -> list[tuple[str, str]]:
    """(file name, SQL) of each migration, oldest first."""
    folder = files(__name__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    shared = [name for name in names if not name.endswith(".postgres.sql")]
    return [(name, (folder / name).read_text(encoding="utf-8")) for name in shared]
