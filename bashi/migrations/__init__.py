"""Schema migrations: forward-only SQL files, applied in order of their names on every engine."""

from importlib.resources import files


def load(engine: str = "sqlite") -> list[tuple[str, str]]:
    """(file name, SQL) of each migration, oldest first.

    Where an engine must differ, `NNNN_x.postgres.sql` stands in for `NNNN_x.sql`, under its name.
    """
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in files(__name__).iterdir()
        if entry.name.endswith(".sql")
    }
    shared = sorted(name for name in texts if name.count(".") == 1)
    return [
        (name, texts.get(f"{name.removesuffix('.sql')}.{engine}.sql", texts[name]))
        for name in shared
    ]
