"""An event's attendees as a file."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from bashi.core import limits
from tests.events.organizer import write
from tests.support.client import Client, problem
from tests.support.server import running_server
from tests.support.shop import Shop
from tests.support.tables import SqliteTables

HEADINGS = [
    "Order", "Ticket", "Attendee", "Buyer", "Email", "Ticket type", "Ticket type (Bangla)", "Price",
    "Currency", "State", "Gate", "Checked in (America/Chicago)",
]  # fmt: skip


@pytest.fixture
async def event(shop: Shop) -> Any:
    return await shop.event({}, {"price_cents": 0}, title="Durga Pujo")


async def export(client: Client, event: Any) -> httpx.Response:
    answer = await client.get(f"admin/events/{event['id']}/attendees.csv")
    assert answer.status_code == 200, answer.text
    return answer


async def rows(shop: Shop, event: Any) -> list[list[str]]:
    """Without the headings."""
    content = (await export(shop.admin, event)).content.decode("utf-8-sig")
    first, *others = csv.reader(StringIO(content, newline=""))
    assert first == HEADINGS
    return others


async def test_each_ticket_is_a_row(shop: Shop, buyer: Client, event: Any) -> None:
    order = await shop.buy(buyer, event, 2, 1)
    [adult, other, free] = order["tickets"]
    use = {"scan_id": shop.new_id(), "gate": "North"}
    await shop.admin.post(f"tickets/{adult['id']}/use", json=use)
    await shop.refund(order, ticket_ids=[other["id"]])
    number, who = order["number"], ["Rahima Khatun", order["email"], "Adult", "প্রাপ্তবয়স্ক"]
    assert await rows(shop, event) == [
        [number, f"{number}-1", "Guest 1", *who, "15.00", "USD", "used", "North",
         "2026-11-20 06:00:00"],
        [number, f"{number}-2", "Guest 2", *who, "15.00", "USD", "void", "", ""],
        [number, f"{number}-3", "Guest 1", *who, "0.00", "USD", "valid", "", ""],
    ]  # fmt: skip
    assert free["typed_code"] not in (await export(shop.admin, event)).text


async def test_it_is_a_download_that_excel_reads_and_nobody_keeps(shop: Shop, event: Any) -> None:
    answer = await export(shop.admin, event)
    assert answer.content.startswith(b"\xef\xbb\xbfOrder,")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    named = f'attachment; filename="attendees-{event["slug"]}.csv"'
    assert answer.headers["content-disposition"] == named
    assert answer.headers["cache-control"] == "no-store"


async def test_an_event_without_orders_has_headings_only(shop: Shop, event: Any) -> None:
    assert await rows(shop, event) == []


async def test_names_are_never_formulas(shop: Shop, buyer: Client, event: Any) -> None:
    names = ["=1+1", "+880 171", "-2", "@SUM(A1)", "＝1", "রহিমা, খাতুন", 'The "Duke"']
    kinds = [kind["id"] for kind in event["ticket_types"]]
    order = await shop.hold(buyer, event, lines=[
        {"ticket_type_id": kinds[1], "quantity": len(names), "attendees": names}
    ])  # fmt: skip
    assert order["status"] == "paid"
    shown = [row[2] for row in await rows(shop, event)]
    assert shown == [*(f"'{name}" for name in names[:5]), *names[5:]]


async def test_large_events_come_page_by_page_each_ticket_once(
    shop: Shop, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_PAGE_ROWS", 2)
    other = await shop.event()
    orders = [await shop.buy(await shop.buyer(), event, seats) for seats in (3, 1, 2)]
    await shop.buy(await shop.buyer(), other, 1)
    wanted = {f"{order['number']}-{place}" for order in orders for place in range(1, 4)}
    shown = [row[1] for row in await rows(shop, event)]
    assert len(shown) == len(set(shown)) == 6
    assert set(shown) <= wanted


async def test_a_currency_without_cents_is_shown_without(
    shop: Shop, buyer: Client, event: Any
) -> None:
    await shop.buy(buyer, event)
    await write(shop.product, "UPDATE orders SET currency = 'JPY'")
    assert [row[7:9] for row in await rows(shop, event)] == [["1500", "JPY"]]


async def test_only_admins_get_it(shop: Shop, buyer: Client, event: Any) -> None:
    path = f"admin/events/{event['id']}/attendees.csv"
    problem(await buyer.get(path), 403, "not_verified")
    problem(await shop.product.client().get(path), 401, "not_signed_in")
    missing = f"admin/events/{shop.new_id()}/attendees.csv"
    problem(await shop.admin.get(missing), 404, "no_such_event")


async def test_the_trail_names_who_took_it(shop: Shop, event: Any) -> None:
    await export(shop.admin, event)
    [entry, *_] = (await shop.admin.get("admin/audit")).json()["items"]
    assert (entry["action"], entry["subject_id"]) == ("event.export", event["id"])
    assert entry["person_email"] == shop.admin.person["email"]


@pytest.mark.slow
async def test_a_file_that_could_not_be_finished_is_no_whole_file(tmp_path: Path) -> None:
    """The last ticket was used at no moment that can be written."""
    with running_server(tmp_path) as server:
        admin = await server.demo()
        event = (await admin.get("admin/events")).json()["items"][0]
        path = f"admin/events/{event['id']}/attendees.csv"
        tables = SqliteTables(tmp_path / "bashi.sqlite")
        _add_tickets(tables, event, limits.EXPORT_PAGE_ROWS + 1)
        lines = (await admin.get(path)).content.splitlines()
        assert len(lines) > limits.EXPORT_PAGE_ROWS + 1
        tables.change(
            "UPDATE ticket SET used_at = ? WHERE order_id = 'z' AND position = ?",
            2**60,
            limits.EXPORT_PAGE_ROWS + 1,
        )
        came = bytearray()
        async with admin.stream("GET", path) as answer:
            with pytest.raises(httpx.RemoteProtocolError):
                await _take_all(answer, came)
        assert came.count(b"\n") > limits.EXPORT_PAGE_ROWS
        await admin.aclose()


async def _take_all(answer: httpx.Response, into: bytearray) -> None:
    async for part in answer.aiter_bytes():
        into.extend(part)


def _add_tickets(tables: SqliteTables, event: Any, count: int) -> None:
    tables.change(
        "INSERT INTO orders (id, number, kind, event_id, email, name, locale, status, seats,"
        " total_cents, refunded_cents, currency, content_hash, address_tag, created_at, expires_at)"
        " VALUES ('z', 'Z', 'sale', ?, '', '', 'en', 'paid', 1, 0, 0, 'USD', '', '', 1, 1)",
        event["id"],
    )
    tables.change(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)"
        " INSERT INTO ticket (id, seat, order_id, event_id, ticket_type_id, position, attendee,"
        " price_cents, status, serial, typed_code, issued_at)"
        " SELECT 'z' || n, 'z' || n, 'z', ?, ?, n, 'Guest', 0, 'valid', 1, 'z' || n, 1 FROM number",
        count,
        event["id"],
        event["ticket_types"][0]["id"],
    )
