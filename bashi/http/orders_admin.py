"""Admin routes for orders and tickets: search, refund, resend, complimentary tickets."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints

from bashi.core import limits
from bashi.core.orders.complimentary import GiveFree, give_free
from bashi.core.orders.resend import resend
from bashi.core.orders.search import OrderSearch, search_orders
from bashi.core.orders.subject import ORDER
from bashi.core.orders.view import read_order_view
from bashi.core.payments import refund_rows
from bashi.core.payments.history import Tried, payment_history
from bashi.core.payments.refund_rows import Refund
from bashi.core.refunds.ask import AskRefund, refund
from bashi.core.tickets.search import TicketSearch, search_tickets
from bashi.http.cursors import decode, encode
from bashi.http.deps import Admin, ports_of
from bashi.http.fields import Flag, Id, IdOut, Line, Lines, Moment, Storable, Words
from bashi.http.json_body import JsonRoute
from bashi.http.order_schemas import (
    DisputeState,
    Locale,
    Name,
    OrderKind,
    OrderOut,
    OrderStatus,
    TicketStatus,
    order_out,
)
from bashi.http.orders import DoneOut
from bashi.http.people_schemas import Email
from bashi.http.problems import responses
from bashi.http.responses import Json, ListOut, Schema

router = APIRouter(prefix="/admin", tags=["admin: orders"], route_class=JsonRoute)

SearchText = Annotated[Lines, StringConstraints(max_length=limits.QUERY_CHARS)]
PageSize = Annotated[int, Query(ge=1, le=limits.PAGE_ITEMS_MAX)]
AttemptState = Literal["opening", "open", "paid", "returned", "expired", "abandoned"]
RefundState = Literal["asked", "pending", "succeeded", "failed"]


class OrderRow(Schema):
    id: IdOut
    number: str
    kind: OrderKind
    status: OrderStatus
    event_id: IdOut
    event_title: Words
    email: str
    name: str
    seats: int
    total_cents: int
    refunded_cents: int
    currency: str
    created_at: Moment
    settled_at: Moment | None


class RefundOut(Schema):
    id: IdOut
    status: RefundState
    amount_cents: int
    currency: str
    reason: str
    created_at: Moment
    finished_at: Moment | None
    failure: str | None


class AttemptOut(Schema):
    id: IdOut
    number: int = Field(description="1 for the order's first payment page")
    status: AttemptState
    amount_cents: int
    currency: str
    session_id: str | None = Field(description="Stripe's Checkout session")
    intent_id: str | None = Field(description="Stripe's payment, once there is one")
    created_at: Moment
    opened_at: Moment | None = Field(description="When the buyer got the link")
    expires_at: Moment
    outcome: str | None = Field(
        description="What Stripe's word on it came to; null: none came", examples=["settled"]
    )
    detail: str


class OrderAdminOut(OrderOut):
    attempts: Sequence[AttemptOut] = Field(description="Oldest first")
    refunds: Sequence[RefundOut]
    dispute: DisputeState | None = Field(description="By the buyer's bank")


class RefundIn(Schema):
    id: Id = Field(description="Made by the client: sending it again changes nothing")
    ticket_ids: list[Id] | None = Field(
        max_length=limits.SEATS_PER_ORDER, description="null: everything still refundable"
    )
    include_used: Flag = Field(description="Also tickets that were used at the door")
    reason: Annotated[Line, StringConstraints(min_length=1, max_length=limits.REASON_CHARS)]


class ComplimentaryIn(Schema):
    order_id: Id
    email: Email
    name: Name
    locale: Locale
    ticket_type_id: Id
    attendees: list[Name] = Field(min_length=1, max_length=limits.SEATS_PER_ORDER)
    from_kept_back: Flag = Field(description="Take from the seats kept back, not from the sale")


class TicketRow(Schema):
    id: IdOut
    order_id: IdOut
    order_number: str
    attendee: str
    email: str
    type_name: Words
    status: TicketStatus
    used_at: Moment | None
    used_gate: str | None


@router.get("/orders", response_model=ListOut[OrderRow], responses=responses(401, 403))
async def list_orders(
    request: Request,
    _admin: Admin,
    *,
    event_id: Id | None = None,
    status: OrderStatus | None = None,
    q: SearchText = "",
    cursor: str | None = None,
    limit: PageSize = limits.PAGE_ITEMS,
) -> Json:
    """Newest first. `q` is an order's number, an address or its beginning, or the beginnings of an
    attendee's names, once there are tickets; accents and case make no difference."""
    search = OrderSearch(event_id, status, q)
    found = await search_orders(ports_of(request), search, decode(cursor), limit + 1)
    items = [
        OrderRow(
            id=order.id,
            number=order.number,
            kind=order.kind.value,
            status=order.status.value,
            event_id=order.event_id,
            event_title=order.event_title.words,
            email=order.email,
            name=order.name,
            seats=order.seats,
            total_cents=order.total_cents,
            refunded_cents=order.refunded_cents,
            currency=order.currency,
            created_at=order.created_at,
            settled_at=order.settled_at,
        )
        for order in found[:limit]
    ]
    last = found[limit - 1] if len(found) > limit else None
    after = encode((last.created_at, last.id)) if last else None
    return Json(ListOut[OrderRow](items=items, next_cursor=after))


