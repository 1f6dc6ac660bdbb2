"""Statements about events and ticket types, and rows as dataclasses."""

from bashi.core.batch import Query, Row
from bashi.core.columns import assignments, read, select, values
from bashi.core.events.rules import Content, Event, TicketType, TypeContent

_EVENT = f"SELECT {select(Event)} FROM event"
_TYPE = f"SELECT {select(TicketType)} FROM ticket_type"
_SEARCH = " AND search_text LIKE :pattern ESCAPE '\\'"

BY_ID = Query(f"{_EVENT} WHERE id = :id")
PUBLIC = Query(f"{_EVENT} WHERE slug = :slug AND status <> 'draft'")
UPCOMING = Query(
    f"{_EVENT} WHERE status <> 'draft' AND ends_at > :now AND (starts_at, id) > (:at, :id)"
    f"{_SEARCH} ORDER BY starts_at, id LIMIT :limit"
)
UPCOMING_SLUGS = Query(
    "SELECT slug FROM event WHERE status = 'published' AND ends_at > :now"
    " ORDER BY starts_at, id LIMIT :limit"
)
PAST = Query(
    f"{_EVENT} WHERE status <> 'draft' AND ends_at <= :now AND (starts_at, id) < (:at, :id)"
    f"{_SEARCH} ORDER BY starts_at DESC, id DESC LIMIT :limit"
)
ALL = Query(
    f"{_EVENT} WHERE (CAST(:status AS TEXT) = '' OR status = :status)"
    f" AND (starts_at, id) < (:at, :id){_SEARCH} ORDER BY starts_at DESC, id DESC LIMIT :limit"
)
TYPES = Query(f"{_TYPE} WHERE event_id = :event ORDER BY position, id")
TYPES_OF = Query(f"{_TYPE} WHERE event_id IN :events[] ORDER BY event_id, position, id")
TYPE = Query(f"{_TYPE} WHERE id = :id")

INSERT = Query(
    f"INSERT INTO event (id, slug, status, {select(Content)}, search_text, currency, cover_alt,"
    " revision, version, content_hash, created_by, created_at, updated_at)"
    f" VALUES (:id, :slug, 'draft', {values(Content)}, :search_text, :currency, '',"
    " 0, 1, :hash, :person, :now, :now)"
)
UPDATE = Query(
    f"UPDATE event SET slug = :slug, {assignments(Content)},"
    " search_text = :search_text, revision = :revision, version = version + 1,"
    " updated_at = :now WHERE id = :id AND version = :version"
)
SET_COVER = Query(
    "UPDATE event SET cover = :cover, cover_alt = :alt, version = version + 1, updated_at = :now"
    " WHERE id = :id AND version = :version"
)
PUBLISH_UNSEEN = Query(
    "UPDATE event SET status = 'published', published_at = :now, version = 2 WHERE id = :id"
)
"""Of an event that the same batch made."""
PUBLISH = Query(
    "UPDATE event SET status = 'published', published_at = :now, version = version + 1,"
    " updated_at = :now WHERE id = :id AND version = :version AND status = 'draft'"
    " AND EXISTS (SELECT 1 FROM ticket_type WHERE event_id = :id)"
)
CANCEL = Query(
    "UPDATE event SET status = 'canceled', canceled_at = :now, version = version + 1,"
    " updated_at = :now WHERE id = :id AND version = :version AND status = 'published'"
)
# A hold names the offer that it priced, so every hold that is under way is refused.
BUMP_TYPES = Query(
    "UPDATE ticket_type SET version = version + 1, offer = offer + 1 WHERE event_id = :event"
)
DELETE = Query(
    "DELETE FROM event WHERE id = :id AND status = 'draft'"
    " AND NOT EXISTS (SELECT 1 FROM orders WHERE event_id = :id)"
)
DELETE_TYPES = Query("DELETE FROM ticket_type WHERE event_id = :event")

INSERT_TYPE = Query(
    f"INSERT INTO ticket_type (id, event_id, {select(TypeContent)}, held, sold, version, offer)"
    f" VALUES (:id, :event, {values(TypeContent)}, 0, 0, 1, 1)"
)
UPDATE_TYPE = Query(
    f"UPDATE ticket_type SET {assignments(TypeContent)}, version = version + 1, offer = offer + 1"
    " WHERE id = :id AND event_id = :event AND version = :version"
)
DELETE_TYPE = Query(
    "DELETE FROM ticket_type WHERE id = :id AND event_id = :event AND held = 0 AND sold = 0"
    " AND NOT EXISTS (SELECT 1 FROM orders o JOIN order_line l ON l.order_id = o.id"
    " WHERE o.event_id = :event AND l.ticket_type_id = :id)"
)
# Touches the event, so that a type is never added to one that was canceled or deleted meanwhile.
TOUCH_OPEN = Query(
    "UPDATE event SET updated_at = :now WHERE id = :id AND status <> 'canceled'"
    " AND (SELECT COUNT(*) FROM ticket_type WHERE event_id = :id) <= CAST(:types_max AS BIGINT)"
)

# Orders that never were paid and have ended are nobody's business here.
CANCELLATIONS = Query(
    "SELECT o.event_id, COUNT(*) AS total, SUM(CASE WHEN o.status = 'refunded' THEN 1 ELSE 0 END)"
    " AS done, SUM(CASE WHEN EXISTS (SELECT 1 FROM outbox b WHERE b.subject_id = o.id"
    " AND b.kind = 'event_canceled' AND b.status = 'queued') THEN 1 ELSE 0 END) AS emails"
    " FROM orders o WHERE o.event_id IN :events[]"
    " AND o.status IN ('pending', 'paid', 'refunding', 'refunded') GROUP BY o.event_id",
    long=True,
)


def event(row: Row) -> Event:
    return read(Event, row)


def ticket_type(row: Row) -> TicketType:
    return read(TicketType, row)
