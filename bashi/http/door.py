"""Routes for check-in: verify, scan, check in by hand, undo, counts."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints, model_validator

from bashi.core import limits
from bashi.core.door.figures import figures, open_events
from bashi.core.door.find_guest import find_guest
from bashi.core.door.rules import Scanned
from bashi.core.door.scan import Scan, scan_chosen, scan_code, scan_found, scan_typed
from bashi.core.door.show import show
from bashi.core.door.undo import undo
from bashi.core.door.verify import verify
from bashi.http.deps import Admin, Maybe, Staff, client_network, limit, ports_of
from bashi.http.fast_route import DirectRoute
from bashi.http.faults import field_error
from bashi.http.fields import Id, IdOut, Line, Lines, Moment, MomentIn, Storable, Words, epoch_ms
from bashi.http.json_body import JsonRoute
from bashi.http.order_schemas import EventBriefOut, TicketStatus, brief_out
from bashi.http.problems import responses
from bashi.http.responses import Json, Schema

router = APIRouter(tags=["door"], route_class=JsonRoute)
hot = APIRouter(tags=["door"], route_class=DirectRoute)

Gate = Annotated[
    Line, StringConstraints(min_length=1, max_length=limits.GATE_CHARS), Field(examples=["Gate B"])
]
VerdictName = Literal[
    "admitted", "already_used", "void", "frozen", "wrong_event", "superseded", "unknown", "forged"
]

CodeStateName = Literal["valid", "used", "void", "frozen", "superseded"]


class DetailOut(Schema):
    status: TicketStatus
    attendee: str
    type_name: Words
    order_number: str
    used_at: Moment | None
    used_gate: str | None
    event_id: IdOut


class VerifyOut(Schema):
    ticket_id: IdOut
    event: EventBriefOut
    detail: DetailOut | None = Field(description="Only for signed-in volunteers and admins")


class ShowIn(Schema):
    code: Annotated[str, StringConstraints(max_length=limits.CODE_CHARS)] = Field(
        description="What the QR holds, behind its link's #"
    )


class ShowOut(Schema):
    state: CodeStateName
    qr_svg: str | None = Field(description="Of a code that is still the ticket's")


class ScanIn(Schema):
    scan_id: Id = Field(description="Made on the phone: sending it again gets the same answer")
    code: Annotated[str, StringConstraints(max_length=limits.CODE_CHARS)] | None = Field(
        default=None, description="What the QR holds"
    )
    typed_code: Annotated[Storable, StringConstraints(max_length=40)] | None = Field(
        default=None, description="The ten symbols below the QR", examples=["7KQ2M9XW4T"]
    )
    ticket_id: Id | None = Field(default=None, description="Of a guest who was found by name")
    gate: Gate
    scanned_at: MomentIn

    @model_validator(mode="after")
    def _one_code(self) -> "ScanIn":
        if [self.code, self.typed_code, self.ticket_id].count(None) != 2:
            raise field_error("one_code", "Send one of code, typed_code and ticket_id.")
        return self


class UseIn(Schema):
    scan_id: Id
    gate: Gate


class UndoIn(Schema):
    reason: Annotated[Line, StringConstraints(min_length=1, max_length=limits.REASON_CHARS)]


class ScanOut(Schema):
    scan_id: IdOut
    verdict: VerdictName
    ticket_id: IdOut | None
    attendee: str | None
    type_name: Words | None
    order_number: str | None
    used_at: Moment | None
    used_gate: str | None
    event_title: Words | None = Field(description="The ticket's own event")


class UndoneOut(Schema):
    ticket_id: IdOut
    status: TicketStatus


class DoorEventOut(Schema):
    id: IdOut
    title: Words
    starts_at: Moment
    ends_at: Moment
    time_zone: str
    venue: str


class DoorEventsOut(Schema):
    items: list[DoorEventOut]


class GateOut(Schema):
    gate: str
    admitted: int


class GuestOut(Schema):
    ticket_id: IdOut
    attendee: str
    type_name: Words
    status: TicketStatus
    order_number: str


class GuestsOut(Schema):
    items: list[GuestOut]
    more: bool = Field(description="Others have this name too: type more of it")


class FiguresOut(Schema):
    admitted: int
    issued: int
    gates: list[GateOut]


@hot.get("/tickets/verify/{ticket_id}", response_model=VerifyOut, responses=responses(404))
async def verify_ticket(request: Request, ticket_id: Id, caller: Maybe) -> Json:
    """Staff see the ticket's state; everyone else only which event it is for."""
    found = await verify(ports_of(request), ticket_id)
    detail = None
    if caller is not None and caller.is_staff:
        fixed = found.fixed
        detail = DetailOut(
            status=found.status.value,
            attendee=fixed.attendee,
            type_name=found.type_name.words,
            order_number=fixed.order_number,
            used_at=found.used_at,
            used_gate=found.used_gate,
            event_id=fixed.event_id,
        )
    return Json(VerifyOut(ticket_id=ticket_id, event=brief_out(found.event), detail=detail))