@router.get("/orders/{order_id}", response_model=OrderAdminOut, responses=responses(401, 403, 404))
async def get_order_as_admin(request: Request, order_id: Id, _admin: Admin) -> Json:
    """With all its tickets, attempts to pay and refunds."""
    ports = ports_of(request)
    view = await read_order_view(ports, order_id)
    out = await order_out(ports, view, with_tickets=True, with_link=True)
    given = [refund_out(one) for one in await refund_rows.of_subject(ports, ORDER, order_id)]
    tried = [attempt_out(one) for one in await payment_history(ports, ORDER, order_id)]
    dispute = view.order.dispute
    return Json(OrderAdminOut(**dict(out), attempts=tried, refunds=given, dispute=dispute))


@router.post(
    "/orders/{order_id}/refunds",
    status_code=202,
    response_model=RefundOut,
    responses=responses(401, 403, 404, 409),
)
async def refund_order(request: Request, order_id: Id, body: RefundIn, caller: Admin) -> Json:
    """The tickets are void at once; the money follows, however often it must be asked for."""
    command = AskRefund(
        refund_id=body.id,
        order_id=order_id,
        ticket_ids=body.ticket_ids,
        include_used=body.include_used,
        reason=body.reason,
        asked_by=caller.person.id,
    )
    return Json(refund_out(await refund(ports_of(request), command)), 202)


@router.post(
    "/orders/{order_id}/resend",
    status_code=202,
    response_model=DoneOut,
    responses=responses(401, 403, 404, 409),
)
async def resend_tickets_as_admin(request: Request, order_id: Id, _admin: Admin) -> Json:
    """Mail the tickets again."""
    ports = ports_of(request)
    await resend(ports, await read_order_view(ports, order_id))
    return Json(DoneOut(), 202)


@router.post(
    "/events/{event_id}/complimentary",
    status_code=201,
    response_model=OrderOut,
    responses=responses(401, 403, 404, 409),
)
async def give_complimentary_tickets(
    request: Request, event_id: Id, body: ComplimentaryIn, caller: Admin
) -> Json:
    """Complimentary tickets, mailed at once."""
    ports = ports_of(request)
    command = GiveFree(
        order_id=body.order_id,
        event_id=event_id,
        ticket_type_id=body.ticket_type_id,
        attendees=body.attendees,
        email=body.email.lower(),
        name=body.name,
        locale=body.locale,
        from_kept_back=body.from_kept_back,
        by=caller.person.id,
    )
    view = await give_free(ports, command)
    return Json(await order_out(ports, view, with_tickets=True, with_link=True), 201)


@router.get("/tickets", response_model=ListOut[TicketRow], responses=responses(401, 403))
async def list_tickets(
    request: Request,
    _admin: Admin,
    *,
    event_id: Id | None = None,
    status: TicketStatus | None = None,
    q: SearchText = "",
    cursor: Annotated[Storable, Query(max_length=100)] = "",
    limit: PageSize = limits.PAGE_ITEMS,
) -> Json:
    """`q` is an order's number, a typed code or a whole address. Within an event it may be an
    attendee's name: the beginning of any of its words, or of several, which must all be there;
    accents and case make no difference."""
    search = TicketSearch(event_id, status, q)
    found, after = await search_tickets(ports_of(request), search, cursor, limit)
    items = [
        TicketRow(
            id=ticket.id,
            order_id=ticket.order_id,
            order_number=ticket.order_number,
            attendee=ticket.attendee,
            email=ticket.email,
            type_name=ticket.type_name.words,
            status=ticket.status.value,
            used_at=ticket.used_at,
            used_gate=ticket.used_gate,
        )
        for ticket in found
    ]
    return Json(ListOut[TicketRow](items=items, next_cursor=after))


def attempt_out(tried: Tried) -> AttemptOut:
    attempt = tried.attempt
    return AttemptOut(
        id=attempt.id,
        number=attempt.number,
        status=attempt.status.value,
        amount_cents=attempt.amount_cents,
        currency=attempt.currency,
        session_id=attempt.session_id,
        intent_id=attempt.intent_id,
        created_at=attempt.created_at,
        opened_at=attempt.opened_at,
        expires_at=attempt.expires_at,
        outcome=tried.outcome,
        detail=tried.detail,
    )


def refund_out(given: Refund) -> RefundOut:
    return RefundOut(
        id=given.id,
        status=given.status.value,
        amount_cents=given.amount_cents,
        currency=given.currency,
        reason=given.reason,
        created_at=given.created_at,
        finished_at=given.finished_at,
        failure=given.failure,
    )
