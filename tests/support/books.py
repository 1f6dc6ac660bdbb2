"""Do the product's books agree with Stripe's, seat by seat and cent by cent?"""

from collections import defaultdict
from typing import Any

from tests.support.market import Market

ORDERS = (
    "SELECT o.id, o.status, o.seats, o.total_cents,"
    " (SELECT COUNT(*) FROM ticket t WHERE t.order_id = o.id AND t.status <> 'void') AS tickets,"
    " (SELECT COALESCE(SUM(l.amount_cents), 0) FROM ledger l"
    "  WHERE l.subject_id = o.id AND l.account = 'stripe') AS booked_cents"
    " FROM orders o WHERE o.event_id = ?"
)
TYPES = (
    "SELECT k.id, k.capacity, k.held, k.sold, (SELECT COUNT(*) FROM ticket t"
    " WHERE t.ticket_type_id = k.id AND t.status <> 'void') AS tickets"
    " FROM ticket_type k WHERE k.event_id = ?"
)
ISSUED = (
    "SELECT COALESCE((SELECT issued FROM event_tally WHERE event_id = ?), 0) AS said,"
    " COUNT(*) AS tickets FROM ticket WHERE event_id = ? AND status <> 'void'"
)
ADMITTED = (
    "SELECT COALESCE((SELECT SUM(admitted) FROM gate_tally WHERE event_id = ?), 0) AS said,"
    " COUNT(*) AS tickets FROM ticket WHERE event_id = ? AND status = 'used'"
)
UNBALANCED = "SELECT movement FROM ledger GROUP BY movement HAVING SUM(amount_cents) <> 0"


def disagreements(market: Market, event_id: str) -> list[str]:
    """Sentences on what is wrong once nothing is pending any more; none when all is well."""
    wrong = [f"{row['movement']} does not sum to zero" for row in market.rows(UNBALANCED)]
    for kind in market.rows(TYPES, event_id):
        held, sold, tickets = kind["held"], kind["sold"], kind["tickets"]
        if held or sold != tickets or sold > kind["capacity"]:
            wrong.append(f"{held} held, {sold} sold of {kind['capacity']}, {tickets} tickets admit")
    for sql in (ISSUED, ADMITTED):
        ((shown),) = market.rows(sql, event_id, event_id)
        if shown["said"] != shown["tickets"]:
            wrong.append(f"{shown['tickets']} tickets are shown as {shown['said']}")
    kept = _kept_cents(market, wrong)
    for order in market.rows(ORDERS, event_id):
        paid = order["status"] == "paid"
        seats, cents = (order["seats"], order["total_cents"]) if paid else (0, 0)
        found = (order["tickets"], kept[order["id"]], order["booked_cents"])
        if order["status"] in ("pending", "refunding") or found != (seats, cents, cents):
            wrong.append(
                f"{order['id']} is {order['status']}: {found[0]} tickets, Stripe keeps {found[1]},"
                f" booked {found[2]}; expected {seats} tickets and {cents}"
            )
    return wrong


def _kept_cents(market: Market, wrong: list[str]) -> dict[str, int]:
    """By order: what Stripe took less what it gave back."""
    refunds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for refund in market.stripe.objects("refund"):
        refunds[refund["payment_intent"]].append(refund)
    kept: dict[str, int] = defaultdict(int)
    for session in market.stripe.objects("checkout.session"):
        if session["payment_status"] != "paid":
            continue
        given = refunds[session["payment_intent"]]
        kept[session["client_reference_id"]] += session["amount_total"]
        kept[session["client_reference_id"]] -= sum(refund["amount"] for refund in given)
        if len(given) > 1 or any(refund["status"] != "succeeded" for refund in given):
            wrong.append(f"{session['payment_intent']} has refunds {given}")
    return kept
