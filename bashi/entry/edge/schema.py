"""Whether D1 has the schema of this version: wrangler keeps the names of migrations only.

The first Worker that meets one notes its checksum, so that a later one finds another file out.
"""

import json

from bashi.core.ports import Database
from bashi.core.setting import GET, PUT
from bashi.engines.workers.migrations import applied_there
from bashi.migrations import checksum, load, problem

SETTING = "schema"


async def check_schema(database: Database) -> None:
    """Raises ValueError in words that say what to do."""
    known = load()
    sums = {name: checksum(sql) for name, sql in known}
    names = {row["name"] for row in await database.fetch(applied_there())}
    missing = sorted(set(sums) - names)
    if missing:
        raise ValueError(f"{', '.join(missing)} missing: run `wrangler d1 migrations apply`.")
    rows = await database.fetch(GET(name=SETTING))
    noted: dict[str, str] = json.loads(rows[0]["value"]) if rows else {}
    applied = {name: noted.get(name, sums.get(name)) for name in names}
    words = problem(applied, known)
    if words is not None:
        raise ValueError(words)
    if not set(sums) <= set(noted):
        note = PUT(name=SETTING, value=json.dumps(sums | noted))
        await database.batch([note])
