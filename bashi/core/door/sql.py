"""Statements about scans and check-ins."""

from bashi.core.batch import Query, Row
from bashi.core.columns import reader, select
from bashi.core.door.rules import DoorEvent, DoorTicket, Verdict
from bashi.core.tickets.moves import UNDO_USE, USE_TICKET
from bashi.core.tickets.search import TICKETS

_USE = (
    "UPDATE ticket SET status = 'used', used_at = :at, used_gate = :gate, used_by = :person,"
    " used_scan_id = :scan WHERE id = :ticket AND event_id = :event"
    " AND (CAST(:serial AS BIGINT) IS NULL OR serial = CAST(:serial AS BIGINT))"
)
USE = Query(f"{_USE} AND {USE_TICKET.guard}")
# The verdict, decided here and nowhere else, from the ticket as the statement before left it.
LOG = Query(
    "INSERT INTO scan (id, event_id, ticket_id, verdict, gate, person_id, scanned_at, received_at,"
    " first_used_at, first_used_gate) SELECT :scan, :event, id,"
    " CASE WHEN event_id <> :event THEN 'wrong_event'"
    " WHEN used_scan_id = :scan THEN 'admitted'"
    " WHEN CAST(:serial AS BIGINT) IS NOT NULL AND serial <> CAST(:serial AS BIGINT)"
    " THEN 'superseded'"
    " WHEN status = 'used' THEN 'already_used' WHEN status = 'frozen' THEN 'frozen'"
    " ELSE 'void' END,"
    " :gate, :person, CAST(:scanned_at AS BIGINT), CAST(:now AS BIGINT), used_at, used_gate"
    " FROM ticket WHERE id = :ticket"
)
LOG_UNKNOWN = Query(
    "INSERT INTO scan (id, event_id, ticket_id, verdict, gate, person_id, scanned_at, received_at)"
    " VALUES (:scan, :event, NULL, :verdict, :gate, :person, :scanned_at, :now)"
)
_COLUMNS = (
    "SELECT k.id, k.event_id, k.status, k.serial, k.attendee, k.used_at, k.used_gate,"
    " k.used_scan_id, t.name AS type_name, o.number AS order_number, e.title AS event_title,"
    " o.status AS order_status, o.dispute"
)
_TICKET = (
    " FROM ticket k JOIN ticket_type t ON t.id = k.ticket_type_id"
    " JOIN orders o ON o.id = k.order_id JOIN event e ON e.id = k.event_id"
)
TICKET = Query(f"{_COLUMNS}{_TICKET} WHERE k.id = :ticket")
JUDGED = Query(f"{_COLUMNS}, s.verdict{_TICKET} JOIN scan s ON s.id = :scan WHERE k.id = :ticket")
"""The ticket with the verdict that the same batch's LOG has just kept."""
OF_ORDER = Query(f"{TICKETS} WHERE o.number = :number AND o.event_id = :event ORDER BY k.position")
TICKET_TYPED = Query("SELECT id FROM ticket WHERE typed_code = :code")
SCAN = Query(
    "SELECT id, event_id, ticket_id, verdict, person_id, first_used_at, first_used_gate FROM scan"
    " WHERE id = :scan"
)
_UNDO = (
    "UPDATE ticket SET status = 'valid', used_at = NULL, used_gate = NULL, used_by = NULL,"
    " used_scan_id = NULL WHERE id = :ticket"
    " AND used_scan_id IS NOT DISTINCT FROM CAST(:scan AS TEXT)"
    " AND EXISTS (SELECT 1 FROM orders o WHERE o.id = ticket.order_id AND o.status = 'paid'"
    " AND o.dispute IS NULL)"
)
UNDO = Query(f"{_UNDO} AND {UNDO_USE.guard}")
STATE = Query(
    "SELECT k.status, k.used_at, k.used_gate, k.serial, t.name FROM ticket k"
    " JOIN ticket_type t ON t.id = k.ticket_type_id WHERE k.id = :ticket"
)
FIXED = Query(
    "SELECT k.attendee, k.event_id, o.number FROM ticket k JOIN orders o ON o.id = k.order_id"
    " WHERE k.id = :ticket"
)
_OPEN = (
    f"SELECT {select(DoorEvent)} FROM event"
    " WHERE status = 'published' AND ends_at > :ended_after AND starts_at < :starts_before"
)
OPEN_EVENTS = Query(f"{_OPEN} ORDER BY starts_at, id LIMIT 50")
OPEN_EVENT = Query(f"{_OPEN} AND id = :event")
EVENT = Query("SELECT id, status FROM event WHERE id = :event")
ISSUED = Query("SELECT issued FROM event_tally WHERE event_id = :event")
BY_GATE = Query(
    "SELECT gate, admitted FROM gate_tally WHERE event_id = :event AND admitted <> 0 ORDER BY gate"
)


def verdict(row: Row) -> Verdict:
    return Verdict(row["verdict"])


door_ticket = reader(DoorTicket)
