"""Read the audit trail, newest first."""

from dataclasses import dataclass

from bashi.core import limits
from bashi.core.batch import Query
from bashi.core.columns import read
from bashi.core.ports import Ports

Position = tuple[int, str]
LAST: Position = (limits.SQL_INTEGER - 1, "")

TRAIL = Query(
    "SELECT a.id, a.at, p.email AS person_email, a.action, a.subject_id, a.detail,"
    " a.before, a.after FROM audit a"
    " LEFT JOIN person p ON p.id = a.person_id"
    " WHERE (a.at, a.id) < (:at, :id) ORDER BY a.at DESC, a.id DESC LIMIT :take"
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    id: str
    at: int
    person_email: str | None
    """Of who did it; None: the system."""
    action: str
    subject_id: str
    detail: str
    before: str | None
    """JSON objects of the fields that were changed, when they were told."""
    after: str | None


async def read_trail(ports: Ports, after: Position | None, take: int) -> list[AuditEntry]:
    at, identity = after or LAST
    rows = await ports.database.fetch(TRAIL(at=at, id=identity, take=take))
    return [read(AuditEntry, row) for row in rows]
