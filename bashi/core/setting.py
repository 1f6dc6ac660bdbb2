"""Single values that an installation keeps by name."""

from bashi.core.batch import Query

PUT = Query(
    "INSERT INTO setting (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
GET = Query("SELECT value FROM setting WHERE name = :name")
CLAIM = Query("INSERT INTO setting (name, value) VALUES (:name, :value)")
"""Refused when the name is there: whoever comes first."""
ANYTHING = Query(
    "SELECT id FROM person UNION ALL SELECT id FROM event UNION ALL"
    " SELECT name AS id FROM setting WHERE name = :name LIMIT 1"
)
"""Whether somebody uses this installation, or this name is taken."""
