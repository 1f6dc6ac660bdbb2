"""Totals for monitoring: whole tables are read, so now and then, and beside the requests."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.batch import Query
from bashi.core.ports import Ports

ORDERS = Query(
    "SELECT status, currency, COUNT(*) AS orders, SUM(total_cents) AS total_cents,"
    " SUM(refunded_cents) AS refunded_cents FROM orders GROUP BY status, currency",
    long=True,
    stale_ok=True,
)
SCANS = Query(
    "SELECT verdict, COUNT(*) AS scans FROM scan GROUP BY verdict", long=True, stale_ok=True
)
WEBHOOK = Query(
    "SELECT MAX(received_at) AS at FROM payment_event WHERE id LIKE 'evt%'",
    long=True,
    stale_ok=True,
)


@dataclass(frozen=True, slots=True)
class OrderTotal:
    status: str
    currency: str
    orders: int
    total_cents: int
    refunded_cents: int


@dataclass(frozen=True, slots=True)
class Totals:
    orders: Sequence[OrderTotal]
    scans: Sequence[tuple[str, int]]
    """How many by verdict."""
    webhook_at: int | None
    """When the last event came from Stripe by itself."""


async def read_totals(ports: Ports) -> Totals:
    orders = await ports.database.fetch(ORDERS())
    scans = await ports.database.fetch(SCANS())
    return Totals(
        [
            OrderTotal(
                row["status"],
                row["currency"],
                row["orders"],
                row["total_cents"],
                row["refunded_cents"],
            )
            for row in orders
        ],
        [(row["verdict"], row["scans"]) for row in scans],
        (await ports.database.fetch(WEBHOOK()))[0]["at"],
    )
