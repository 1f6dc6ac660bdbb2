"""Statements about events and ticket types, and rows as dataclasses."""

from bashi.core.batch import Query, Row
from bashi.core.events.rules import Content, Event, EventStatus, TicketType, TypeContent
from bashi.core.text import Text

_EVENT = (
    "SELECT id, slug, status, title, summary, description, refund_policy, starts_at, ends_at,"
    " time_zone, venue, address, currency, cover, revision, version, content_hash, created_by,"
    " created_at, updated_at, published_at, canceled_at FROM event"
)
_TYPE = (
    "SELECT id, event_id, name, price_cents, capacity, kept_back, held, sold, sale_starts_at,"
    " sale_ends_at, min_per_order, max_per_order, position, hidden, version FROM ticket_type"
)
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
    "INSERT INTO event (id, slug, status, title, summary, description, refund_policy, starts_at,"
    " ends_at, time_zone, venue, address, search_text, currency, cover_alt, revision, version,"
    " content_hash, created_by, created_at, updated_at) VALUES (:id, :slug, 'draft', :title,"
    " :summary, :description, :refund_policy, :starts_at, :ends_at, :time_zone, :venue, :address,"
    " :search_text, :currency, '', 0, 1, :hash, :person, :now, :now)"
)
UPDATE = Query(
    "UPDATE event SET slug = :slug, title = :title, summary = :summary,"
    " description = :description, refund_policy = :refund_policy, starts_at = :starts_at,"
    " ends_at = :ends_at, time_zone = :time_zone, venue = :venue, address = :address,"
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
    "INSERT INTO ticket_type (id, event_id, name, price_cents, capacity, kept_back,"
    " held, sold, sale_starts_at, sale_ends_at, min_per_order, max_per_order, position, hidden,"
    " version, offer)"
    " VALUES (:id, :event, :name, :price_cents, :capacity, :kept_back, 0, 0,"
    " :sale_starts_at, :sale_ends_at, :min_per_order, :max_per_order, :position, :hidden, 1, 1)"
)
UPDATE_TYPE = Query(
    "UPDATE ticket_type SET name = :name, price_cents = :price_cents,"
    " capacity = :capacity, kept_back = :kept_back, sale_starts_at = :sale_starts_at,"
    " sale_ends_at = :sale_ends_at, min_per_order = :min_per_order, max_per_order = :max_per_order,"
    " position = :position, hidden = :hidden, version = version + 1,"
    " offer = offer + 1"
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
    return Event(
        id=row["id"],
        slug=row["slug"],
        status=EventStatus(row["status"]),
        content=Content(
            title=Text.read(row["title"]),
            summary=Text.read(row["summary"]),
            description=Text.read(row["description"]),
            refund_policy=Text.read(row["refund_policy"]),
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            time_zone=row["time_zone"],
            venue=row["venue"],
            address=row["address"],
        ),
        currency=row["currency"],
        cover=row["cover"],
        revision=row["revision"],
        version=row["version"],
        content_hash=row["content_hash"],
        created_by=row["created_by"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        published_at=row["published_at"],
        canceled_at=row["canceled_at"],
    )


def ticket_type(row: Row) -> TicketType:
    return TicketType(
        id=row["id"],
        event_id=row["event_id"],
        content=TypeContent(
            name=Text.read(row["name"]),
            price_cents=row["price_cents"],
            capacity=row["capacity"],
            kept_back=row["kept_back"],
            sale_starts_at=row["sale_starts_at"],
            sale_ends_at=row["sale_ends_at"],
            min_per_order=row["min_per_order"],
            max_per_order=row["max_per_order"],
            position=row["position"],
            hidden=bool(row["hidden"]),
        ),
        held=row["held"],
        sold=row["sold"],
        version=row["version"],
    )