@router.post("/tickets/show", response_model=ShowOut, responses=responses(404))
async def show_ticket(request: Request, body: ShowIn) -> Json:
    """For whoever holds the code: the ticket to show at the door."""
    await limit(request, "show", client_network(request), limits.TICKET_READS_PER_ADDRESS)
    state, qr_svg = await show(ports_of(request), body.code)
    return Json(ShowOut(state=state.value, qr_svg=qr_svg))


@router.get("/door/events", response_model=DoorEventsOut, responses=responses(401, 403))
async def list_door_events(request: Request, caller: Staff) -> Json:
    """Those that are on, from a day before to a day after; for an admin all that are to come."""
    events = await open_events(ports_of(request), all_upcoming=caller.is_admin)
    items = [
        DoorEventOut(
            id=event.id,
            title=event.title.words,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            time_zone=event.time_zone,
            venue=event.venue,
        )
        for event in events
    ]
    return Json(DoorEventsOut(items=items))


@hot.post("/door/{event_id}/scans", response_model=ScanOut, responses=responses(401, 403, 404))
async def record_scan(request: Request, event_id: Id, body: ScanIn, caller: Staff) -> Json:
    """Admit if unused, in one atomic step. The verdict says what was wrong, and when and where."""
    ports = ports_of(request)
    scan = Scan(body.scan_id, event_id, body.gate, caller.person.id, epoch_ms(body.scanned_at))
    if body.code is not None:
        return Json(_scan_out(await scan_code(ports, scan, body.code)))
    if body.ticket_id is not None:
        return Json(_scan_out(await scan_found(ports, scan, body.ticket_id)))
    assert body.typed_code is not None
    await limit(request, "typed", caller.person.id, limits.TYPED_CODES_PER_PERSON)
    return Json(_scan_out(await scan_typed(ports, scan, body.typed_code)))


@router.get("/door/{event_id}/guests", response_model=GuestsOut, responses=responses(401, 403, 404))
async def find_guests(
    request: Request,
    event_id: Id,
    caller: Staff,
    q: Annotated[Lines, StringConstraints(max_length=limits.QUERY_CHARS)],
) -> Json:
    """For a guest who has no code to show. `q` is the order's number, or the beginnings of an
    attendee's names, two letters at least; accents and case make no difference. Ask for the name
    before you send the ticket's id as a scan."""
    await limit(request, "guests", caller.person.id, limits.GUESTS_ASKED_PER_PERSON)
    found, more = await find_guest(ports_of(request), event_id, q, all_upcoming=caller.is_admin)
    items = [
        GuestOut(
            ticket_id=ticket.id,
            attendee=ticket.attendee,
            type_name=ticket.type_name.words,
            status=ticket.status.value,
            order_number=ticket.order_number,
        )
        for ticket in found
    ]
    return Json(GuestsOut(items=items, more=more))


@router.get(
    "/door/{event_id}/figures", response_model=FiguresOut, responses=responses(401, 403, 404)
)
async def get_door_figures(request: Request, event_id: Id, _staff: Staff) -> Json:
    """How many tickets there are, how many came in, and at which gate."""
    found = await figures(ports_of(request), event_id)
    gates = [GateOut(gate=gate, admitted=count) for gate, count in found.gates]
    return Json(FiguresOut(admitted=found.admitted, issued=found.issued, gates=gates))


@router.post("/tickets/{ticket_id}/use", response_model=ScanOut, responses=responses(401, 403, 404))
async def use_ticket(request: Request, ticket_id: Id, body: UseIn, caller: Staff) -> Json:
    """Check in by hand, from a list."""
    by = caller.person.id
    scanned = await scan_chosen(ports_of(request), ticket_id, body.gate, by, body.scan_id)
    return Json(_scan_out(scanned))


@router.post(
    "/tickets/{ticket_id}/undo", response_model=UndoneOut, responses=responses(401, 403, 404, 409)
)
async def undo_use(request: Request, ticket_id: Id, body: UndoIn, caller: Admin) -> Json:
    """Take a check-in back; the reason is kept."""
    await undo(ports_of(request), ticket_id, caller.person.id, body.reason)
    return Json(UndoneOut(ticket_id=ticket_id, status="valid"))


router.routes.extend(hot.routes)


def _scan_out(scanned: Scanned) -> ScanOut:
    ticket = scanned.ticket
    return ScanOut(
        scan_id=scanned.scan_id,
        verdict=scanned.verdict.value,
        ticket_id=ticket.id if ticket else None,
        attendee=ticket.attendee if ticket else None,
        type_name=ticket.type_name.words if ticket else None,
        order_number=ticket.order_number if ticket else None,
        used_at=scanned.used_at,
        used_gate=scanned.used_gate,
        event_title=ticket.event_title.words if ticket else None,
    )
