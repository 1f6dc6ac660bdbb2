"""Console figures: stuck work, payments without tickets, sales."""

from collections.abc import Sequence
from dataclasses import dataclass

from bashi.core.alarms import Alarm, count_open, open_alarms
from bashi.core.batch import Query, Row
from bashi.core.mail.kinds import KINDS
from bashi.core.payments.reconciled import last_reconciled
from bashi.core.ports import Ports

ALARM_DAYS = 30
DAY_MS = 86_400_000

OUTBOX = Query(
    "SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest FROM outbox"
    " WHERE status = 'queued' AND due_at >= 0"
)
HELD = Query(
    "SELECT COALESCE(SUM(seats), 0) AS seats FROM orders"
    " WHERE status = 'pending' AND expires_at >= 0"
)
REFUNDS = Query(
    "SELECT COUNT(*) AS open FROM refund WHERE status IN ('asked', 'pending') AND due_at >= 0"
)
LOST_EMAILS = Query(
    "SELECT id, kind, failure, finished_at FROM outbox"
    " WHERE status = 'refused' AND status IN ('given_up', 'refused')"
    " AND finished_at > :since ORDER BY finished_at DESC LIMIT 50"
)
UNKNOWN = Query(
    "SELECT kind, COUNT(*) AS waiting, MIN(created_at) AS since FROM outbox"
    " WHERE status = 'queued' AND due_at >= 0 AND kind NOT IN :known[] GROUP BY kind ORDER BY kind"
)
# Money of events in another currency, from before the setting was changed, is left out.
SOLD = Query(
    "SELECT COALESCE(SUM(t.issued), 0) AS issued,"
    " COALESCE(SUM(CASE WHEN e.currency = :currency THEN t.sales_cents ELSE 0 END), 0)"
    " AS sales_cents,"
    " COALESCE(SUM(CASE WHEN e.currency = :currency THEN t.refunds_cents ELSE 0 END), 0)"
    " AS refunds_cents, (SELECT COALESCE(SUM(admitted), 0) FROM gate_tally) AS used"
    " FROM event_tally t JOIN event e ON e.id = t.event_id",
    stale_ok=True,
)
UPCOMING = Query(
    "SELECT COUNT(*) AS events FROM event WHERE status = 'published' AND ends_at > :now"
)


@dataclass(frozen=True, slots=True)
class ConsoleFigures:
    paid_without_ticket: int
    checked_at: int | None
    outbox_waiting: int
    outbox_oldest_seconds: int
    refunds_open: int
    held_seats: int
    alarms: Sequence[Alarm]
    sales_cents: int
    refunds_cents: int
    tickets_issued: int
    tickets_used: int
    events_upcoming: int


async def figures(ports: Ports) -> ConsoleFigures:
    now = ports.clock.now()
    last = await last_reconciled(ports)
    backlog = await read_backlog(ports)
    sold = (await ports.database.fetch(SOLD(currency=ports.policy.currency)))[0]
    upcoming = (await ports.database.fetch(UPCOMING(now=now)))[0]["events"]
    return ConsoleFigures(
        paid_without_ticket=last.paid_without_ticket if last else 0,
        checked_at=last.checked_at if last else None,
        outbox_waiting=backlog.outbox_waiting,
        outbox_oldest_seconds=backlog.outbox_oldest_seconds,
        refunds_open=backlog.refunds_open,
        held_seats=backlog.held_seats,
        alarms=await _alarms(ports, now - ALARM_DAYS * DAY_MS),
        sales_cents=sold["sales_cents"],
        refunds_cents=sold["refunds_cents"],
        tickets_issued=sold["issued"],
        tickets_used=sold["used"],
        events_upcoming=upcoming,
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    outbox_waiting: int
    outbox_oldest_seconds: int
    refunds_open: int
    held_seats: int
    alarms_open: int


async def read_backlog(ports: Ports) -> Backlog:
    """Cheap enough for every scrape: partial indexes hold only what waits."""
    outbox = (await ports.database.fetch(OUTBOX()))[0]
    oldest = outbox["oldest"]
    return Backlog(
        outbox_waiting=outbox["waiting"],
        outbox_oldest_seconds=0 if oldest is None else (ports.clock.now() - oldest) // 1000,
        refunds_open=(await ports.database.fetch(REFUNDS()))[0]["open"],
        held_seats=(await ports.database.fetch(HELD()))[0]["seats"],
        alarms_open=await count_open(ports),
    )


async def _alarms(ports: Ports, since: int) -> list[Alarm]:
    emails = await ports.database.fetch(LOST_EMAILS(since=since))
    unknown = await ports.database.fetch(UNKNOWN(known=KINDS))
    found = list(await open_alarms(ports))
    found += [_email_alarm(row) for row in emails]
    found += [_unknown_alarm(row) for row in unknown]
    return sorted(found, key=lambda alarm: -alarm.last_at)


def _email_alarm(row: Row) -> Alarm:
    words = f"an email ({row['kind']}) was not delivered: {row['failure']}"
    at = row["finished_at"]
    return Alarm(
        f"email.lost:{row['id']}", "email.lost", row["id"], words, 1, at, at, resolvable=False
    )


def _unknown_alarm(row: Row) -> Alarm:
    words = f"{row['waiting']} of kind {row['kind']} wait for a newer version of the software"
    kind, since = row["kind"], row["since"]
    return Alarm(
        f"outbox.unknown:{kind}", "outbox.unknown", kind, words, 1, since, since, resolvable=False
    )
