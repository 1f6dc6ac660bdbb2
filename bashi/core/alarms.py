"""Alarms: what somebody must look at, one row for each kind and subject, however often it is seen.

An alarm stays on the console until its cause is over or an admin resolves it; seen again after
that, it is open again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.audit import audit
from bashi.core.batch import Query, Refused, Statement
from bashi.core.columns import read
from bashi.core.errors import Conflict
from bashi.core.ports import Ports

SHOWN = 50

_SEEN = (
    "INSERT INTO alarm (id, kind, subject_id, detail, count, first_at, last_at)"
    " VALUES (:id, :kind, :subject, :detail, 1, :now, :now) ON CONFLICT (id) DO UPDATE SET"
    " count = alarm.count + 1, last_at = excluded.last_at"
)
NOTE = Query(_SEEN)
RAISE = Query(f"{_SEEN}, detail = excluded.detail, resolved_by = NULL, resolved_at = NULL")
RESOLVE = Query(
    "UPDATE alarm SET resolved_by = :by, resolved_at = :now WHERE id = :id AND resolved_at IS NULL"
)
_OPEN = (
    "SELECT id, kind, subject_id, detail, count, first_at, last_at, 1 AS resolvable FROM alarm"
    " WHERE resolved_at IS NULL AND last_at >= 0"
)
OPEN = Query(f"{_OPEN} ORDER BY last_at DESC LIMIT :take")
OPEN_OF_KIND = Query(f"{_OPEN} AND kind = :kind ORDER BY last_at DESC LIMIT :take")
COUNT = Query("SELECT COUNT(*) AS open FROM alarm WHERE resolved_at IS NULL AND last_at >= 0")


@dataclass(frozen=True, slots=True)
class Alarm:
    id: str
    kind: str
    """What happened, as noun.verb: "refund.failed". docs/payments.md says what to do."""
    subject_id: str
    detail: str
    count: int
    first_at: int
    last_at: int
    resolvable: bool = True
    """False for one that is read from what waits, and ends when it does."""


def alarm_id(kind: str, subject_id: str) -> str:
    return f"{kind}:{subject_id}"


def raise_alarm(
    kind: str, subject_id: str, detail: str, now: int, *, final: bool = False
) -> Statement:
    """For the batch that finds something wrong. `subject_id` is an id, no personal data; `detail`
    is a short text for an admin, without secrets. `final`: it can't get worse, so that coming
    across it again only counts, and leaves it resolved."""
    query = NOTE if final else RAISE
    alarm = alarm_id(kind, subject_id)
    return query(id=alarm, kind=kind, subject=subject_id, detail=detail, now=now)


def end_alarm(kind: str, subject_id: str, now: int) -> Statement:
    """For the batch that finds all well again; nothing happens when there was no alarm."""
    return RESOLVE(by=None, now=now, id=alarm_id(kind, subject_id))


async def open_alarms(ports: Ports, kind: str | None = None) -> Sequence[Alarm]:
    """The newest, of one kind or of all."""
    statement = OPEN(take=SHOWN) if kind is None else OPEN_OF_KIND(kind=kind, take=SHOWN)
    return [read(Alarm, row) for row in await ports.database.fetch(statement)]


async def count_open(ports: Ports) -> int:
    count: int = (await ports.database.fetch(COUNT()))[0]["open"]
    return count


async def resolve(ports: Ports, alarm: str, by: str) -> None:
    """An admin has seen to it. Raises Conflict (`not_open`)."""
    now = ports.clock.now()
    try:
        await ports.database.batch(
            [
                RESOLVE(1, "alarm_is_open", by=by, now=now, id=alarm),
                audit(
                    entry_id=ports.ids.uuid(),
                    at=now,
                    person=by,
                    action="alarm.resolve",
                    subject=alarm,
                ),
            ]
        )
    except Refused as refused:
        words = "This alarm is not open any more. Load the page again."
        raise Conflict("not_open", words) from refused
