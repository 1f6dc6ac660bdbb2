from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.edge.harness import Edge, edge_installation
from tests.support.client import Client
from tests.support.database import ON_POSTGRES, PostgresTemplate, SqliteTemplate, Template
from tests.support.postgres import Postgres, some_postgres
from tests.support.product import Product, open_product
from tests.support.s3 import S3Server, running_s3
from tests.support.server import Server, free_port, running_server

settings.register_profile("patient", deadline=None)  # no test fails because a machine is busy
settings.load_profile("patient")


@pytest.fixture(scope="session")
def database_template(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Template:
    if ON_POSTGRES:
        return PostgresTemplate(request.getfixturevalue("postgres"))
    return SqliteTemplate(tmp_path_factory.mktemp("template") / "bashi.sqlite")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with some_postgres(free_port()) as server:
        yield server


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """One for the whole run: use names that no other test uses."""
    with running_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
async def product(tmp_path: Path, database_template: Template) -> AsyncIterator[Product]:
    """The product in this process, empty."""
    async with open_product(tmp_path, database_template) as product:
        yield product


@pytest.fixture
async def client(product: Product) -> Client:
    """Somebody who is not signed in."""
    return product.client()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
async def server(shared_server: Server) -> AsyncIterator[Server]:
    """`bashi serve` with demo data, one for the whole run: use names that no other test uses."""
    yield shared_server
    while shared_server.clients:
        await shared_server.clients.pop().aclose()


@pytest.fixture(scope="session")
def edge() -> Iterator[Edge]:
    """One for the whole run: use names that no other test uses."""
    with edge_installation() as edge:
        yield edge
