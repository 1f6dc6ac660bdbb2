"""`bashi serve` whose batches run side by side, so that only guards and constraints order them."""

from functools import partial

from bashi.engines.postgres import database as postgres
from bashi.entry.cli import main

if __name__ == "__main__":
    postgres.PostgresDatabase = partial(postgres.PostgresDatabase, lane=False)  # type: ignore[assignment,misc]
    main()
