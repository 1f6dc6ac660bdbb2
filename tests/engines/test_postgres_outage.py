"""PostgreSQL goes away and comes back: callers wait a little, or are told to come again."""

from collections.abc import Iterator

import pytest

from bashi.core.batch import Unavailable
from bashi.engines.postgres import PostgresDatabase
from bashi.engines.postgres_schema import migrate
from tests.engines.test_database_contract import ADD_TIER, HOLD, MIGRATIONS, held
from tests.support.postgres import OwnPostgres, running_postgres
from tests.support.server import free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def own() -> Iterator[OwnPostgres]:
    with running_postgres(free_port()) as server:
        yield server


async def test_a_restart_is_waited_for_and_a_long_outage_is_told(own: OwnPostgres) -> None:
    migrate(own.url, MIGRATIONS, lambda: 0)
    database = PostgresDatabase(own.url)
    await database.batch([ADD_TIER(id="a", capacity=5)])
    assert await held(database) == 0
    own.stop()
    own.start()
    assert await held(database) == 0
    await database.batch([HOLD(count=1, id="a")])
    own.stop()
    with pytest.raises(Unavailable):
        await held(database)
    with pytest.raises(Unavailable):
        await database.batch([HOLD(count=1, id="a")])
    own.start()
    await database.batch([HOLD(count=1, id="a")])
    assert await held(database) == 2
    await database.close()
