"""What a request costs: nothing is read, signed or drawn that its answer does not show."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bashi.core.batch import Refused, Result, Row, Statement
from bashi.core.limits import BATCH_TRIES
from bashi.core.ports import Database
from bashi.core.ticket_code import TicketCode
from bashi.engines.signer_cryptography import ServerSigner
from tests.orders.test_complimentary import give
from tests.orders.test_mine import ORDER_ROUTES
from tests.support.client import Client, problem
from tests.support.database import Template
from tests.support.product import SECRET, TICKET_KEY
from tests.support.shop import Shop
from tests.support.stripe import Stripe, open_shop


@dataclass
class CountedDatabase:
    inner: Database | None = None
    reads: list[str] = field(default_factory=list)
    refuse: str = ""
    """Every batch is refused by this name."""
    refused: int = 0

    async def fetch(self, statement: Statement) -> list[Row]:
        assert self.inner is not None
        self.reads.append(statement.query.sql)
        return await self.inner.fetch(statement)

    async def batch(self, statements: Sequence[Statement]) -> list[Result]:
        assert self.inner is not None
        if self.refuse:
            self.refused += 1
            raise Refused(self.refuse)
        return await self.inner.batch(statements)

    def of_orders(self) -> int:
        """Reads that are not of the session."""
        return len([sql for sql in self.reads if "session" not in sql])


class CountingSigner(ServerSigner):
    def __init__(self) -> None:
        super().__init__([SECRET], TICKET_KEY)
        self.made: Counter[str] = Counter()

    async def sign_ticket(self, code: TicketCode) -> Any:
        self.made["signed"] += 1
        return await super().sign_ticket(code)


@pytest.fixture
def database() -> CountedDatabase:
    return CountedDatabase()


@pytest.fixture
def signer() -> CountingSigner:
    return CountingSigner()


@pytest.fixture
async def stripe(
    tmp_path: Path, database_template: Template, database: CountedDatabase, signer: CountingSigner
) -> AsyncIterator[Stripe]:
    async with open_shop(tmp_path, database_template, database=database, signer=signer) as stripe:
        inner = database_template.connect(tmp_path)
        database.inner = inner
        try:
            yield stripe
        finally:
            await inner.close()


async def test_a_list_of_orders_signs_no_ticket_and_reads_none(
    shop: Shop, buyer: Client, database: CountedDatabase, signer: CountingSigner
) -> None:
    event = await shop.event()
    await shop.buy(buyer, event, 3)
    signer.made.clear()
    database.reads.clear()
    [order] = (await buyer.get("me/orders")).json()["items"]
    assert order["tickets"] is None
    assert signer.made["signed"] == 0
    assert not any("FROM ticket k" in sql for sql in database.reads)
    assert len((await buyer.get("me/tickets")).json()["items"]) == 3
    assert signer.made["signed"] == 3


@pytest.mark.parametrize(("method", "path"), ORDER_ROUTES)
async def test_whose_an_order_is_takes_one_read(
    shop: Shop, buyer: Client, database: CountedDatabase, method: str, path: str
) -> None:
    order = await shop.buy(buyer, await shop.event())
    stranger = await shop.buyer()
    database.reads.clear()
    answer = await stranger.request(method, f"orders/{order['id']}{path}")
    problem(answer, 404, "no_such_order")
    assert database.of_orders() == 1


async def test_a_hold_that_is_always_overtaken_ends(
    shop: Shop, buyer: Client, database: CountedDatabase
) -> None:
    event = await shop.event()
    database.refuse = "orders.number"
    problem(await shop.try_hold(buyer, event), 503, "order_busy")
    assert database.refused == BATCH_TRIES
    database.refuse = ""
    await shop.hold(buyer, event)


async def test_complimentary_tickets_that_are_always_overtaken_end(
    shop: Shop, database: CountedDatabase
) -> None:
    event = await shop.event({"kept_back": 5})
    database.refuse = "ticket_type_as_seen"
    problem(await give(shop, event), 503, "order_busy")
    assert database.refused == BATCH_TRIES
