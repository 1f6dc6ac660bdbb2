"""The product with one migration more."""

import shutil
from pathlib import Path

import bashi

NEXT = "9999_next.sql"


def next_version(folder: Path, sql: str, *, postgres: str | None = None) -> dict[str, str]:
    """How a process finds it. `postgres` stands in for `sql` there."""
    shutil.copytree(Path(bashi.__file__).parent, folder / "bashi")
    migrations = folder / "bashi" / "migrations"
    (migrations / NEXT).write_text(sql)
    if postgres is not None:
        (migrations / NEXT.replace(".sql", ".postgres.sql")).write_text(postgres)
    return {"PYTHONPATH": str(folder)}
