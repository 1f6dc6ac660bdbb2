"""The schema, as forward-only SQL files that every engine applies in order of their names."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

NEWER_MAX = 1  # migrations that an older version may lack: an upgrade's servers go one by one
_COMMENT_OR_TEXT = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\s+")

Migration = tuple[str, str]
"""File name, SQL."""


def load(engine: str = "sqlite") -> list[Migration]:
    """Oldest first.

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


def checksum(sql: str) -> str:
    """Of what it does: comments and spaces do not count."""
    plain = _COMMENT_OR_TEXT.sub(_significant, sql).strip()
    return hashlib.sha256(plain.encode()).hexdigest()


def _significant(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in "'\"" else " "


def problem(applied: Mapping[str, str | None], known: Sequence[Migration]) -> str | None:
    """Why this version must not work on a database with these migrations (checksums by name), in
    words that say what to do; None where it may. What is missing is no problem: it is applied."""
    ours = dict(known)
    changed = [
        name for name in sorted(applied) if name in ours and applied[name] != checksum(ours[name])
    ]
    if changed:
        return (
            f"{', '.join(changed)} of this version is not what the database was made with. Run the"
            " version that made it, or begin with an empty database."
        )
    newer = sorted(set(applied) - set(ours))
    if len(newer) > NEWER_MAX:
        return (
            f"The database is {len(newer)} migrations newer than this version ({', '.join(newer)})."
            " Run the version that applied them, or one before it."
        )
    return None
