"""The books, as an auditor would check them."""

from bashi.core.door import figures as door
from bashi.core.reports import figures as console
from tests.support.shop import Shop


async def accounts(shop: Shop) -> dict[str, int]:
    """Balance of each account in cents; zero ones left out."""
    rows = await shop.product.rows(
        "SELECT account, SUM(amount_cents) AS cents FROM ledger GROUP BY account"
    )
    return {row["account"]: row["cents"] for row in rows if row["cents"]}


async def check_books(shop: Shop) -> None:
    """Every movement sums to zero, and what we think Stripe holds is what it holds."""
    movements = await shop.product.rows(
        "SELECT movement, SUM(amount_cents) AS cents FROM ledger GROUP BY movement"
    )
    assert [row for row in movements if row["cents"]] == []
    assert (await accounts(shop)).get("stripe", 0) == shop.stripe.balance_cents()


async def check_seats(shop: Shop) -> None:
    """Seats held, sold and tickets tell the same story, whichever row one asks."""
    for kind in await shop.product.rows(SEATS):
        assert kind["held"] == kind["pending"], kind
        assert kind["sold"] == kind["live"], kind
        assert kind["held"] + kind["sold"] + kind["kept_back"] <= kind["capacity"], kind
    wrong = await shop.product.rows(UNEQUAL)
    assert wrong == []


async def check_figures(shop: Shop) -> None:
    """What console and doors show is what counting every ticket and every booking gives."""
    ports = shop.product.ports
    shown = await console.figures(ports)
    [counted] = await shop.product.rows(COUNTED)
    assert counted == {
        "issued": shown.tickets_issued,
        "used": shown.tickets_used,
        "sales_cents": shown.sales_cents,
        "refunds_cents": shown.refunds_cents,
    }
    for event in await shop.product.rows("SELECT id FROM event"):
        at_door = await door.figures(ports, event["id"])
        gates = await shop.product.rows(ADMITTED, event=event["id"])
        [issued] = await shop.product.rows(ISSUED, event=event["id"])
        assert at_door.issued == issued["tickets"]
        assert list(at_door.gates) == [(row["used_gate"], row["tickets"]) for row in gates]
        assert at_door.admitted == sum(row["tickets"] for row in gates)


SEATS = """
SELECT t.id, t.held, t.sold, t.kept_back, t.capacity,
  (SELECT COALESCE(SUM(l.quantity), 0) FROM order_line l JOIN orders o ON o.id = l.order_id
    WHERE l.ticket_type_id = t.id AND o.status = 'pending') AS pending,
  (SELECT COUNT(*) FROM ticket k LEFT JOIN refund r ON r.id = k.refund_id
    WHERE k.ticket_type_id = t.id
    AND (k.status <> 'void' OR r.status IN ('asked', 'pending'))) AS live
FROM ticket_type t
"""
"""A ticket whose refund is under way is void, and its seat is still sold."""

UNEQUAL = """
SELECT o.id, o.status, o.seats, COUNT(k.id) AS tickets,
  SUM(CASE WHEN k.status = 'valid' THEN 1 ELSE 0 END) AS valid
FROM orders o LEFT JOIN ticket k ON k.order_id = o.id GROUP BY o.id, o.status, o.seats
HAVING (o.status IN ('paid', 'refunding', 'refunded') AND COUNT(k.id) <> o.seats)
  OR (o.status IN ('pending', 'expired', 'canceled') AND COUNT(k.id) > 0)
  OR (o.status = 'refunded' AND SUM(CASE WHEN k.status = 'valid' THEN 1 ELSE 0 END) > 0)
"""
"""Orders whose tickets are not one a paid seat, and none otherwise."""

COUNTED = """
SELECT COUNT(*) AS issued, COALESCE(SUM(CASE WHEN status = 'used' THEN 1 ELSE 0 END), 0) AS used,
  (SELECT COALESCE(-SUM(amount_cents), 0) FROM ledger WHERE account = 'sales'
    AND movement LIKE 'charge:%') AS sales_cents,
  (SELECT COALESCE(SUM(amount_cents), 0) FROM refund WHERE status = 'succeeded'
    AND kind <> 'return' AND subject_kind = 'order') AS refunds_cents
FROM ticket WHERE status <> 'void'
"""

ISSUED = "SELECT COUNT(*) AS tickets FROM ticket WHERE event_id = :event AND status <> 'void'"
ADMITTED = (
    "SELECT used_gate, COUNT(*) AS tickets FROM ticket WHERE event_id = :event AND status = 'used'"
    " GROUP BY used_gate ORDER BY used_gate"
)
