"""Admin routes for the console's overview and the audit trail."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import Field

from bashi.core import limits
from bashi.core.alarms import Alarm, resolve
from bashi.core.audit import Value
from bashi.core.reports.figures import figures
from bashi.core.reports.trail import AuditEntry, read_trail
from bashi.http.cursors import decode, encode
from bashi.http.deps import Admin, ports_of
from bashi.http.fields import Moment, Storable, rfc3339
from bashi.http.problems import responses
from bashi.http.responses import Json, ListOut, Schema

AlarmId = Annotated[Storable, Path(max_length=200)]
router = APIRouter(prefix="/admin", tags=["admin"])


class AlarmOut(Schema):
    id: str
    kind: str = Field(examples=["refund.failed"])
    subject_id: str = Field(description="Of the refund, session, event … that it is about")
    detail: str
    count: int = Field(description="How often it was seen")
    first_at: Moment
    last_at: Moment
    resolvable: bool = Field(description="False: it ends with its cause only")


class OverviewOut(Schema):
    paid_without_ticket: int = Field(description="Payments at Stripe that have no ticket here")
    checked_at: Moment | None = Field(description="When Stripe was asked last")
    outbox_waiting: int
    outbox_oldest_seconds: int
    refunds_open: int
    held_seats: int
    alarms: Sequence[AlarmOut]
    sales_cents: int
    refunds_cents: int
    currency: str
    tickets_issued: int
    tickets_used: int
    events_upcoming: int


class ResolvedOut(Schema):
    id: str


class ChangeOut(Schema):
    field: str = Field(examples=["venue"])
    before: str | int | bool | Mapping[str, str] | None = Field(examples=["Old Hall"])
    after: str | int | bool | Mapping[str, str] | None = Field(examples=["New Hall"])


class AuditOut(Schema):
    id: str
    at: Moment
    person_email: str | None
    action: str = Field(examples=["event.publish"])
    subject_id: str
    detail: str
    changes: Sequence[ChangeOut] = Field(
        description="Of an edit, field by field: texts by language, moments as RFC 3339"
    )


@router.get("/overview", response_model=OverviewOut, responses=responses(401, 403))
async def get_overview(request: Request, _admin: Admin) -> Json:
    """The console's figures and alarms, as they are now."""
    ports = ports_of(request)
    found = await figures(ports)
    return Json(
        OverviewOut(
            paid_without_ticket=found.paid_without_ticket,
            checked_at=found.checked_at,
            outbox_waiting=found.outbox_waiting,
            outbox_oldest_seconds=found.outbox_oldest_seconds,
            refunds_open=found.refunds_open,
            held_seats=found.held_seats,
            alarms=[alarm_out(alarm) for alarm in found.alarms],
            sales_cents=found.sales_cents,
            refunds_cents=found.refunds_cents,
            currency=ports.policy.currency,
            tickets_issued=found.tickets_issued,
            tickets_used=found.tickets_used,
            events_upcoming=found.events_upcoming,
        )
    )


@router.post(
    "/alarms/{alarm_id}/resolve", response_model=ResolvedOut, responses=responses(401, 403, 409)
)
async def resolve_alarm(request: Request, alarm_id: AlarmId, caller: Admin) -> Json:
    """Somebody has seen to it. It opens again when it is seen again."""
    await resolve(ports_of(request), alarm_id, caller.person.id)
    return Json(ResolvedOut(id=alarm_id))


@router.get("/audit", response_model=ListOut[AuditOut], responses=responses(401, 403))
async def list_audit(request: Request, _admin: Admin, cursor: str | None = None) -> Json:
    """Who changed what, newest first."""
    take = limits.PAGE_ITEMS
    entries = await read_trail(ports_of(request), decode(cursor), take + 1)
    items = [
        AuditOut(
            id=entry.id,
            at=entry.at,
            person_email=entry.person_email,
            action=entry.action,
            subject_id=entry.subject_id,
            detail=entry.detail,
            changes=_changes(entry),
        )
        for entry in entries[:take]
    ]
    after = encode((items[-1].at, items[-1].id)) if len(entries) > take else None
    return Json(ListOut[AuditOut](items=items, next_cursor=after))


def _changes(entry: AuditEntry) -> list[ChangeOut]:
    before, after = (json.loads(told or "{}") for told in (entry.before, entry.after))
    return [
        ChangeOut(field=name, before=_told(name, before[name]), after=_told(name, after[name]))
        for name in before
    ]


def _told(name: str, value: Value) -> Value:
    is_moment = isinstance(value, int) and name.endswith("_at")
    return rfc3339(value) if is_moment else value


def alarm_out(alarm: Alarm) -> AlarmOut:
    return AlarmOut(
        id=alarm.id,
        kind=alarm.kind,
        subject_id=alarm.subject_id,
        detail=alarm.detail,
        count=alarm.count,
        first_at=alarm.first_at,
        last_at=alarm.last_at,
        resolvable=alarm.resolvable,
    )
