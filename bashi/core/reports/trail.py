"""Read the audit trail, newest first."""

from collections.abc import Sequence

from bashi.core import limits
from bashi.core.batch import Query, Row
from bashi.core.ports import Ports

Position = tuple[int, str]
LAST: Position = (limits.SQL_INTEGER - 1, "")

TRAIL = Query(
    "SELECT a.id, a.at, p.email, a.action, a.subject_id, a.detail FROM audit a"
    " LEFT JOIN person p ON p.id = a.person_id"
    " WHERE (a.at, a.id) < (:at, :id) ORDER BY a.at DESC, a.id DESC LIMIT :take"
)


async def read_trail(ports: Ports, after: Position | None, take: int) -> Sequence[Row]:
    """Rows of id, at, email (of who did it; None: the system), action, subject_id, detail."""
    at, identity = after or LAST
    return await ports.database.fetch(TRAIL(at=at, id=identity, take=take))
